// rehearse: request-coalescer
// expect: WA
// Reports the time of the call that found the batch gone, not the time at which the timer sent it.
#include <tuple>
#include <vector>

class Coalescer {
  using Batches = std::vector<std::tuple<long long, std::vector<long long>>>;

  long long max_items_, max_wait_, items_ = 0, opened_ = 0;
  std::vector<long long> open_;

  void leave(long long at, Batches& out) {
    out.emplace_back(at, std::move(open_));
    open_.clear();
    items_ = 0;
  }

 public:
  Coalescer(long long max_items, long long max_wait_ms) : max_items_(max_items), max_wait_(max_wait_ms) {}

  Batches add(long long request, long long items, long long at_ms) {
    Batches out = tick(at_ms);
    if (items_ + items > max_items_) leave(at_ms, out);
    if (open_.empty()) opened_ = at_ms;
    open_.push_back(request);
    items_ += items;
    if (items_ == max_items_ || max_wait_ == 0) leave(at_ms, out);
    return out;
  }

  Batches tick(long long now_ms) {
    Batches out;
    if (!open_.empty() && now_ms >= opened_ + max_wait_) leave(now_ms, out);
    return out;
  }
};
