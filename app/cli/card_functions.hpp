// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engine's functions under the names that a card's `compute` uses; see content/README.md.
#pragma once

#include "app/practice/expression.hpp"

namespace rehearse::cli {

practice::Functions card_functions();

}  // namespace rehearse::cli
