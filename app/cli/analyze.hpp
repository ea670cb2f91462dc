// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the analyze verbs share: reading the user's table, bad rows refused or counted.
#pragma once

#include "app/cli/verb.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {

struct ReadFlags {
  bool skip_bad = false;
};

void declare_read_flags(Arguments& app, ReadFlags& flags);

// Says on stderr how many rows were skipped.
Result<Frame> read_user_table(const Context& context, const std::string& path,
                              const ReadFlags& flags, ReadOptions options = {});

}  // namespace rehearse::cli
