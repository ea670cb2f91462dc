// rehearse: running-median
// expect: WA
// Adds the middle two as integers, which two stuck requests take beyond 64 bits.
#include <functional>
#include <queue>
#include <vector>

class RunningMedian {
 public:
  void add(long long x) {
    if (small_.empty() || x <= small_.top()) {
      small_.push(x);
    } else {
      large_.push(x);
    }
    if (small_.size() > large_.size() + 1) {
      large_.push(small_.top());
      small_.pop();
    } else if (large_.size() > small_.size()) {
      small_.push(large_.top());
      large_.pop();
    }
  }

  double median() {
    if (small_.size() > large_.size()) return static_cast<double>(small_.top());
    return (small_.top() + large_.top()) / 2.0;
  }

 private:
  std::priority_queue<long long> small_;
  std::priority_queue<long long, std::vector<long long>, std::greater<>> large_;
};
