// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/vim_lines.hpp"

namespace rehearse::present {

int vimLineStart(const QString& text, int at) {
  return at <= 0 ? 0 : static_cast<int>(text.lastIndexOf('\n', at - 1)) + 1;
}

int vimLineEnd(const QString& text, int at) {
  const auto end = text.indexOf('\n', at);
  return end < 0 ? static_cast<int>(text.size()) : static_cast<int>(end);
}

int vimFirstInk(const QString& text, int at) {
  const int end = vimLineEnd(text, at);
  int ink = vimLineStart(text, at);
  while (ink < end && text[ink].isSpace()) ++ink;
  return ink == end && ink > vimLineStart(text, at) ? ink - 1 : ink;
}

int vimLineNumbered(const QString& text, int number) {
  int at = 0;
  for (; number > 0; --number) {
    const auto end = text.indexOf('\n', at);
    if (end < 0) break;
    at = static_cast<int>(end) + 1;
  }
  return at;
}

int vimLineOf(const QString& text, int at) {
  return static_cast<int>(QStringView(text).left(at).count('\n'));
}

}  // namespace rehearse::present
