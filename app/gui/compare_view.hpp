// SPDX-License-Identifier: GPL-3.0-or-later
//
// CompareView: two runs of a design side by side, pinned ones or the present one: what they were
// made with, their numbers with the difference, and each plot of both on the same axes. Built a
// piece at each turn of the event loop. Esc goes back.
#pragma once

#include <QWidget>
#include <vector>

#include "app/gui/style.hpp"
#include "app/present/run_comparison.hpp"

class QComboBox;
class QScrollArea;
class QTimer;
class QVBoxLayout;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class TitleLabel;

class CompareView : public QWidget {
  Q_OBJECT

 public:
  CompareView(present::AppContext& context, QWidget* parent);

  // At least two; the first two are chosen.
  void show(const QString& design, std::vector<present::ComparedRun> runs);
  void setTheme(const Theme& theme);

 signals:
  void closed();

 private:
  QWidget* makeBar();
  void build();
  void nextPiece();
  void addTable(const Figure& figure, const QString& otherwise);

  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  std::vector<present::ComparedRun> m_runs;
  TitleLabel* m_title;
  QComboBox *m_a, *m_b;
  QScrollArea* m_scroll;
  QVBoxLayout* m_column = nullptr;
  QTimer* m_stage;
  std::size_t m_next = 0;  // view to be built
};

}  // namespace rehearse::gui
