// rehearse: counter-snapshots
//
// A counter is a plain value, (value, last), so copying the map copies the state: a snapshot keeps
// the copy of what is alive, a restore copies it back. Whether a counter is alive is decided only
// when it is read, by the `last` that it carries.
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

class CounterStore {
 public:
  explicit CounterStore(long long ttl_s) : ttl_s_(ttl_s) {}

  void add(const std::string& key, long long amount, long long now_s) {
    Counter& counter = counters_.try_emplace(key, Counter{0, now_s}).first->second;
    if (dead(counter, now_s)) counter.value = 0;
    counter = {counter.value + amount, now_s};
  }

  long long get(const std::string& key, long long now_s) {
    const auto it = counters_.find(key);
    return it == counters_.end() || dead(it->second, now_s) ? 0 : it->second.value;
  }

  std::map<std::string, long long> alive(long long now_s) {
    std::map<std::string, long long> values;
    for (const auto& [key, counter] : counters_) {
      if (!dead(counter, now_s)) values.emplace(key, counter.value);
    }
    return values;
  }

  long long snapshot(long long now_s) {
    snapshots_.push_back(counters_);
    std::erase_if(snapshots_.back(), [&](const auto& item) { return dead(item.second, now_s); });
    return static_cast<long long>(snapshots_.size()) - 1;
  }

  bool restore(long long id, long long) {
    if (id >= static_cast<long long>(snapshots_.size())) return false;
    counters_ = snapshots_[id];
    return true;
  }

 private:
  struct Counter {
    long long value;
    long long last;
  };
  using Counters = std::unordered_map<std::string, Counter>;

  bool dead(const Counter& counter, long long now_s) const { return now_s >= counter.last + ttl_s_; }

  long long ttl_s_;
  Counters counters_;
  std::vector<Counters> snapshots_;
};
