// SPDX-License-Identifier: GPL-3.0-or-later
//
// The grammar of normal and visual mode: [count] command, [count] operator [count] motion.
#include <QObject>
#include <algorithm>

#include "app/present/vim_keys.hpp"
#include "app/present/vim_lines.hpp"

namespace rehearse::present {
namespace {

constexpr const char *kOperators = "dcy<>", *kFinds = "fFtT";

bool isOneOf(const QString& key, const char* keys) {
  return key.size() == 1 && QString(keys).contains(key[0]);
}

// What an abbreviation stands for.
QStringList spelledOut(const QString& key) {
  if (key == "x" || key == "<Del>") return {"d", "l"};
  if (key == "X") return {"d", "h"};
  if (key == "D") return {"d", "$"};
  if (key == "C") return {"c", "$"};
  if (key == "s") return {"c", "l"};
  if (key == "S") return {"c", "c"};
  if (key == "Y") return {"y", "y"};
  return {};
}

QString asMotion(const QString& key) {
  if (key == "<Left>" || key == "<BS>") return "h";
  if (key == "<Right>") return "l";
  if (key == "<Down>" || key == "<CR>") return "j";
  if (key == "<Up>") return "k";
  if (key == "<Home>") return "0";
  if (key == "<End>") return "$";
  return key;
}

}  // namespace

VimKeys::Outcome VimKeys::interpret(Reader& reader) {
  const int given = reader.count(), count = std::max(1, given);
  const QString key = reader.next();
  if (key.isEmpty()) return Outcome::incomplete;
  if (visual()) {
    const Outcome outcome = visualCommand(reader, key, count);
    if (outcome != Outcome::unknown) return outcome;
  } else {
    const QStringList whole = spelledOut(key);
    if (!whole.isEmpty()) {
      Reader rest(whole);
      rest.next();
      return operate(rest, whole[0][0], count, given > 0);
    }
    if (isOneOf(key, kOperators)) return operate(reader, key[0], count, given > 0);
    if (key == ".") return repeatChange(count, given > 0), m_changes = false, Outcome::done;
    const Outcome inserted = insertion(key, count);
    if (inserted != Outcome::unknown) return inserted;
    const Outcome edited = edit(reader, key, count);
    if (edited != Outcome::unknown) return edited;
  }
  if (isOneOf(key, ":/?")) return m_prompt = key, Outcome::done;
  const Target target = motion(reader, key, count, given > 0);
  if (target.outcome == Outcome::done) moveTo(target.move.to, isOneOf(asMotion(key), "jk"));
  if (target.outcome == Outcome::done && asMotion(key) == "$") m_column = 1 << 20;
  return target.outcome;
}

VimKeys::Target VimKeys::motion(Reader& reader, const QString& typed, int count, bool counted) {
  const QString key = asMotion(typed), text = m_buffer.text();
  const auto reached = [](const std::optional<VimMove>& move) {
    return move ? Target{Outcome::done, *move} : Target{};
  };
  if (key == "g") {
    const QString second = reader.next();
    if (second.isEmpty()) return {Outcome::incomplete, {}};
    return second == "g" ? Target{Outcome::done, vimGoToLine(text, counted ? count : 1)} : Target{};
  }
  if (isOneOf(key, kFinds)) {
    const QString sought = reader.next();
    if (sought.isEmpty()) return {Outcome::incomplete, {}};
    if (sought.size() != 1) return {};
    m_find = {key[0], sought[0]};
    return reached(vimFindInLine(text, at(), m_find, count, false));
  }
  if (key == ";" || key == ",") {
    if (m_find.sought.isNull()) return {};
    VimFind find = m_find;
    if (key == ",")
      find.command = find.command.isUpper() ? find.command.toLower() : find.command.toUpper();
    return reached(vimFindInLine(text, at(), find, count, true));
  }
  if (key == "*") {
    m_sought = vimWordAt(text, at());
    m_soughtWord = true;
    m_soughtBack = false;
  }
  if (isOneOf(key, "nN*")) {
    return {Outcome::done, {find(m_soughtBack != (key == "N")).value_or(at())}};
  }
  if (key.size() != 1) return {};
  if (at() != m_columnOf) m_column = at() - vimLineStart(text, at());
  return reached(vimMotion(text, at(), key[0], count, counted, m_column));
}

// What `move` gives an operator, with Vim's exceptions for w and for ends in the first column.
VimSpan VimKeys::taken(const QString& text, QChar key, VimMove move, int count) const {
  const int here = at();
  VimSpan span{std::min(here, move.to), std::max(here, move.to), move.linewise};
  if (move.linewise) return span;
  if (move.inclusive) span.to = std::min(span.to + 1, static_cast<int>(text.size()));
  if (key == 'w' || key == 'W') {
    for (int start = vimLineStart(text, span.to); start > here;
         start = vimLineStart(text, span.to)) {
      if (!text.mid(start, span.to - start).trimmed().isEmpty()) break;
      span.to = start - 1;
    }
    return span;
  }
  const bool firstColumn = span.to > span.from && span.to == vimLineStart(text, span.to);
  if (!move.inclusive && firstColumn && count > 0) {
    --span.to;
    span.linewise = span.from <= vimFirstInk(text, span.from) && isOneOf(QString(key), "{}");
  }
  return span;
}

VimKeys::Outcome VimKeys::operate(Reader& reader, QChar op, int count, bool counted) {
  const int second = reader.count();
  if (second > 0) count *= second, counted = true;
  const QString key = reader.next();
  if (key.isEmpty()) return Outcome::incomplete;
  const QString text = m_buffer.text();
  const int here = m_buffer.cursor();
  if (key == QString(op)) {  // dd, yy …: lines
    const int last = vimLineNumbered(text, vimLineOf(text, here) + count - 1);
    apply(op, {here, last, true}, 1);
    return Outcome::done;
  }
  if (key == "i" || key == "a") {
    const QString object = reader.next();
    if (object.isEmpty()) return Outcome::incomplete;
    const auto span = object.size() == 1 ? vimTextObject(text, here, key == "a", object[0])
                                         : std::optional<VimSpan>();
    if (!span) return Outcome::unknown;
    apply(op, *span, 1);
    return Outcome::done;
  }
  // cw changes the word and leaves the blanks behind it.
  const bool word = key == "w" || key == "W";
  if (op == 'c' && word && here < text.size() && !text[here].isSpace()) {
    int to = here;
    for (int i = 1; i < count; ++i) to = vimMotion(text, to, key[0], 1, false, 0)->to;
    const auto rest = vimTextObject(text, to, false, key[0]);
    apply(op, {here, rest ? rest->to : to, false}, 1);
    return Outcome::done;
  }
  const Target target = motion(reader, key, count, counted);
  if (target.outcome != Outcome::done) return target.outcome;
  const QString named = asMotion(key);
  apply(op, taken(text, named.size() == 1 ? named[0] : QChar(), target.move, count), 1);
  return Outcome::done;
}

void VimKeys::apply(QChar op, VimSpan span, int steps) {
  m_changes = op != 'y';
  if (op == 'y') {
    m_edits.yank(span);
    m_buffer.setCursor(std::min(m_buffer.cursor(), span.from));
  } else if (op == 'd') {
    m_edits.erase(span);
  } else if (op == 'c') {
    startInsert(1, [&] { m_edits.clear(span); });
  } else {
    if (!span.linewise) span.to = std::max(span.from, span.to - 1);
    m_edits.shift(span, op == '>' ? steps : -steps);
  }
}

VimKeys::Outcome VimKeys::insertion(const QString& key, int count) {
  const QString text = m_buffer.text();
  const int here = m_buffer.cursor(), end = vimLineEnd(text, here);
  const auto from = [&](int at) {
    m_buffer.setCursor(at);
    startInsert(count);
    return Outcome::done;
  };
  if (key == "i") return from(here);
  if (key == "a") return from(std::min(here + 1, end));
  if (key == "I") return from(vimFirstInk(text, here));
  if (key == "A") return from(end);
  if (key != "o" && key != "O") return Outcome::unknown;
  startInsert(1, [&] { m_edits.openLine(key == "o"); });
  return Outcome::done;
}

// The commands that change the text and stay in normal mode, and those that begin visual mode.
VimKeys::Outcome VimKeys::edit(Reader& reader, const QString& key, int count) {
  const QString text = m_buffer.text();
  const int here = m_buffer.cursor(), end = vimLineEnd(text, here);
  const auto changed = [this] { return m_changes = true, Outcome::done; };
  if (key == "v" || key == "V") {
    m_mode = key == "v" ? Mode::visual : Mode::visualLine;
    m_anchor = m_at = here;
  } else if (key == "u" || key == "<C-r>") {
    for (int i = 0; i < count; ++i) key == "u" ? m_buffer.undo() : m_buffer.redo();
  } else if (key == "p" || key == "P") {
    m_edits.put(key == "p", count);
    return changed();
  } else if (key == "J") {
    const int last = vimLineNumbered(text, vimLineOf(text, here) + std::max(1, count - 1));
    m_edits.join({here, last});
    return changed();
  } else if (key == "~") {
    const int to = std::min(here + count, end);
    m_edits.toggleCase({here, to});
    m_buffer.setCursor(to);
    return changed();
  } else if (key == "r") {
    const QString with = reader.next();
    if (with.isEmpty()) return Outcome::incomplete;
    if (with.size() != 1 || here + count > end) return Outcome::unknown;
    m_edits.overwrite({here, here + count}, with[0]);
    m_buffer.setCursor(here + count - 1);
    return changed();
  } else {
    return Outcome::unknown;
  }
  return Outcome::done;
}

VimKeys::Outcome VimKeys::visualCommand(Reader& reader, const QString& key, int count) {
  const QString text = m_buffer.text();
  if (key == "v" || key == "V") {
    const Mode wanted = key == "v" ? Mode::visual : Mode::visualLine;
    if (m_mode == wanted) return leaveVisual(), Outcome::done;
    m_mode = wanted;
    return Outcome::done;
  }
  if (key == "o") return std::swap(m_anchor, m_at), Outcome::done;
  if (key == "i" || key == "a") {
    const QString object = reader.next();
    if (object.isEmpty()) return Outcome::incomplete;
    const auto span = vimTextObject(text, m_at, key == "a", object[0]);
    if (!span || span->to <= span->from) return Outcome::unknown;
    m_anchor = span->from, m_at = span->to - 1;
    return Outcome::done;
  }
  QString with;
  if (key == "r" && (with = reader.next()).isEmpty()) return Outcome::incomplete;
  const bool known = isOneOf(key, "dxXcsyY<>J~rpP") || key == "<Del>";
  if (!known || with.size() > 1) return Outcome::unknown;
  VimSpan span = selection();
  m_mode = Mode::normal;
  m_buffer.setCursor(span.linewise ? vimLineStart(text, span.from) : span.from);
  m_changes = true;
  if (isOneOf(key, "dxX") || key == "<Del>") {
    apply('d', span, 1);
  } else if (isOneOf(key, "cs")) {
    apply('c', span, 1);
  } else if (isOneOf(key, "yY")) {
    if (key == "Y") span = {span.from, span.linewise ? span.to : span.to - 1, true};
    apply('y', span, 1);
  } else if (isOneOf(key, "<>")) {
    apply(key[0], span, count);
  } else if (key == "J") {
    m_edits.join({span.from, span.linewise ? span.to : span.to - 1});
  } else if (key == "~" || key == "r") {
    if (span.linewise) span = VimEdits::wholeLines(text, span);
    key == "r" ? m_edits.overwrite(span, with[0]) : m_edits.toggleCase(span);
    m_buffer.setCursor(span.from);
  } else {
    VimEdits putting = m_edits;  // what is put, not what it replaces
    apply('d', span, 1);
    const bool behind = !span.linewise && span.from >= vimLineEnd(m_buffer.text(), span.from) &&
                        span.from > vimLineStart(m_buffer.text(), span.from);
    putting.put(behind, count);
  }
  return Outcome::done;
}

}  // namespace rehearse::present
