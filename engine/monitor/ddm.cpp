// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/monitor/detector_kinds.hpp"

namespace rehearse::monitor {
namespace {

class Ddm final : public Detector {
 public:
  explicit Ddm(const DdmOptions& options) : options_(options) {}

  Reading add(double x, double trials) override {
    assert(x >= 0 && x <= 1 && trials > 0);
    state_.count += trials;
    state_.rate += (x - state_.rate) * trials / state_.count;
    const double rate = std::clamp(state_.rate, 0.0, 1.0);  // the sum may round past its ends
    Reading reading{Signal::none, Direction::none, 0, options_.drift};
    if (state_.count <= options_.warm) return reading;
    const double deviation = std::sqrt(rate * (1 - rate) / state_.count), sum = rate + deviation;
    if (sum <= state_.least_rate + state_.least_deviation)
      state_.least_rate = rate, state_.least_deviation = deviation;
    const double excess = sum - state_.least_rate;
    reading.statistic = excess > 0 ? excess / state_.least_deviation : 0;
    if (sum > state_.least_rate + options_.drift * state_.least_deviation) {
      reading.signal = Signal::alarm;
      reading.direction = Direction::up;
      restart();
    } else if (sum > state_.least_rate + options_.warning * state_.least_deviation) {
      reading.signal = Signal::warning;
    }
    return reading;
  }
  void restart() override { state_ = {}; }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  struct State {
    double count = 0, rate = 0;
    double least_rate = std::numeric_limits<double>::infinity(),
           least_deviation = std::numeric_limits<double>::infinity();
  };
  DdmOptions options_;
  State state_;
};

}  // namespace

std::unique_ptr<Detector> make_ddm(const DdmOptions& options) {
  return std::make_unique<Ddm>(options);
}

}  // namespace rehearse::monitor
