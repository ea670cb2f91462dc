// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardText: Markdown of a card as it is read: the product's type sizes and line height, code on a
// sunken ground, formulas as pictures in the colour of the theme's ink. Pictures are named
// `formula:name` (present::withFormulas) and are drawn at the screen's resolution.
#pragma once

#include <QTextBrowser>

#include "app/gui/style.hpp"

namespace rehearse::practice {
class CardLibrary;
}

namespace rehearse::gui {

// Gives headings, code and lines of a document made by setMarkdown the product's type.
void typeset(QTextDocument& document, const Theme& theme);

class CardText : public QTextBrowser {
  Q_OBJECT

 public:
  explicit CardText(const practice::CardLibrary& library, QWidget* parent = nullptr);

  void setBody(const QString& markdown);
  void setTheme(const Theme& theme);
  // As tall as its text instead of scrolling.
  void setFitting(bool fitting);

 protected:
  QVariant loadResource(int type, const QUrl& name) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void redraw();
  void fit();

  const practice::CardLibrary& m_library;
  const Theme* m_theme;
  QString m_markdown;
  bool m_fitting = false;
};

}  // namespace rehearse::gui
