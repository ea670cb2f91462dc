// SPDX-License-Identifier: GPL-3.0-or-later
//
// EditorPane: the editor of a drill between its two strips: language, state of the draft and the
// way back to the starter above, Vim's status below. It follows the settings `editor.zoom`,
// `editor.completion` and `editor.vim`.
#pragma once

#include <QWidget>

#include "app/present/drill_session.hpp"

class QLabel;

namespace rehearse::plots {
struct Theme;
}

namespace rehearse::gui {

class CodeEditor;
class LanguageBox;

class EditorPane : public QWidget {
  Q_OBJECT

 public:
  EditorPane(present::AppContext& context, present::DrillSession& session, QWidget* parent);

  CodeEditor* editor() const { return m_editor; }
  void setTheme(const plots::Theme& theme);
  // "saved", "judging…"
  void say(const QString& state);
  // The draft or starter of the language at hand.
  void showText();
  // As an edit, so that undo brings back what stood there.
  void replaceText(const QString& text);
  // Offers for ten seconds to undo it.
  void resetToStarter();

 signals:
  void vimLeave();
  void vimIdle();

 private:
  QWidget* makeStrip();
  void makeActions();
  void followSettings();
  void showLanguage();
  void readSetting(const QString& key);
  bool isOn(const char* key) const;
  int zoomWanted() const;

  present::AppContext& m_context;
  present::DrillSession& m_session;
  LanguageBox* m_language;
  QLabel *m_saved, *m_vim;
  CodeEditor* m_editor;
};

}  // namespace rehearse::gui
