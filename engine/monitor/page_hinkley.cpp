// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/monitor/detector_kinds.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kNeverReached = std::numeric_limits<double>::infinity();

class PageHinkley final : public Detector {
 public:
  explicit PageHinkley(const PageHinkleyOptions& options) : options_(options) {}

  Reading add(double x, double) override {
    assert(std::isfinite(x));
    state_.count += 1;
    state_.mean += (x - state_.mean) / state_.count;
    const double deviation = x - state_.mean;
    state_.rise = options_.alpha * state_.rise + deviation - options_.delta;
    state_.fall = options_.alpha * state_.fall + deviation + options_.delta;
    state_.least = std::min(state_.least, state_.rise);
    state_.greatest = std::max(state_.greatest, state_.fall);
    if (state_.count < options_.min) return {Signal::none, Direction::none, 0, options_.lambda};
    const double up = options_.side == Side::down ? 0 : state_.rise - state_.least,
                 down = options_.side == Side::up ? 0 : state_.greatest - state_.fall;
    Reading reading{Signal::none, Direction::none, std::max(up, down), options_.lambda};
    if (reading.statistic > options_.lambda) {
      reading.signal = Signal::alarm;
      reading.direction = up >= down ? Direction::up : Direction::down;
      restart();
    }
    return reading;
  }
  void restart() override { state_ = {}; }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  struct State {
    double count = 0, mean = 0, rise = 0, fall = 0, least = kNeverReached,
           greatest = -kNeverReached;
  };
  PageHinkleyOptions options_;
  State state_;
};

}  // namespace

std::unique_ptr<Detector> make_page_hinkley(const PageHinkleyOptions& options) {
  return std::make_unique<PageHinkley>(options);
}

}  // namespace rehearse::monitor
