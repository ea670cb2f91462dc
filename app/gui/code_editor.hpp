// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor: QScintilla dressed in the theme, with line numbers, highlighting, matching braces,
// the indents of its language, the words of its standard library, and Vim's keys where they are
// wanted. Tab types a tab here; F6 moves the focus on, Shift+F6 back. Keys that run actions of the
// page are left to it.
#pragma once

#include <Qsci/qsciscintilla.h>

#include "app/plots/theme.hpp"

class QsciLexer;

namespace rehearse::gui {

class VimMode;

class CodeEditor : public QsciScintilla {
  Q_OBJECT

 public:
  explicit CodeEditor(QWidget* parent = nullptr);
  void setTheme(const plots::Theme& theme);
  // "lua", "python" or "cpp": highlighting, the width of an indentation, how a comment begins.
  void setLanguage(const QString& id);
  // Marks a line with an error (from 1); 0 clears it.
  void markLine(int line);
  // The lines of the selection, or that of the cursor: comments, unless all of them are.
  void toggleComment();
  // Points added to the type, kLeastZoom … kMostZoom.
  static constexpr int kLeastZoom = -4, kMostZoom = 16;
  void setZoom(int points);
  int zoom() const;
  // Whether words are offered while one types; when asked, they always are.
  void setCompletion(bool on) { m_offersWords = on; }
  void completeNow();
  // A list of words can be shown: without a screen there, QScintilla crashes.
  bool wordIsOnScreen() const;
  void setVim(bool on);
  // Null where Vim's keys are off.
  VimMode* vim() const { return m_vim; }

 signals:
  void leave(bool backwards);
  void zoomChanged(int points);
  // What Vim's status line says; empty where its keys are off.
  void vimStatus(const QString& status);
  // :w, :q, and Esc in normal mode
  void vimSave();
  void vimLeave();
  void vimIdle();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void fitNumbers();
  void offerWords(int added);
  long wordStart(long at) const;
  bool m_offersWords = false;
  VimMode* m_vim = nullptr;
  const plots::Theme* m_theme = nullptr;
  QsciLexer* m_lexer;
  QString m_language;
};

}  // namespace rehearse::gui
