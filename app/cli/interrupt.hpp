// SPDX-License-Identifier: GPL-3.0-or-later
//
// Interrupt: while it lives, Ctrl+C asks the work at hand to stop instead of ending the process.
// One at a time.
#pragma once

#include <stop_token>
#include <thread>

namespace rehearse::cli {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  void (*before_)(int) = nullptr;
  std::jthread watcher_;
};

}  // namespace rehearse::cli
