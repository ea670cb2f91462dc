// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/brief_wait.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace rehearse::practice {
namespace {

constexpr int kBriefMs = 40;

}  // namespace

BriefWait::BriefWait(Database& database)
    : database_(database),
      usual_ms_(database.connection().execAndGet("PRAGMA busy_timeout").getInt()) {
  database_.connection().setBusyTimeout(kBriefMs);
}

BriefWait::~BriefWait() { database_.connection().setBusyTimeout(usual_ms_); }

}  // namespace rehearse::practice
