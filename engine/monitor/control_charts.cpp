// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two control charts of a known level: CUSUM and EWMA.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/monitor/detector_kinds.hpp"

namespace rehearse::monitor {
namespace {

class Cusum final : public Detector {
 public:
  explicit Cusum(const CusumOptions& options) : options_(options) {}

  Reading add(double x, double) override {
    assert(std::isfinite(x));
    const double z = (x - options_.mu) / options_.sigma;
    up_ = std::max(0.0, up_ + z - options_.k);
    down_ = std::max(0.0, down_ - z - options_.k);
    Reading reading{Signal::none, Direction::none, std::max(up_, down_), options_.h};
    if (reading.statistic > options_.h) {
      reading.signal = Signal::alarm;
      reading.direction = up_ >= down_ ? Direction::up : Direction::down;
      restart();
    }
    return reading;
  }
  void restart() override { up_ = down_ = 0; }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  CusumOptions options_;
  double up_ = 0, down_ = 0;
};

class Ewma final : public Detector {
 public:
  explicit Ewma(const EwmaOptions& options)
      : options_(options), level_(options.mu), variance_(options.lambda / (2 - options.lambda)) {}

  Reading add(double x, double) override {
    assert(std::isfinite(x));
    level_ = options_.lambda * x + (1 - options_.lambda) * level_;
    remembered_ *= (1 - options_.lambda) * (1 - options_.lambda);
    Reading reading{Signal::none, Direction::none, std::abs(level_ - options_.mu) / options_.sigma,
                    options_.limit * std::sqrt(variance_ * (1 - remembered_))};
    if (reading.statistic > reading.limit) {
      reading.signal = Signal::alarm;
      reading.direction = level_ > options_.mu ? Direction::up : Direction::down;
      restart();
    }
    return reading;
  }
  void restart() override { level_ = options_.mu, remembered_ = 1; }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  EwmaOptions options_;
  double level_, variance_;
  double remembered_ = 1;  // (1 - λ)^2t
};

}  // namespace

std::unique_ptr<Detector> make_cusum(const CusumOptions& options) {
  return std::make_unique<Cusum>(options);
}
std::unique_ptr<Detector> make_ewma(const EwmaOptions& options) {
  return std::make_unique<Ewma>(options);
}

}  // namespace rehearse::monitor
