// SPDX-License-Identifier: GPL-3.0-or-later
//
// AttemptDiffView: two texts line by line, what was removed and added in colour and by sign, with
// the verdict and time of each on top. Side by side where there is room, else in one column; the
// choice can be made by hand. N and P go from change to change; Esc, through the page, leads back.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/text_diff.hpp"

class QLabel;
class QPushButton;
class QTableWidget;

namespace rehearse::gui {

class AttemptDiffView : public QWidget {
  Q_OBJECT

 public:
  struct Side {
    QString head, text;  // "14:03, accepted, 14 / 14, after 6:02"
  };
  explicit AttemptDiffView(QWidget* parent = nullptr);

  void setTheme(const plots::Theme& theme);
  // The older one on the left.
  void compare(const Side& left, const Side& right);
  bool besides() const { return m_besides; }

 signals:
  void back();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeBar();
  void rebuild();
  void fillBeside();
  void fillBelow();
  void put(int row, int column, const QString& text, const QColor& paper, bool number);
  void putLine(int row, int column, const present::DiffLine* line, bool left);
  // Two columns of code have room for every line.
  bool roomBesides() const;
  void setBesides(bool besides);
  void goToChange(int step);
  QColor paperOf(const present::DiffLine& line) const;

  const plots::Theme* m_theme;
  QLabel *m_summary, *m_leftHead, *m_rightHead;
  QPushButton* m_layout;
  QTableWidget* m_table;
  std::vector<present::DiffLine> m_lines;
  std::vector<int> m_changes;  // rows at which a change begins
  bool m_besides = true, m_chosen = false;
};

}  // namespace rehearse::gui
