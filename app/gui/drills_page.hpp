// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drills: the list, and the page on which one is solved (see solve_view.hpp).
#pragma once

#include <QFutureWatcher>

#include "app/gui/page.hpp"
#include "drills/judge/drill.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedLayout;
class QStandardItemModel;
class QTableView;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class SolveView;

class DrillsPage : public Page {
  Q_OBJECT

 public:
  explicit DrillsPage(present::AppContext& context, QWidget* parent = nullptr);

  void openDrill(const QString& id);
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
  void refreshBest();
  void applyFilter();
  void showList();

  present::AppContext& m_context;
  QStackedLayout* m_stack;
  QStandardItemModel* m_model;
  QSortFilterProxyModel* m_proxy;
  QTableView* m_table;
  QLineEdit* m_search;
  QComboBox *m_category, *m_level;
  QLabel* m_state;
  SolveView* m_solve;
  QFutureWatcher<std::shared_ptr<Listed>> m_loader;
  std::shared_ptr<Listed> m_listed;
};

}  // namespace rehearse::gui
