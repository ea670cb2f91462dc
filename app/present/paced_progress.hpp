// SPDX-License-Identifier: GPL-3.0-or-later
//
// Progress of work on other threads, told in the receiver's own thread at most twenty times a
// second: reports come by the thousand.
#pragma once

#include <QObject>
#include <functional>
#include <stop_token>

#include "engine/base/stop.hpp"

namespace rehearse::present {

// `tell` is called while `receiver` lives. `receiver` must outlive the work.
Progress pacedProgress(QObject* receiver, std::stop_token stop, std::function<void(double)> tell);

}  // namespace rehearse::present
