// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vim's motions and text objects as pure functions of a text and a position: where a motion leads,
// and what an operator takes with it (vimhelp.org/motion.txt).
#pragma once

#include <QString>
#include <optional>

namespace rehearse::present {

// What an operator takes: [from, to), or the whole lines from that of `from` to that of `to`.
struct VimSpan {
  int from = 0, to = 0;
  bool linewise = false;
};

struct VimMove {
  int to = 0;
  bool linewise = false;   // an operator takes whole lines
  bool inclusive = false;  // and otherwise the character at `to`, too
};

// f F t T and what ; and , repeat.
struct VimFind {
  QChar command, sought;
};

// `column`: where j and k want to be. Nothing: there is no such place, and the command fails.
std::optional<VimMove> vimMotion(const QString& text, int at, QChar motion, int count, bool counted,
                                 int column);
std::optional<VimMove> vimFindInLine(const QString& text, int at, VimFind find, int count,
                                     bool repeated);
// `gg`, `G` and `:12`: line `number` from 1.
VimMove vimGoToLine(const QString& text, int number);
// "iw", "aw", "i(", "a[" …
std::optional<VimSpan> vimTextObject(const QString& text, int at, bool around, QChar object);
// The next match after `at`, or before it; the search goes around the ends.
std::optional<int> vimSearch(const QString& text, int at, const QString& sought, bool backwards,
                             bool wholeWord = false);
QString vimWordAt(const QString& text, int at);

}  // namespace rehearse::present
