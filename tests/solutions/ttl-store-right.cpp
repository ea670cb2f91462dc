// rehearse: ttl-store
//
// Next to the map of entries stands an ordered set of (deadline, key) with exactly one element per
// key. Every call first drops what is due from its front, so all that is left is alive.
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

class TtlStore {
 public:
  void set(const std::string& key, const std::string& value, long long ttl_s, long long now_s) {
    expire(now_s);
    if (const auto old = entries_.find(key); old != entries_.end()) {
      deadlines_.erase({old->second.deadline, key});
      entries_.erase(old);
    }
    if (ttl_s == 0) return;
    entries_[key] = {value, now_s + ttl_s};
    deadlines_.emplace(now_s + ttl_s, key);
  }

  std::optional<std::string> get(const std::string& key, long long now_s) {
    expire(now_s);
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) return std::nullopt;
    return entry->second.value;
  }

  long long size(long long now_s) {
    expire(now_s);
    return static_cast<long long>(entries_.size());
  }

 private:
  struct Entry {
    std::string value;
    long long deadline = 0;
  };

  void expire(long long now_s) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now_s) {
      entries_.erase(deadlines_.begin()->second);
      deadlines_.erase(deadlines_.begin());
    }
  }

  std::unordered_map<std::string, Entry> entries_;
  std::set<std::pair<long long, std::string>> deadlines_;
};
