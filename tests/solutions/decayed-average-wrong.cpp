// rehearse: decayed-average
// expect: WA
// A clock that steps back becomes the latest time, so the same seconds decay the average twice.
#include <algorithm>
#include <cmath>
#include <optional>

class DecayedAverage {
 public:
  explicit DecayedAverage(double tau_s) : tau_s_(tau_s) {}

  void add(double value, double at_s) {
    if (!std::isfinite(value)) return;
    if (!average_) {
      average_ = value;
    } else {
      const double alpha = 1 - std::exp(-std::max(0.0, at_s - last_s_) / tau_s_);
      average_ = (1 - alpha) * *average_ + alpha * value;
    }
    last_s_ = at_s;
  }

  std::optional<double> value() { return average_; }

 private:
  double tau_s_;
  std::optional<double> average_;
  double last_s_ = 0;
};
