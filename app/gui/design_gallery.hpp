// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignGallery: all designs, grouped by section with how many there are, cards side by side where
// there is room, each with a small picture; a line to type in narrows them. Built a row at
// each turn of the event loop, from the top.
#pragma once

#include <QMap>
#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/design_groups.hpp"

class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QTimer;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class DesignPicture;
class Thumbnails;

class DesignGallery : public QWidget {
  Q_OBJECT

 public:
  explicit DesignGallery(present::AppContext& context, QWidget* parent = nullptr);

  // Fills itself when first shown; pictures that are missing are made while it is looked at.
  void refresh();
  // No more pictures for now.
  void pause();
  // The card of this design, or the line to type in where there is none (yet).
  void takeFocus(const QString& id);
  // No cards until the next theme, or until it is shown again: to put another style on five hundred
  // widgets at once takes longer than the window may be silent. Place and focus are kept. False:
  // there are none.
  bool takeDown();
  void setTheme(const Theme& theme);

 signals:
  void opened(const QString& id);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Row {
    int line = 0;   // of the grid
    QString title;  // of the section that begins here
    QList<present::DesignCard> designs;
  };
  QWidget* makeHead();
  void fill();
  void nextRow();
  void built();
  QWidget* card(const present::DesignCard& design);
  int columns() const;
  void showPicture(const QString& id);
  void showStates();

  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  QLineEdit* m_filter;
  QScrollArea* m_scroll;
  QWidget* m_body = nullptr;
  QGridLayout* m_grid = nullptr;  // of m_body
  Thumbnails* m_thumbnails;
  QTimer* m_stage;
  QList<Row> m_due;   // to be built
  QString m_focusOn;  // a card that was to take the focus and is not built yet
  QMap<QString, DesignPicture*> m_pictures;
  QMap<QString, QLabel*> m_states;
  QStringList m_shown;   // ids in order of the page
  int m_columns = 0;     // of what is shown
  bool m_older = false;  // than the designs
  int m_keepPlace = -1;  // how far it was scrolled when it was taken down
};

}  // namespace rehearse::gui
