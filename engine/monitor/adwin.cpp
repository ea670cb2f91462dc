// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window is an exponential histogram: row r holds at most five buckets of 2^r observations, of
// each of which only the sum and the sum of squared deviations is known (Babcock et al. 2003). A
// sixth bucket of a row merges the two oldest into the next row. Since the detector restarts after
// an alarm, no bucket is ever dropped.
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/monitor/detector_kinds.hpp"

namespace rehearse::monitor {
namespace {

constexpr std::size_t kAdwinBuckets = 5;
constexpr int kAdwinClock = 32;
constexpr double kAdwinLeastWindow = 5, kAdwinGrace = 10;

struct AdwinBucket {
  double total = 0, variance = 0;  // variance: the sum of squared deviations
};

struct AdwinRow {
  std::array<AdwinBucket, kAdwinBuckets + 1> buckets;  // the oldest first
  std::size_t count = 0;

  void push(const AdwinBucket& bucket) { buckets[count++] = bucket; }
  // The two oldest, each of `size` observations, as one.
  AdwinBucket merge_oldest(double size) {
    const double apart = (buckets[0].total - buckets[1].total) / size;
    const AdwinBucket merged{buckets[0].total + buckets[1].total,
                             buckets[0].variance + buckets[1].variance + size * apart * apart / 2};
    for (std::size_t i = 2; i < count; ++i) buckets[i - 2] = buckets[i];
    count -= 2;
    return merged;
  }
};

class Adwin final : public Detector {
 public:
  explicit Adwin(const AdwinOptions& options)
      : delta_(options.delta), limit_(-std::log(options.delta)) {
    restart();
  }

  Reading add(double x, double) override {
    assert(std::isfinite(x));
    insert(x);
    Reading reading{Signal::none, Direction::none, statistic_, limit_};
    if (++tick_ % kAdwinClock != 0 || width_ <= kAdwinGrace) return reading;
    reading.direction = look();
    reading.statistic = statistic_;
    if (reading.direction != Direction::none) {
      reading.signal = Signal::alarm;
      restart();
    }
    return reading;
  }

  void restart() override {
    rows_.assign(1, {});
    width_ = total_ = variance_ = 0;
    tick_ = 0;
    statistic_ = 0;
  }
  std::size_t bytes() const override { return sizeof *this + rows_.capacity() * sizeof(AdwinRow); }

 private:
  void insert(double x) {
    if (width_ > 0) {
      const double apart = x - total_ / width_;
      variance_ += width_ * apart * apart / (width_ + 1);
    }
    width_ += 1, total_ += x;
    rows_[0].push({x, 0});
    double size = 1;
    for (std::size_t r = 0; rows_[r].count > kAdwinBuckets; ++r, size *= 2) {
      const AdwinBucket merged = rows_[r].merge_oldest(size);
      if (r + 1 == rows_.size()) rows_.emplace_back();
      rows_[r + 1].push(merged);
    }
  }

  // All cuts, the oldest bucket first; the direction of the first one that is an alarm.
  Direction look() {
    const double factor = std::log(2 * std::log(width_) / delta_), deviation = variance_ / width_;
    Direction found = Direction::none;
    double most = -std::numeric_limits<double>::infinity();
    double n0 = 0, total0 = 0;
    for (std::size_t r = rows_.size(); r-- > 0;) {
      const double size = std::ldexp(1.0, static_cast<int>(r));
      for (std::size_t b = 0; b < rows_[r].count; ++b) {
        n0 += size, total0 += rows_[r].buckets[b].total;
        const double n1 = width_ - n0;
        if (n0 < kAdwinLeastWindow || n1 < kAdwinLeastWindow) continue;
        const double apart = total0 / n0 - (total_ - total0) / n1,
                     m = 1 / (n0 - kAdwinLeastWindow + 1) + 1 / (n1 - kAdwinLeastWindow + 1);
        most = std::max(most, evidence(std::abs(apart), m, deviation));
        const double cut = std::sqrt(2 * m * deviation * factor) + 2.0 / 3 * factor * m;
        if (found == Direction::none && std::abs(apart) > cut)
          found = apart < 0 ? Direction::up : Direction::down;
      }
    }
    statistic_ = std::isfinite(most) ? most - std::log(2 * std::log(width_)) : 0;
    return found;
  }

  // The factor ln(2 ln W/δ) at which this cut would lie on its bound: a f + b √f = apart.
  static double evidence(double apart, double m, double deviation) {
    const double a = 2.0 / 3 * m, b = std::sqrt(2 * m * deviation),
                 root = (std::sqrt(b * b + 4 * a * apart) - b) / (2 * a);
    return root * root;
  }

  double delta_, limit_;
  std::vector<AdwinRow> rows_;
  double width_ = 0, total_ = 0, variance_ = 0;
  long tick_ = 0;
  double statistic_ = 0;  // of the last look
};

}  // namespace

std::unique_ptr<Detector> make_adwin(const AdwinOptions& options) {
  return std::make_unique<Adwin>(options);
}

}  // namespace rehearse::monitor
