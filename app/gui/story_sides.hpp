// SPDX-License-Identifier: GPL-3.0-or-later
//
// StorySides: the story of an open design and, where it is asked for, the script beside it.
#pragma once

#include <QSplitter>

#include "app/gui/style.hpp"

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class ScriptPane;

class StorySides : public QSplitter {
  Q_OBJECT

 public:
  StorySides(present::AppContext& context, QWidget* story, QWidget* parent);

  // Shows the file, or its draft; where it cannot be read, failed() says why.
  void openScript(const QString& path);
  // Keeps the draft.
  void closeScript();
  bool scriptShown() const;
  // Null: the script traces.
  void showFault(const QString* message);
  // The draft is written.
  void flush();
  void setTheme(const Theme& theme);

 signals:
  // The script that is shown, when it is opened and after each edit.
  void edited(const QString& text);
  void scriptToggled();
  void failed(const QString& message);

 private:
  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  QWidget* m_story;
  ScriptPane* m_script = nullptr;  // made when first asked for
};

}  // namespace rehearse::gui
