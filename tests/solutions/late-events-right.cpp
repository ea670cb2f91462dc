// rehearse: late-events
//
// An id always has the same time, so one ordered set of (time, id) does for both questions: whether
// an event is there, and which ones have fallen behind the watermark.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

class EventGate {
 public:
  explicit EventGate(long long lateness_s) : lateness_s_(lateness_s) {}

  std::string offer(const std::string& id, long long at_s) {
    if (at_s < latest_ - lateness_s_) return "late";
    const bool is_new = seen_.emplace(at_s, id).second;
    latest_ = std::max(latest_, at_s);
    while (seen_.begin()->first < latest_ - lateness_s_) seen_.erase(seen_.begin());
    return is_new ? "new" : "repeated";
  }

  long long remembered() { return static_cast<long long>(seen_.size()); }

 private:
  long long lateness_s_;
  long long latest_ = 0;  // no time is below 0, so at first nothing is late
  std::set<std::pair<long long, std::string>> seen_;
};
