// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the command palette offers for a few typed letters. A text fits where the letters of every
// typed word stand in it in this order, not needfully side by side; words may come in any order.
//
// Letters count more at the start of a word and more right after the letter before, as in the
// fuzzy finders that people know; of all ways to place the letters the best one counts. O(letters ×
// text) for each text. Case and accents do not matter.
#pragma once

#include <QList>
#include <QString>
#include <optional>

namespace rehearse::present {

// How well the letters of one word fit; greater is better. Nothing: they do not.
std::optional<int> fuzzyScore(const QString& word, const QString& text);

struct PaletteItem {
  QString title;
  QString detail;     // what it is: "Drill · sliding window"
  QString key;        // as shown: "Ctrl+T"
  QString also = {};  // found by these words too, which are not shown
};

// Places of the items that fit, best first; equal ones by the shorter title, then as they come. The
// title counts twice as much as the rest. Everything, as it comes, where nothing is typed.
QList<qsizetype> rankPalette(const QList<PaletteItem>& items, const QString& typed, qsizetype most);

}  // namespace rehearse::present
