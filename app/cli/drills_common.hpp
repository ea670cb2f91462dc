// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the verbs about drills share: the library with the built-in and the user's folders, and the
// worker's whereabouts.
#pragma once

#include "app/cli/verb.hpp"
#include "drills/judge/library.hpp"

namespace rehearse::cli {

judge::Workshop workshop(const Context& context);
Result<judge::Library> open_drills(const Context& context);

}  // namespace rehearse::cli
