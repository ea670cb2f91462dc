// SPDX-License-Identifier: GPL-3.0-or-later
//
// HistoryTrouble: a history that could not be opened when the window was to start: what is wrong,
// and what mends it. There is no AppContext then.
#pragma once

#include <QString>

#include "engine/base/error.hpp"

namespace rehearse::present {

struct HistoryTrouble {
  QString message;  // what, where, how to mend
  QString folder;   // where the user's data lie; empty where it could not even be made
  QString history;  // the file in it
  QString backup;   // the newest sound one, where the file is at fault; else empty
  QString advice;   // "A backup of 28 Nov 2026, 07:01 is sound: …"; empty without one
};

// `home` as AppContext::open was given it, `error` what it answered.
HistoryTrouble troubleWith(const Error& error, const std::string& home);

// Puts the backup in the place of the history; the damaged file is kept beside it. A sentence that
// says under which name. Errors: practice::restore.
Result<QString> restoreBackup(const HistoryTrouble& trouble);

}  // namespace rehearse::present
