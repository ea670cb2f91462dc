// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drills: the list, of all drills or of one set in its order, and the page on which one is solved
// (see solve_view.hpp).
#pragma once

#include <QFutureWatcher>

#include "app/gui/page.hpp"
#include "app/present/drill_sets.hpp"
#include "drills/judge/drill.hpp"

class QLabel;
class QLineEdit;
class QStackedLayout;
class QStandardItemModel;
class QTableView;

namespace rehearse::present {
class AppContext;
class DrillFilter;
}  // namespace rehearse::present

namespace rehearse::gui {

class DrillFilterBar;
class ResumeStrip;
class SolveView;

class DrillsPage : public Page {
  Q_OBJECT

 public:
  explicit DrillsPage(present::AppContext& context, QWidget* parent = nullptr);

  void openDrill(const QString& id);
  // The list with this set chosen; all drills when there is no such set.
  void openSet(const QString& id);
  void activated() override;
  bool mayClose() override;
  SolveView* solveView() const { return m_solve; }

 protected:
  void setTheme(const Theme& theme) override;

 private:
  struct Listed {
    std::vector<judge::Drill> drills;
    QStringList problems;
  };
  QWidget* makeList();
  void load();
  void fill();
  void fillFilters();
  void refreshSets();
  void sortAsShown();
  void say();
  void refreshBest();
  void applyFilter();
  void showList();

  present::AppContext& m_context;
  QStackedLayout* m_stack;
  QStandardItemModel* m_model;
  present::DrillFilter* m_filter;
  QTableView* m_table;
  QLineEdit* m_search;
  DrillFilterBar* m_filters;
  QLabel *m_lead, *m_state;
  ResumeStrip* m_resume;
  SolveView* m_solve;
  QFutureWatcher<std::shared_ptr<Listed>> m_loader;
  std::shared_ptr<Listed> m_listed;
  present::SetList m_sets;
  QString m_wantedSet;  // asked for before the drills were read
};

}  // namespace rehearse::gui
