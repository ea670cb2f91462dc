// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several runs in one figure, on the axes of the present one.
//
// Curves lie over each other: each run has a dash and a marker of its own; where the figure has one
// series a run has its colour too, else the colour stays with the series. Truth lines that differ
// are drawn too, and look as truth does. Bands, marks and alarms are those of the present run.
// Numbers become the columns of a table. What cannot be laid over shows the present run and says
// so.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"

namespace rehearse::present {

struct OverlaidRun {
  std::string label;  // what tells it from the others
  std::string brief;  // the same in few words, where a figure has many lines or columns
  int look = 0;       // 0 is the present run
  const Figure* figure = nullptr;  // the same view as `now` of overlaid()
};

inline constexpr int kMostLines = 16;  // more of them cannot be told apart

bool canOverlay(const std::string& kind);

// `now` where there are no others. Rows of others whose columns are not those of `now` are left
// out, with a sentence.
Figure overlaid(const Figure& now, const std::string& nowLabel,
                const std::vector<OverlaidRun>& others);

}  // namespace rehearse::present
