// rehearse: token-bucket
//
// No tokens are counted. All there is to know is the moment at which the bucket will be full: each
// token taken moves it back by 1 / rate. There is enough while the moment does not come to lie more
// than capacity / rate ahead. Being powers of two apart, all these numbers are exact.
#include <algorithm>

class TokenBucket {
 public:
  TokenBucket(long long capacity, double refill_per_s)
      : rate_(refill_per_s), fill_s_(static_cast<double>(capacity) / refill_per_s) {}

  bool allow(double now_s, long long cost) {
    now_s_ = std::max(now_s_, now_s);
    const double full_at = std::max(full_at_s_, now_s_) + static_cast<double>(cost) / rate_;
    if (full_at - now_s_ > fill_s_) return false;
    full_at_s_ = full_at;
    return true;
  }

 private:
  double rate_;
  double fill_s_;  // from empty to full
  double now_s_ = 0;
  double full_at_s_ = 0;
};
