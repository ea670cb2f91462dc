// SPDX-License-Identifier: GPL-3.0-or-later
//
// VimKeys: the interpreter of Vim's keys over a text (vim_buffer.hpp), without a widget. Normal,
// insert, visual and line-visual modes with counts, motions, text objects, one register, `.`,
// search and the few commands of a colon that a drill needs; no marks, macros, ranges or named
// registers.
//
// Keys are written as Vim writes them: "x", "<Esc>", "<CR>", "<BS>", "<C-r>". A key that is not
// taken (in insert mode all but <Esc>) belongs to the editor.
#pragma once

#include <QStringList>
#include <functional>
#include <optional>

#include "app/present/vim_edits.hpp"

namespace rehearse::present {

class VimKeys {
 public:
  enum class Mode { normal, insert, visual, visualLine };
  // :w, :q, :wq and :x
  enum class Command { save, leave, saveAndLeave };

  explicit VimKeys(VimBuffer& buffer) : m_buffer(buffer), m_edits(buffer) {}

  bool press(const QString& key);
  Mode mode() const { return m_mode; }
  // Something is half typed, or a mode is to be left: Esc is for this text.
  bool wantsEscape() const {
    return m_mode != Mode::normal || !m_keys.isEmpty() || !m_prompt.isEmpty();
  }
  // For the status line: the mode, what is half typed, or what went wrong.
  QString status() const;
  // To normal mode, with nothing pending: the text was exchanged from outside.
  void reset();

  std::function<void(Command)> onCommand;

 private:
  enum class Outcome { incomplete, done, unknown };
  // The keys of a command, read from the left.
  class Reader {
   public:
    explicit Reader(const QStringList& keys) : m_keys(keys) {}
    // Empty: the command is not typed to its end.
    QString next() { return m_next < m_keys.size() ? m_keys[m_next++] : QString(); }
    // The digits that stand here; 0 for none.
    int count();

   private:
    const QStringList& m_keys;
    qsizetype m_next = 0;
  };
  struct Target {
    Outcome outcome = Outcome::unknown;
    VimMove move;
  };

  bool visual() const { return m_mode == Mode::visual || m_mode == Mode::visualLine; }
  int at() const { return visual() ? m_at : m_buffer.cursor(); }
  Outcome interpret(Reader& reader);
  Outcome visualCommand(Reader& reader, const QString& key, int count);
  Outcome operate(Reader& reader, QChar op, int count, bool counted);
  Outcome edit(Reader& reader, const QString& key, int count);
  Outcome insertion(const QString& key, int count);
  Target motion(Reader& reader, const QString& key, int count, bool counted);
  VimSpan taken(const QString& text, QChar motion, VimMove move, int count) const;
  void apply(QChar op, VimSpan span, int steps);
  VimSpan selection() const;
  void moveTo(int at, bool keepsColumn);
  void showSelection();
  void leaveVisual();
  // What `before` does and what is typed then are one step of undo.
  void startInsert(int count, const std::function<void()>& before = {});
  void endInsert();
  void repeatChange(int count, bool counted);
  void pressInPrompt(const QString& key);
  void runPrompt();
  // The next place of what is sought; says so where there is none.
  std::optional<int> find(bool backwards);
  void settleCursor();
  bool refuse(const QString& why);

  VimBuffer& m_buffer;
  VimEdits m_edits;
  Mode m_mode = Mode::normal;
  QStringList m_keys;
  QString m_prompt, m_message;  // ":w", "/sought"
  int m_anchor = 0, m_at = 0;   // of visual mode
  int m_column = 0;             // where j and k want to be,
  int m_columnOf = -1;          // as long as the cursor is still there
  VimFind m_find;
  QString m_sought;
  bool m_soughtBack = false, m_soughtWord = false;
  // Of `.`: the keys of the last change, without its count, and what was typed in it.
  QStringList m_change, m_lastChange;
  QString m_lastTyped;
  bool m_changes = false, m_replays = false;
  // Of insert mode.
  int m_insertFrom = 0, m_insertCount = 1;
};

}  // namespace rehearse::present
