// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two runs of one design side by side: what they were made with, and their numbers with the
// difference.
#pragma once

#include "app/present/design_knobs.hpp"
#include "engine/base/document.hpp"

namespace rehearse::present {

struct ComparedRun {
  QString label;  // "negatives kept 10%, isotonic"
  RunKnobs made;
  std::vector<Figure> figures;  // one a view
  QString brief = {};           // "10%, isotonic"
};

// Columns knob, A, B: the knobs, and the seed, that are not the same. No rows: all are.
Figure madeWith(const ComparedRun& a, const ComparedRun& b);

// Columns number, A, B, difference (B − A): of every number view of both, a number that is defined
// in one only has no difference. Percentages are in percent, their difference in points.
Figure numbersOf(const ComparedRun& a, const ComparedRun& b);

}  // namespace rehearse::present
