// rehearse: expiry-index
// expect: WA
// A renewal leaves the old deadline in the queue, and when that comes up the claim is taken for lapsed.
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

class ClaimBoard {
 public:
  void claim(const std::string& report, long long until_s) {
    claimed_.insert(report);
    queue_.emplace(until_s, report);
  }

  bool release(const std::string& report) { return claimed_.erase(report) > 0; }

  std::vector<std::string> lapsed(long long now_s, long long most) {
    std::vector<std::string> reports;
    while (static_cast<long long>(reports.size()) < most) {
      const auto first = next_lapse();
      if (!first || *first > now_s) break;
      reports.push_back(queue_.top().second);
      claimed_.erase(queue_.top().second);
      queue_.pop();
    }
    return reports;
  }

  std::optional<long long> next_lapse() {
    while (!queue_.empty() && !claimed_.contains(queue_.top().second)) queue_.pop();
    if (queue_.empty()) return std::nullopt;
    return queue_.top().first;
  }

 private:
  using Entry = std::pair<long long, std::string>;

  std::unordered_set<std::string> claimed_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};
