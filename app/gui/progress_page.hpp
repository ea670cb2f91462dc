// SPDX-License-Identifier: GPL-3.0-or-later
//
// Progress: what was practised and how it went: key numbers, submissions and reviews by day, the
// share accepted as it goes, the candidate's own calibration, and tables by category and by drill.
// Each can be exported alone, and all of it saved as a report.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/progress_trend.hpp"

class QLabel;
class QPushButton;
class QStackedLayout;

namespace rehearse::plots {
class FigureView;
}
namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class ProgressPage : public Page {
  Q_OBJECT

 public:
  explicit ProgressPage(present::AppContext& context, QWidget* parent = nullptr);

  void activated() override;

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeEmpty();
  QWidget* makeFigures();
  plots::FigureView* figure(const QString& name, int height, QWidget* parent);
  QWidget* makeTop(QWidget* parent);
  QWidget* makeOwnEmpty(QWidget* parent);
  void refresh();
  void showOwn(const present::OwnCalibration& own);
  void saveReport();

  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  QStackedLayout* m_stack;
  QLabel *m_message, *m_said, *m_ownText;
  QWidget* m_ownEmpty;
  QPushButton* m_ask;
  plots::FigureView *m_numbers, *m_attempts, *m_reviews, *m_categories, *m_drills, *m_incidents,
      *m_trend, *m_own, *m_ownNumbers;
};

}  // namespace rehearse::gui
