// SPDX-License-Identifier: GPL-3.0-or-later
//
// The verdict on a design's challenge in words: which goal held, which did not, and by how much.
#pragma once

#include <QString>
#include <vector>

#include "engine/plan/executor.hpp"

namespace rehearse::present {

// "Not reached: excess log loss is 0.061, not below 0.044: 0.017 too much (39% of the limit)".
QString goalLine(const plan::Check& goal);

// "All 2 goals reached in 3:05." or "1 of 2 goals reached after 3:05. Move on and submit again."
QString verdictLine(const std::vector<plan::Check>& goals, int seconds);

}  // namespace rehearse::present
