// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor: QScintilla dressed in the theme, with line numbers, highlighting, matching braces and
// the indents of its language. Tab types a tab here; F6 moves the focus on, Shift+F6 back. Ctrl and
// / makes the selected lines comments, or code again; Ctrl and + or − change the size of the type.
#pragma once

#include <Qsci/qsciscintilla.h>

#include "app/plots/theme.hpp"

class QsciLexer;

namespace rehearse::gui {

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

 signals:
  void leave(bool backwards);

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  const plots::Theme* m_theme = nullptr;
  QsciLexer* m_lexer;
  QString m_language;
};

}  // namespace rehearse::gui
