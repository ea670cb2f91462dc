// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/vim_edits.hpp"

#include <QStringList>
#include <algorithm>

#include "app/present/vim_lines.hpp"

namespace rehearse::present {
namespace {

QString indentOf(const QString& text, int at) {
  const int start = vimLineStart(text, at), end = vimLineEnd(text, at);
  int ink = start;
  while (ink < end && text[ink].isSpace()) ++ink;
  return text.mid(start, ink - start);
}

// As one step of undo.
class Step {
 public:
  explicit Step(VimBuffer& buffer) : m_buffer(buffer) { m_buffer.beginUndoStep(); }
  ~Step() { m_buffer.endUndoStep(); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  VimBuffer& m_buffer;
};

}  // namespace

VimSpan VimEdits::wholeLines(const QString& text, VimSpan span) {
  const int end = vimLineEnd(text, span.to);
  return {vimLineStart(text, span.from), std::min(end + 1, static_cast<int>(text.size())), true};
}

void VimEdits::yank(VimSpan span) {
  const QString text = m_buffer.text();
  if (span.linewise) span = wholeLines(text, span);
  m_register = text.mid(span.from, span.to - span.from);
  m_linewise = span.linewise;
  if (m_linewise && !m_register.endsWith('\n')) m_register += '\n';
}

void VimEdits::erase(VimSpan span) {
  const Step step(m_buffer);
  yank(span);
  const QString text = m_buffer.text();
  if (!span.linewise) {
    m_buffer.replace(span.from, span.to, {});
    return m_buffer.setCursor(span.from);
  }
  span = wholeLines(text, span);
  // Of the last lines the break before them goes.
  const bool last = span.to == text.size() && !text.mid(span.from).endsWith('\n');
  if (last && span.from > 0) --span.from;
  m_buffer.replace(span.from, span.to, {});
  const QString left = m_buffer.text();
  m_buffer.setCursor(vimFirstInk(left, std::min(span.from, static_cast<int>(left.size()))));
}

void VimEdits::clear(VimSpan span) {
  const Step step(m_buffer);
  yank(span);
  const QString text = m_buffer.text();
  QString indent;
  if (span.linewise) {
    span = wholeLines(text, span);
    indent = indentOf(text, span.from);
    if (span.to > span.from && text[span.to - 1] == '\n') --span.to;
  }
  m_buffer.replace(span.from, span.to, indent);
  m_buffer.setCursor(span.from + static_cast<int>(indent.size()));
}

void VimEdits::shift(VimSpan span, int steps) {
  const Step step(m_buffer);
  const QString text = m_buffer.text();
  span = wholeLines(text, span);
  const bool broken = span.to > span.from && text[span.to - 1] == '\n';
  QStringList lines = text.mid(span.from, span.to - span.from - (broken ? 1 : 0)).split('\n');
  const int width = m_buffer.indentWidth() * std::abs(steps);
  for (QString& line : lines) {
    if (steps > 0 && !line.trimmed().isEmpty()) line.prepend(QString(width, ' '));
    for (int i = 0; steps < 0 && i < width && line.startsWith(' '); ++i) line.remove(0, 1);
  }
  m_buffer.replace(span.from, span.to, lines.join('\n') + (broken ? "\n" : ""));
  m_buffer.setCursor(vimFirstInk(m_buffer.text(), span.from));
}

void VimEdits::put(bool after, int count) {
  if (m_register.isEmpty()) return;
  const Step step(m_buffer);
  const QString text = m_buffer.text(), put = m_register.repeated(count);
  const int at = m_buffer.cursor(), end = vimLineEnd(text, at);
  if (!m_linewise) {
    const int to = after ? std::min(at + 1, end) : at;
    m_buffer.replace(to, to, put);
    const bool lines = put.contains('\n');
    return m_buffer.setCursor(lines ? to : to + static_cast<int>(put.size()) - 1);
  }
  if (!after) {
    const int start = vimLineStart(text, at);
    m_buffer.replace(start, start, put);
    return m_buffer.setCursor(vimFirstInk(m_buffer.text(), start));
  }
  if (end < text.size())
    m_buffer.replace(end + 1, end + 1, put);
  else  // the last line has no break to put it behind
    m_buffer.replace(end, end, "\n" + put.chopped(1));
  m_buffer.setCursor(vimFirstInk(m_buffer.text(), end + 1));
}

void VimEdits::join(VimSpan span) {
  const Step step(m_buffer);
  const int lines = static_cast<int>(
      QStringView(m_buffer.text()).mid(span.from, span.to - span.from).count('\n'));
  int at = vimLineEnd(m_buffer.text(), span.from);
  for (int i = 0; i < std::max(1, lines); ++i) {
    const QString text = m_buffer.text();
    const int end = vimLineEnd(text, at);
    if (end >= text.size()) break;
    int next = end + 1;
    const int nextEnd = vimLineEnd(text, next);
    while (next < nextEnd && text[next].isSpace()) ++next;
    const bool gap = end > vimLineStart(text, end) && !text[end - 1].isSpace() && next < nextEnd &&
                     text[next] != ')';
    m_buffer.replace(end, next, gap ? " " : "");
    at = end;
  }
  m_buffer.setCursor(at);
}

void VimEdits::toggleCase(VimSpan span) {
  const Step step(m_buffer);
  QString part = m_buffer.text().mid(span.from, span.to - span.from);
  for (QChar& c : part) c = c.isUpper() ? c.toLower() : c.toUpper();
  m_buffer.replace(span.from, span.to, part);
}

void VimEdits::overwrite(VimSpan span, QChar with) {
  const Step step(m_buffer);
  QString part = m_buffer.text().mid(span.from, span.to - span.from);
  for (QChar& c : part)
    if (c != '\n') c = with;
  m_buffer.replace(span.from, span.to, part);
}

void VimEdits::openLine(bool below) {
  const Step step(m_buffer);
  const QString text = m_buffer.text(), indent = indentOf(text, m_buffer.cursor());
  const int at =
      below ? vimLineEnd(text, m_buffer.cursor()) : vimLineStart(text, m_buffer.cursor());
  m_buffer.replace(at, at, below ? "\n" + indent : indent + "\n");
  m_buffer.setCursor(at + static_cast<int>(indent.size()) + (below ? 1 : 0));
}

}  // namespace rehearse::present
