// SPDX-License-Identifier: GPL-3.0-or-later
//
// BriefWait: while it lives, a write that meets another program's lock fails within 40 ms in place
// of the usual 5 s (database.hpp). For a caller that must not stand still and tries again by
// itself; what would be lost otherwise waits the usual time.
#pragma once

#include "app/practice/database.hpp"

namespace rehearse::practice {

class BriefWait {
 public:
  explicit BriefWait(Database& database);
  ~BriefWait();
  BriefWait(const BriefWait&) = delete;
  BriefWait& operator=(const BriefWait&) = delete;

 private:
  Database& database_;
  int usual_ms_;
};

}  // namespace rehearse::practice
