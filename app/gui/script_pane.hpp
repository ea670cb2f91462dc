// SPDX-License-Identifier: GPL-3.0-or-later
//
// ScriptPane: the user's own copy of a design's script beside its plots. What is typed is handed on
// a fifth of a second after the last key; a fault is shown below the text and at its line, while
// the plots stay with the last good script. Steps, parameters and choices are completed from the
// registry, with the sentence of what is typed as a tip. Ctrl+S saves; a draft is kept meanwhile.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"

class QAction;
class QLabel;
class QPushButton;
class QTimer;

namespace rehearse::present {
class AppContext;
class DesignDraft;
}  // namespace rehearse::present

namespace rehearse::gui {

class CodeEditor;

class ScriptPane : public QWidget {
  Q_OBJECT

 public:
  ScriptPane(present::AppContext& context, QWidget* parent);

  // Shows the file, or its draft. False where it cannot be read; failed() then said why.
  bool open(const QString& path);
  // Keeps the draft and lets go of the file.
  void close();
  QString text() const;
  void setTheme(const Theme& theme);
  // Null: the script traces.
  void showFault(const QString* message);
  // The draft is written; nothing that was typed is lost.
  void flush();

 signals:
  void edited(const QString& text);
  void closeAsked();
  void failed(const QString& message);

 private:
  QWidget* makeHead();
  void typed();
  void hint();
  void save();
  void showState();

  present::AppContext& m_context;
  present::DesignDraft* m_draft;
  CodeEditor* m_editor;
  QLabel *m_name, *m_state, *m_fault;
  QPushButton *m_save, *m_discard;
  QTimer* m_debounce;
  QAction* m_toFault = nullptr;
  int m_faultLine = 0;  // 0: none is known
  bool m_loading = false;
};

}  // namespace rehearse::gui
