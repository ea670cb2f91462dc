// rehearse: lfu-cache
// expect: WA
// Orders by (uses, key): of several keys with the fewest uses it drops the smallest, not the one that
// was used longest ago.
#include <set>
#include <unordered_map>
#include <utility>

class LfuCache {
 public:
  explicit LfuCache(long long capacity) : capacity_(capacity) {}

  long long get(long long key) {
    const auto it = entries_.find(key);
    if (it == entries_.end()) return -1;
    use(key, it->second);
    return it->second.value;
  }

  void put(long long key, long long value) {
    if (capacity_ == 0) return;
    if (!entries_.contains(key) && static_cast<long long>(entries_.size()) == capacity_) {
      entries_.erase(order_.begin()->second);
      order_.erase(order_.begin());
    }
    Entry& entry = entries_[key];
    entry.value = value;
    use(key, entry);
  }

 private:
  struct Entry {
    long long value = 0;
    long long uses = 0;
  };

  void use(long long key, Entry& entry) {
    order_.erase({entry.uses, key});
    order_.emplace(++entry.uses, key);
  }

  long long capacity_;
  std::unordered_map<long long, Entry> entries_;
  std::set<std::pair<long long, long long>> order_;
};
