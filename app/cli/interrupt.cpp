// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace rehearse::cli {
namespace {

std::atomic<bool> interrupted{false};

}  // namespace

Interrupt::Interrupt() {
  interrupted = false;  // before the watcher starts to look at it
  watcher_ = std::jthread([this](const std::stop_token& done) {
    interrupted.wait(false);
    if (!done.stop_requested()) source_.request_stop();
  });
  before_ = std::signal(SIGINT, [](int) {
    interrupted = true;
    interrupted.notify_all();
  });
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, before_);
  watcher_.request_stop();
  interrupted = true;
  interrupted.notify_all();
}

}  // namespace rehearse::cli
