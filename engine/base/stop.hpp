// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stopping and progress of long work. A long function takes a `const Progress&`, calls
// `progress.report(fraction)` now and then (cheap), and returns `cancelled()` when it says stop.
// std::stop_token (C++20) carries the request; it is thread-safe.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/base/error.hpp"

namespace rehearse {

class Progress {
 public:
  Progress() = default;
  // `report` may be called from any thread, with a fraction in [0, 1].
  Progress(std::stop_token stop, std::function<void(double)> report)
      : stop_(std::move(stop)), report_(std::move(report)) {}

  // False when the work should stop.
  bool report(double fraction) const {
    if (report_) report_(fraction);
    return !stop_.stop_requested();
  }
  bool stop_requested() const { return stop_.stop_requested(); }
  const std::stop_token& token() const { return stop_; }

 private:
  std::stop_token stop_;
  std::function<void(double)> report_;
};

inline tl::unexpected<Error> cancelled() {
  return fail(Code::cancelled, "stopped before it was done");
}

}  // namespace rehearse
