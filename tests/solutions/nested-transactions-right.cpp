// rehearse: nested-transactions
//
// One log of what was there before each write, and for every open transaction the place where its
// part of the log begins. Commit forgets that place only; rollback plays the log back down to it.
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

class ConfigStore {
 public:
  void set(const std::string& key, const std::string& value) { write(key, value); }

  std::optional<std::string> get(const std::string& key) {
    const auto it = values_.find(key);
    return it == values_.end() ? std::nullopt : std::optional(it->second);
  }

  bool remove(const std::string& key) {
    if (!values_.contains(key)) return false;
    write(key, std::nullopt);
    return true;
  }

  long long count(const std::string& value) {
    const auto it = holders_.find(value);
    return it == holders_.end() ? 0 : it->second;
  }

  void begin() { marks_.push_back(log_.size()); }

  bool commit() {
    if (marks_.empty()) return false;
    marks_.pop_back();
    if (marks_.empty()) log_.clear();
    return true;
  }

  bool rollback() {
    if (marks_.empty()) return false;
    for (; log_.size() > marks_.back(); log_.pop_back()) {
      put(log_.back().first, std::move(log_.back().second));
    }
    marks_.pop_back();
    return true;
  }

 private:
  using Value = std::optional<std::string>;

  void write(const std::string& key, Value value) {
    Value before = put(key, std::move(value));
    if (!marks_.empty()) log_.emplace_back(key, std::move(before));
  }

  // Makes `key` hold `value`, or nothing; returns what it held.
  Value put(const std::string& key, Value value) {
    Value before;
    if (const auto it = values_.find(key); it != values_.end()) {
      before = std::move(it->second);
      values_.erase(it);
      if (const auto held = holders_.find(*before); --held->second == 0) holders_.erase(held);
    }
    if (value) {
      ++holders_[*value];
      values_.emplace(key, std::move(*value));
    }
    return before;
  }

  std::unordered_map<std::string, std::string> values_;
  std::unordered_map<std::string, long long> holders_;
  std::vector<std::pair<std::string, Value>> log_;
  std::vector<std::size_t> marks_;
};
