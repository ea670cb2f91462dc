// SPDX-License-Identifier: GPL-3.0-or-later
//
// Progress: what was practised and how it went: key numbers, submissions and reviews by day, and
// tables by category and by drill, each of which can be exported.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/progress.hpp"

class QLabel;
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
  void refresh();

  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  QStackedLayout* m_stack;
  QLabel* m_message;
  plots::FigureView *m_numbers, *m_attempts, *m_reviews, *m_categories, *m_drills, *m_incidents;
};

}  // namespace rehearse::gui
