// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/vim_keys.hpp"

#include <QObject>
#include <algorithm>

#include "app/present/vim_lines.hpp"

namespace rehearse::present {

int VimKeys::Reader::count() {
  int value = 0;
  constexpr int kMostCount = 99'999;  // a slip of the hand is no reason to hang
  while (m_next < m_keys.size() && m_keys[m_next].size() == 1 && m_keys[m_next][0].isDigit() &&
         (value > 0 || m_keys[m_next] != "0"))
    value = std::min(kMostCount, value * 10 + m_keys[m_next++][0].digitValue());
  return value;
}

bool VimKeys::press(const QString& key) {
  if (m_mode == Mode::insert) {
    if (key != "<Esc>") return false;
    endInsert();
    return true;
  }
  m_message.clear();
  if (!m_prompt.isEmpty()) return pressInPrompt(key), true;
  if (key == "<Esc>") {
    m_keys.clear();
    if (visual()) leaveVisual();
    return true;
  }
  if (m_keys.isEmpty() && !visual()) m_change.clear(), m_changes = false;
  m_keys.append(key);
  const QStringList keys = m_keys;
  Reader reader(keys);
  const Outcome outcome = interpret(reader);
  if (outcome == Outcome::incomplete) return true;
  m_keys.clear();
  if (outcome == Outcome::unknown) return m_change.clear(), refuse({});
  m_change += keys;
  if (m_changes && !m_replays && m_mode == Mode::normal) m_lastChange = m_change;
  settleCursor();
  return true;
}

bool VimKeys::refuse(const QString& why) {
  m_message = why;
  return true;
}

QString VimKeys::status() const {
  if (!m_prompt.isEmpty()) return m_prompt;
  if (!m_message.isEmpty()) return m_message;
  const QString mode = m_mode == Mode::insert       ? QStringLiteral("INSERT")
                       : m_mode == Mode::visual     ? QStringLiteral("VISUAL")
                       : m_mode == Mode::visualLine ? QStringLiteral("VISUAL LINE")
                                                    : QStringLiteral("NORMAL");
  return m_keys.isEmpty() ? mode : mode + "  " + m_keys.join(QString());
}

void VimKeys::reset() {
  if (m_mode == Mode::insert) m_buffer.endUndoStep();
  m_mode = Mode::normal;
  m_keys.clear();
  m_change.clear();
  m_prompt.clear();
  m_message.clear();
}

void VimKeys::startInsert(int count, const std::function<void()>& before) {
  m_changes = true;
  m_buffer.beginUndoStep();
  if (before) before();
  m_mode = Mode::insert;
  m_insertFrom = m_buffer.cursor();
  m_insertCount = std::max(1, count);
}

void VimKeys::endInsert() {
  const int cursor = m_buffer.cursor();
  const QString typed = m_buffer.text().mid(m_insertFrom, std::max(0, cursor - m_insertFrom));
  if (m_insertCount > 1 && !typed.isEmpty()) {
    m_buffer.replace(cursor, cursor, typed.repeated(m_insertCount - 1));
    m_buffer.setCursor(cursor + static_cast<int>(typed.size()) * (m_insertCount - 1));
  }
  m_mode = Mode::normal;
  m_buffer.endUndoStep();
  if (!m_replays) m_lastTyped = typed, m_lastChange = m_change;
  const int end = m_buffer.cursor();
  if (end > vimLineStart(m_buffer.text(), end)) m_buffer.setCursor(end - 1);
  settleCursor();
}

void VimKeys::repeatChange(int count, bool counted) {
  if (m_lastChange.isEmpty()) return;
  QStringList keys = m_lastChange;
  if (counted) {
    while (!keys.isEmpty() && keys[0].size() == 1 && keys[0][0].isDigit()) keys.removeFirst();
    const QString digits = QString::number(count);
    for (qsizetype i = 0; i < digits.size(); ++i) keys.insert(i, digits.mid(i, 1));
  }
  m_replays = true;
  m_buffer.beginUndoStep();
  m_keys.clear();
  for (const QString& key : keys) press(key);
  if (m_mode == Mode::insert) {
    const int from = m_buffer.cursor();
    m_buffer.replace(from, from, m_lastTyped);
    m_buffer.setCursor(from + static_cast<int>(m_lastTyped.size()));
    endInsert();
  }
  m_buffer.endUndoStep();
  m_replays = false;
}

VimSpan VimKeys::selection() const {
  const int from = std::min(m_anchor, m_at), to = std::max(m_anchor, m_at);
  const int size = static_cast<int>(m_buffer.text().size());
  if (m_mode == Mode::visualLine) return {from, to, true};
  return {from, std::min(size, to + 1), false};
}

void VimKeys::showSelection() {
  VimSpan span = selection();
  if (span.linewise) span = VimEdits::wholeLines(m_buffer.text(), span);
  m_buffer.select(span.from, span.to);
}

void VimKeys::leaveVisual() {
  m_mode = Mode::normal;
  m_buffer.setCursor(m_at);
  settleCursor();
}

void VimKeys::moveTo(int at, bool keepsColumn) {
  if (visual())
    m_at = at;
  else
    m_buffer.setCursor(at);
  settleCursor();
  if (!keepsColumn) m_column = this->at() - vimLineStart(m_buffer.text(), this->at());
  m_columnOf = this->at();
}

// These modes stand on a character and never behind the last one.
void VimKeys::settleCursor() {
  if (m_mode == Mode::insert) return;
  const QString text = m_buffer.text();
  int place = std::min(at(), static_cast<int>(text.size()));
  const int start = vimLineStart(text, place), end = vimLineEnd(text, place);
  if (place >= end && end > start) place = end - 1;
  if (!visual()) return m_buffer.setCursor(place);
  m_at = place;
  showSelection();
}

void VimKeys::pressInPrompt(const QString& key) {
  if (key == "<Esc>" || (key == "<BS>" && m_prompt.size() == 1)) return m_prompt.clear();
  if (key == "<BS>") return m_prompt.chop(1);
  if (key == "<CR>") return runPrompt();
  if (key.size() == 1) m_prompt += key;
}

void VimKeys::runPrompt() {
  const QString line = std::exchange(m_prompt, {});
  const QString words = line.mid(1);
  if (line[0] != ':') {
    if (!words.isEmpty()) m_sought = words, m_soughtWord = false;
    m_soughtBack = line[0] == '?';
    if (const auto found = find(m_soughtBack)) moveTo(*found, false);
    return settleCursor();
  }
  bool number = false;
  const int wanted = words.toInt(&number);
  if (number) {
    moveTo(vimGoToLine(m_buffer.text(), std::max(1, wanted)).to, false);
    return settleCursor();
  }
  const auto tell = [this](Command command) {
    if (onCommand) onCommand(command);
  };
  if (words == "w") return tell(Command::save);
  if (words == "q") return tell(Command::leave);
  if (words == "wq" || words == "x") return tell(Command::saveAndLeave);
  if (!words.isEmpty())
    refuse(QObject::tr(":%1 is not known here; there are :w, :q, :wq and :LINE").arg(words));
}

std::optional<int> VimKeys::find(bool backwards) {
  const auto found = vimSearch(m_buffer.text(), at(), m_sought, backwards, m_soughtWord);
  if (!found && !m_sought.isEmpty()) refuse(QObject::tr("not found: %1").arg(m_sought));
  return found;
}

}  // namespace rehearse::present
