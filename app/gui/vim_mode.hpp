// SPDX-License-Identifier: GPL-3.0-or-later
//
// VimMode: the interpreter of Vim's keys (app/present/vim_keys.hpp) at work on an editor. It
// translates key events, shows the mode by the caret's shape, and says what stands in the status
// line.
#pragma once

#include <QObject>

#include "app/present/vim_keys.hpp"

class QKeyEvent;
class QsciScintilla;

namespace rehearse::gui {

class VimMode : public QObject, private present::VimBuffer {
  Q_OBJECT

 public:
  explicit VimMode(QsciScintilla& editor);

  // True: the key was for Vim, and nobody else is to see it.
  bool press(const QKeyEvent& event);
  // Before Qt looks for a shortcut: keys that Vim has a use for.
  bool claims(const QKeyEvent& event) const;
  // The text was exchanged, or the mouse chose a place of its own.
  void reset();
  QString status() const { return m_keys.status(); }

 signals:
  void statusChanged(const QString& status);
  // :w, and the first half of :wq
  void save();
  // :q, and the second half of :wq
  void leave();
  // Esc with nothing to end.
  void idleEscape();

 private:
  QString text() const override;
  int cursor() const override;
  void setCursor(int at) override;
  void replace(int from, int to, const QString& with) override;
  void beginUndoStep() override;
  void endUndoStep() override;
  void undo() override;
  void redo() override;
  void select(int from, int to) override;
  int indentWidth() const override;
  int bytes(int at) const;
  void show();

  QsciScintilla& m_editor;
  present::VimKeys m_keys;
};

}  // namespace rehearse::gui
