// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a run that lies over others is drawn, as an icon: a piece of its line with its marker, in its
// colour. 0 is the present run.
#pragma once

#include <QIcon>

#include "app/plots/theme.hpp"

namespace rehearse::plots {

inline constexpr int kLookWidth = 32, kLookHeight = 14;

QIcon lookIcon(int look, const Theme& theme);

}  // namespace rehearse::plots
