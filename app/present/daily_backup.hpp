// SPDX-License-Identifier: GPL-3.0-or-later
//
// The day's backup of the window (app/practice/backups.hpp), taken on a worker thread with a
// connection of its own, so that the window never waits for the disk.
#pragma once

namespace rehearse::present {

class AppContext;

// Nothing where there is one of today. A backup that could not be taken is told by
// AppContext::failed and hinders nothing.
void backUpDaily(AppContext& context);

}  // namespace rehearse::present
