// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor: QScintilla dressed in the theme, with line numbers, Lua highlighting, matching braces
// and two-space indents. Tab types a tab here; F6 moves the focus on, Shift+F6 back. Ctrl and + or
// − change the size of the type.
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
  // "lua" or "python": highlighting and the width of an indentation.
  void setLanguage(const QString& id);
  // Marks a line with an error (from 1); 0 clears it.
  void markLine(int line);

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
