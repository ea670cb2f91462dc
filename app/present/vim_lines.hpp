// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lines of a text by the places in it: offsets in UTF-16 units, lines parted by one '\n'. Every
// function takes O(size).
#pragma once

#include <QString>

namespace rehearse::present {

int vimLineStart(const QString& text, int at);
// The offset of the line break, or of the text's end.
int vimLineEnd(const QString& text, int at);
// The first character of the line that is no blank.
int vimFirstInk(const QString& text, int at);
// The start of line `number`, from 0; the last line's where there are fewer.
int vimLineNumbered(const QString& text, int number);
int vimLineOf(const QString& text, int at);

}  // namespace rehearse::present
