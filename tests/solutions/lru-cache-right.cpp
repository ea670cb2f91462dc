// rehearse: lru-cache
//
// No linked list: every use gets a number and goes to the end of a queue. The front of the queue is
// the oldest use, and stale if its key was used again since. When the queue is mostly stale it is
// swept, so it stays as long as the cache is large.
#include <deque>
#include <unordered_map>
#include <utility>

class LruCache {
 public:
  explicit LruCache(long long capacity) : capacity_(capacity) {}

  long long get(long long key) {
    const auto it = entries_.find(key);
    if (it == entries_.end()) return -1;
    use(key, it->second);
    return it->second.value;
  }

  void put(long long key, long long value) {
    if (capacity_ == 0) return;
    if (!entries_.contains(key) && static_cast<long long>(entries_.size()) == capacity_) drop_oldest();
    Entry& entry = entries_[key];
    entry.value = value;
    use(key, entry);
  }

 private:
  struct Entry {
    long long value = 0;
    long long last_use = 0;
  };

  void use(long long key, Entry& entry) {
    entry.last_use = ++clock_;
    uses_.emplace_back(key, clock_);
    if (uses_.size() > 2 * entries_.size() + 16) {
      std::erase_if(uses_, [this](const auto& use) { return stale(use); });
    }
  }

  bool stale(const std::pair<long long, long long>& use) const {
    const auto it = entries_.find(use.first);
    return it == entries_.end() || it->second.last_use != use.second;
  }

  void drop_oldest() {
    while (stale(uses_.front())) uses_.pop_front();
    entries_.erase(uses_.front().first);
    uses_.pop_front();
  }

  long long capacity_;
  long long clock_ = 0;
  std::unordered_map<long long, Entry> entries_;
  std::deque<std::pair<long long, long long>> uses_;
};
