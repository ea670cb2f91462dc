// rehearse: reservoir-sample
// expect: WA
// Every item of a full reservoir is let in: the latest ones crowd out the earlier.
#include <random>
#include <vector>

class ReservoirSample {
 public:
  ReservoirSample(long long k, long long seed) : k_(k) { restart(seed); }

  void offer(long long item) {
    if (static_cast<long long>(kept_.size()) < k_) {
      kept_.push_back(item);
      return;
    }
    std::uniform_int_distribution<long long> slot(0, k_ - 1);
    kept_[slot(random_)] = item;
  }

  std::vector<long long> sample() { return kept_; }

  void restart(long long seed) {
    random_.seed(static_cast<unsigned long>(seed));
    kept_.clear();
  }

 private:
  long long k_;
  std::mt19937_64 random_;
  std::vector<long long> kept_;
};
