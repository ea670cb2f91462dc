// rehearse: page-hinkley
//
// The state is a struct of four numbers, so a restart is one assignment. The mean is carried along
// rather than a sum of readings.
#include <algorithm>
#include <cmath>

class PageHinkley {
 public:
  PageHinkley(double delta, double threshold, double keep, long long least_readings)
      : delta_(delta), threshold_(threshold), keep_(keep), least_readings_(least_readings) {}

  bool add(double x) {
    if (std::isnan(x)) return false;
    ++now_.readings;
    now_.mean += (x - now_.mean) / static_cast<double>(now_.readings);
    now_.m = keep_ * now_.m + (x - now_.mean - delta_);
    now_.smallest = std::min(now_.smallest, now_.m);
    if (evidence() <= threshold_ || now_.readings < least_readings_) return false;
    now_ = {};
    return true;
  }

  double evidence() { return now_.m - now_.smallest; }

 private:
  struct State {
    long long readings = 0;
    double mean = 0;
    double m = 0;
    double smallest = 0;
  };

  double delta_;
  double threshold_;
  double keep_;
  long long least_readings_;
  State now_;
};
