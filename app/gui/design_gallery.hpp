// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignGallery: all designs, grouped by section, two cards side by side where there is room; a
// line to type in narrows them.
#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace rehearse::present {
class AppContext;
struct DesignCard;
}  // namespace rehearse::present

namespace rehearse::gui {

class DesignGallery : public QWidget {
  Q_OBJECT

 public:
  explicit DesignGallery(present::AppContext& context, QWidget* parent = nullptr);

  // Fills itself when first shown.
  void refresh();
  // The card of this design, or the line to type in where there is none.
  void takeFocus(const QString& id);

 signals:
  void opened(const QString& id);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fill();
  QWidget* card(const present::DesignCard& design);
  int columns() const;

  present::AppContext& m_context;
  QLineEdit* m_filter;
  QScrollArea* m_scroll;
  QWidget* m_body = nullptr;
  int m_columns = 0;  // of what is shown
};

}  // namespace rehearse::gui
