// rehearse: hits-in-window
//
// For each second with votes, how many there had been by its end. The count is a difference of two
// such totals: all votes so far, less those up to the last second that has left the window.
#include <algorithm>
#include <deque>

class HitCounter {
 public:
  explicit HitCounter(long long window_s) : window_s_(window_s) {}

  void hit(long long at_s) {
    advance(at_s);
    ++total_;
    if (seconds_.empty() || seconds_.back().at != now_) seconds_.push_back({now_, 0});
    seconds_.back().total = total_;
  }

  long long count(long long now_s) {
    advance(now_s);
    return total_ - gone_;
  }

 private:
  struct Second {
    long long at;
    long long total;
  };

  void advance(long long at_s) {
    now_ = std::max(now_, at_s);
    while (!seconds_.empty() && seconds_.front().at <= now_ - window_s_) {
      gone_ = seconds_.front().total;
      seconds_.pop_front();
    }
  }

  long long window_s_;
  long long now_ = 0;
  long long total_ = 0;
  long long gone_ = 0;
  std::deque<Second> seconds_;
};
