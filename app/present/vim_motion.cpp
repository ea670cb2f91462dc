// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/vim_motion.hpp"

#include <algorithm>
#include <utility>

#include "app/present/vim_lines.hpp"

namespace rehearse::present {
namespace {

enum class Class { blank, word, sign };

// `big`: W, B and E know blanks and all else.
Class classOf(QChar c, bool big) {
  if (c.isSpace()) return Class::blank;
  if (big || c.isLetterOrNumber() || c == '_') return Class::word;
  return Class::sign;
}

int size(const QString& text) { return static_cast<int>(text.size()); }

bool emptyLineAt(const QString& text, int at) {
  return (at >= size(text) || text[at] == '\n') && at == vimLineStart(text, at);
}

int wordForward(const QString& text, int at, bool big) {
  const int end = size(text);
  if (at >= end) return at;
  const Class here = classOf(text[at], big);
  if (here != Class::blank)
    while (at < end && classOf(text[at], big) == here) ++at;
  while (at < end && classOf(text[at], big) == Class::blank) {
    ++at;
    if (at < end && emptyLineAt(text, at)) return at;  // an empty line is a word
  }
  return at;
}

int wordEnd(const QString& text, int at, bool big) {
  const int end = size(text);
  ++at;
  while (at < end && classOf(text[at], big) == Class::blank) ++at;
  if (at >= end) return std::max(0, end - 1);
  const Class here = classOf(text[at], big);
  while (at + 1 < end && classOf(text[at + 1], big) == here) ++at;
  return at;
}

int wordBack(const QString& text, int at, bool big) {
  --at;
  while (at > 0 && classOf(text[at], big) == Class::blank) {
    if (emptyLineAt(text, at)) return at;
    --at;
  }
  if (at <= 0) return 0;
  const Class here = classOf(text[at], big);
  while (at > 0 && classOf(text[at - 1], big) == here) --at;
  return at;
}

int paragraph(const QString& text, int at, bool back) {
  int line = vimLineOf(text, at);
  const int last = static_cast<int>(text.count('\n'));
  const auto empty = [&](int number) { return emptyLineAt(text, vimLineNumbered(text, number)); };
  const int step = back ? -1 : 1;
  while (line >= 0 && line <= last && empty(line)) line += step;
  while (line >= 0 && line <= last && !empty(line)) line += step;
  if (line < 0) return 0;
  return line > last ? size(text) : vimLineNumbered(text, line);
}

int upDown(const QString& text, int at, int lines, int column) {
  const int target = std::max(0, vimLineOf(text, at) + lines);
  const int start = vimLineNumbered(text, target), end = vimLineEnd(text, start);
  return std::max(start, std::min(start + column, end - 1));
}

// The bracket that belongs to the first one of this line at or after `at`.
std::optional<int> partner(const QString& text, int at) {
  static const QString kPairs = "()[]{}";
  const int end = vimLineEnd(text, at);
  while (at < end && !kPairs.contains(text[at])) ++at;
  if (at >= end) return {};
  const auto which = kPairs.indexOf(text[at]);
  const bool opens = which % 2 == 0;
  const QChar other = kPairs[opens ? which + 1 : which - 1];
  int depth = 0;
  for (int i = at; i >= 0 && i < size(text); i += opens ? 1 : -1) {
    if (text[i] == text[at]) ++depth;
    if (text[i] == other && --depth == 0) return i;
  }
  return {};
}

std::optional<VimSpan> bracketObject(const QString& text, int at, bool around, QChar open,
                                     QChar close) {
  int depth = at < size(text) && text[at] == close ? -1 : 0, from = at;
  for (;; --from) {
    if (from < 0) return {};
    if (from < size(text) && text[from] == close) ++depth;
    if (from < size(text) && text[from] == open && depth-- == 0) break;
  }
  int to = from;
  depth = 0;
  for (;; ++to) {
    if (to >= size(text)) return {};
    if (text[to] == open) ++depth;
    if (text[to] == close && --depth == 0) break;
  }
  return around ? VimSpan{from, to + 1} : VimSpan{from + 1, to};
}

std::optional<VimSpan> quoteObject(const QString& text, int at, bool around, QChar quote) {
  const int start = vimLineStart(text, at), end = vimLineEnd(text, at);
  int open = -1;
  for (int i = start; i < end; ++i) {
    if (text[i] == '\\') {
      ++i;
      continue;
    }
    if (text[i] != quote) continue;
    if (open < 0) {
      open = i;
      continue;
    }
    if (at <= i) return around ? VimSpan{open, i + 1} : VimSpan{open + 1, i};
    open = -1;
  }
  return {};
}

std::optional<VimSpan> wordObject(const QString& text, int at, bool around, bool big) {
  const int start = vimLineStart(text, at), end = vimLineEnd(text, at);
  if (at >= end) return {};
  const auto run = [&](int from) {
    int to = from;
    while (to < end && classOf(text[to], big) == classOf(text[from], big)) ++to;
    return to;
  };
  VimSpan span{at, run(at)};
  while (span.from > start && classOf(text[span.from - 1], big) == classOf(text[at], big))
    --span.from;
  if (!around) return span;
  if (classOf(text[at], big) == Class::blank) {
    if (span.to < end) span.to = run(span.to);
  } else if (span.to < end && classOf(text[span.to], big) == Class::blank) {
    span.to = run(span.to);
  } else {
    while (span.from > start && text[span.from - 1].isSpace()) --span.from;
  }
  return span;
}

template <typename Step>
int repeated(int count, int at, const Step& step) {
  for (; count > 0; --count) at = step(at);
  return at;
}

std::optional<VimMove> wordMotion(const QString& text, int at, QChar motion, int count) {
  const bool big = motion.isUpper();
  const QChar small = motion.toLower();
  if (small == 'w')
    return VimMove{repeated(count, at, [&](int i) { return wordForward(text, i, big); })};
  if (small == 'b')
    return VimMove{repeated(count, at, [&](int i) { return wordBack(text, i, big); })};
  if (small == 'e')
    return VimMove{repeated(count, at, [&](int i) { return wordEnd(text, i, big); }), false, true};
  return {};
}

}  // namespace

VimMove vimGoToLine(const QString& text, int number) {
  return {vimFirstInk(text, vimLineNumbered(text, number - 1)), true};
}

std::optional<VimMove> vimMotion(const QString& text, int at, QChar motion, int count, bool counted,
                                 int column) {
  const int start = vimLineStart(text, at), end = vimLineEnd(text, at);
  switch (motion.unicode()) {
    case 'h': return VimMove{std::max(start, at - count)};
    case 'l':
    case ' ': return VimMove{std::min(end, at + count)};
    case 'j':
      if (vimLineEnd(text, at) == size(text)) return {};
      return VimMove{upDown(text, at, count, column), true};
    case 'k':
      if (start == 0) return {};
      return VimMove{upDown(text, at, -count, column), true};
    case '0': return VimMove{start};
    case '^': return VimMove{vimFirstInk(text, at)};
    case '$': {
      const int line = upDown(text, at, count - 1, 0), last = vimLineEnd(text, line);
      return VimMove{std::max(vimLineStart(text, line), last - 1), false, last > line};
    }
    case 'G': return vimGoToLine(text, counted ? count : static_cast<int>(text.count('\n')) + 1);
    case '{':
    case '}':
      return VimMove{repeated(count, at, [&](int i) { return paragraph(text, i, motion == '{'); })};
    case '%':
      if (const auto other = partner(text, at)) return VimMove{*other, false, true};
      return {};
    default: return wordMotion(text, at, motion, count);
  }
}

std::optional<VimMove> vimFindInLine(const QString& text, int at, VimFind find, int count,
                                     bool isRepeat) {
  const bool back = find.command == 'F' || find.command == 'T';
  const bool till = find.command.toLower() == 't';
  const int start = vimLineStart(text, at), end = vimLineEnd(text, at), step = back ? -1 : 1;
  int found = at;
  if (till && isRepeat) found += step;  // not the one that it stands before already
  for (; count > 0; --count) {
    found += step;
    while (found >= start && found < end && text[found] != find.sought) found += step;
    if (found < start || found >= end) return {};
  }
  if (till) found -= step;
  return VimMove{found, false, !back};
}

std::optional<VimSpan> vimTextObject(const QString& text, int at, bool around, QChar object) {
  switch (object.unicode()) {
    case 'w':
    case 'W': return wordObject(text, at, around, object == 'W');
    case '(':
    case ')':
    case 'b': return bracketObject(text, at, around, '(', ')');
    case '[':
    case ']': return bracketObject(text, at, around, '[', ']');
    case '{':
    case '}':
    case 'B': return bracketObject(text, at, around, '{', '}');
    case '"':
    case '\'': return quoteObject(text, at, around, object);
    default: return {};
  }
}

std::optional<int> vimSearch(const QString& text, int at, const QString& sought, bool backwards,
                             bool wholeWord) {
  if (sought.isEmpty()) return {};
  const auto isWhole = [&](qsizetype from) {
    const auto to = from + sought.size();
    const bool before = from > 0 && classOf(text[from - 1], false) == Class::word;
    const bool after = to < text.size() && classOf(text[to], false) == Class::word;
    return !before && !after;
  };
  const auto next = [&](qsizetype from) -> qsizetype {
    if (!backwards) return text.indexOf(sought, from);
    return from < 0 ? -1 : text.lastIndexOf(sought, from);
  };
  bool wrapped = false;
  for (qsizetype from = backwards ? at - 1 : at + 1;;) {
    const qsizetype found = next(from);
    if (found < 0) {
      if (std::exchange(wrapped, true)) return {};
      from = backwards ? text.size() : 0;
      continue;
    }
    if (!wholeWord || isWhole(found)) return static_cast<int>(found);
    from = found + (backwards ? -1 : 1);
  }
}

QString vimWordAt(const QString& text, int at) {
  const int end = vimLineEnd(text, at);
  while (at < end && classOf(text[at], false) != Class::word) ++at;
  if (at >= end) return {};
  const auto span = wordObject(text, at, false, false);
  return text.mid(span->from, span->to - span->from);
}

}  // namespace rehearse::present
