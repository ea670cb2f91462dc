// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers as a person compares them, the same in tables, beside plots and in reports: four digits
// of the greatest, 12,000 and not 12000, "–" for what is not there. Files (CSV, JSON) hold all
// digits.
#pragma once

#include <QString>
#include <string>

#include "engine/base/document.hpp"
#include "engine/base/frame.hpp"

namespace rehearse::plots {

inline constexpr int kCellDigits = 4;
// Of a figure's cells: its option `digits`, where what is shown is reckoned with.
int cellDigits(const Figure& figure);

// Places after the point that give the greatest number of a column so many digits and align the
// others; -1 where they are too far apart for that, as the numbers of a run are.
int placesOf(const Column& column, int digits = kCellDigits);
// `places`: of the column. Two digits at the least; 0 stands for 0 alone.
QString cellText(const Column& column, std::size_t row, int places, int digits = kCellDigits);
// Names as a script writes them, read aloud: `true_share` is the column "true share".
QString plainWords(const std::string& text);
// A number that stands alone; of the unit "%" a share is written with its sign.
QString keyNumber(double value, const QString& unit);

}  // namespace rehearse::plots
