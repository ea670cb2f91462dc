// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/drills_page.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStackedLayout>
#include <QStandardItemModel>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrent>
#include <utility>

#include "app/gui/drill_filter_bar.hpp"
#include "app/gui/resume_strip.hpp"
#include "app/gui/solve_view.hpp"
#include "app/gui/style.hpp"
#include "app/plots/plain_table.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_filter.hpp"

namespace rehearse::gui {
namespace {

enum Column { kPlace, kTitle, kCategory, kLevel, kMinutes, kBest, kColumns };
constexpr int kWidths[] = {80, 0, 150, 90, 90, 190};
constexpr int kSearchWidth = 280;
constexpr int kIdRole = Qt::UserRole + 1, kSortRole = Qt::UserRole + 2;

QString words(const std::string& kebab) { return QString::fromStdString(kebab).replace('-', ' '); }

int levelRank(const std::string& level) { return level == "easy" ? 0 : level == "medium" ? 1 : 2; }

}  // namespace

DrillsPage::DrillsPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_stack(new QStackedLayout(this)),
      m_model(new QStandardItemModel(0, kColumns, this)),
      m_filter(new present::DrillFilter({kPlace, kTitle, kCategory, kLevel, kIdRole}, this)),
      m_solve(new SolveView(context, this)) {
  m_stack->addWidget(makeList());
  m_stack->addWidget(m_solve);
  connect(m_solve, &SolveView::back, this, &DrillsPage::showList);
  connect(&m_loader, &QFutureWatcherBase::finished, this, &DrillsPage::fill);
  connect(&context, &present::AppContext::recorded, this, &DrillsPage::refreshBest);
}

QWidget* DrillsPage::makeList() {
  auto* list = new QWidget(this);
  auto* column = new QVBoxLayout(list);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(12);
  auto* title = new QLabel(tr("Drills"), list);
  title->setObjectName("page");
  m_lead = label({}, "muted", list);
  m_search = new QLineEdit(list);
  m_search->setPlaceholderText(tr("Search titles"));
  m_search->setAccessibleName(tr("Search titles"));
  m_search->setToolTip(tr("Search titles (Ctrl+F)"));
  m_search->setClearButtonEnabled(true);
  m_search->setFixedWidth(kSearchWidth);
  m_resume = new ResumeStrip(m_context, list);
  connect(m_resume, &ResumeStrip::goOn, this, &DrillsPage::openDrill);
  m_filters = new DrillFilterBar(list);
  m_state = new QLabel(tr("Reading the drills…"), list);
  m_state->setObjectName("muted");
  m_state->setWordWrap(true);
  m_table = new QTableView(list);
  m_filter->setSourceModel(m_model);
  m_filter->setSortRole(kSortRole);
  m_table->setModel(m_filter);
  m_table->setSortingEnabled(true);
  plots::makePlain(*m_table, 40);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setAccessibleName(tr("Drills"));
  auto* top = new QHBoxLayout;
  top->addWidget(title, 1);
  top->addWidget(m_search);
  column->addLayout(top);
  column->addWidget(m_lead);
  column->addWidget(m_resume);
  column->addWidget(m_filters);
  column->addWidget(m_state);
  column->addWidget(m_table, 1);
  connect(m_search, &QLineEdit::textChanged, this, &DrillsPage::applyFilter);
  connect(m_filters, &DrillFilterBar::setChosen, this, [this] {
    sortAsShown();
    applyFilter();
  });
  connect(m_filters, &DrillFilterBar::changed, this, &DrillsPage::applyFilter);
  auto* search = new QAction(tr("Search the drills"), list);
  search->setObjectName("searchDrills");
  search->setShortcut(QKeySequence("Ctrl+F"));
  search->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(search, &QAction::triggered, m_search, [this] {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
  });
  list->addAction(search);
  connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
    openDrill(index.siblingAtColumn(kTitle).data(kIdRole).toString());
  });
  return list;
}

void DrillsPage::activated() {
  if (m_listed)
    refreshSets();
  else if (!m_loader.isRunning())
    load();
  if (m_stack->currentIndex() == 0) m_table->setFocus();
}

void DrillsPage::load() {
  m_context.setBusy(this, true);
  m_loader.setFuture(QtConcurrent::run([library = m_context.drills()] {
    auto listed = std::make_shared<Listed>();
    for (const auto& entry : library.entries()) {
      auto drill = library.load(entry.id);
      if (drill)
        listed->drills.push_back(std::move(*drill));
      else
        listed->problems.append(QString::fromStdString(drill.error().message));
    }
    return listed;
  }));
}

void DrillsPage::fill() {
  m_context.setBusy(this, false);
  m_listed = m_loader.result();
  m_model->clear();
  m_model->setHorizontalHeaderLabels(
      {tr("place"), tr("drill"), tr("category"), tr("level"), tr("minutes"), tr("best attempt")});
  m_model->horizontalHeaderItem(kMinutes)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  for (const judge::Drill& drill : m_listed->drills) {
    QList<QStandardItem*> row;
    for (const QString& text :
         {QString(), QString::fromStdString(drill.title), words(drill.category), words(drill.level),
          QString::number(drill.minutes), QString()}) {
      row.append(new QStandardItem(text));
      row.last()->setData(text.toLower(), kSortRole);
    }
    row[kTitle]->setData(QString::fromStdString(drill.id), kIdRole);
    row[kLevel]->setData(levelRank(drill.level), kSortRole);
    row[kMinutes]->setData(drill.minutes, kSortRole);
    row[kMinutes]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_model->appendRow(row);
  }
  refreshBest();
  m_table->horizontalHeader()->setSectionResizeMode(kTitle, QHeaderView::Stretch);
  for (int c = 0; c < kColumns; ++c)
    if (c != kTitle) m_table->setColumnWidth(c, kWidths[c]);
  fillFilters();
  refreshSets();
  if (!m_wantedSet.isEmpty()) openSet(std::exchange(m_wantedSet, {}));
  if (m_stack->currentIndex() == 0) m_table->setFocus();
  m_table->selectRow(0);
}

void DrillsPage::fillFilters() {
  QStringList categories;
  for (const judge::Drill& drill : m_listed->drills)
    if (!categories.contains(words(drill.category))) categories.append(words(drill.category));
  categories.sort();
  m_filters->setCategories(categories);
}

// The sets as the files and the attempts have them now; the one that is chosen stays chosen.
void DrillsPage::refreshSets() {
  m_sets = present::drillSets(m_context);
  m_filters->setSets(m_sets.sets);
  sortAsShown();
  applyFilter();
}

// A set in its own order, with the places told; all drills by category.
void DrillsPage::sortAsShown() {
  const practice::DrillSet* set = m_sets.find(m_filters->set().toStdString());
  for (int row = 0; row < m_model->rowCount(); ++row) {
    qsizetype place = 0;
    if (set) {
      const std::string id = m_model->item(row, kTitle)->data(kIdRole).toString().toStdString();
      const auto at = std::find(set->drills.begin(), set->drills.end(), id);
      if (at != set->drills.end()) place = 1 + (at - set->drills.begin());
    }
    m_model->item(row, kPlace)->setText(place > 0 ? QString::number(place) : QString());
    m_model->item(row, kPlace)->setData(place, kSortRole);
  }
  m_table->setColumnHidden(kPlace, !set);
  m_table->sortByColumn(set ? kPlace : kCategory, Qt::AscendingOrder);
  m_lead->setText(set ? present::aboutSet(m_context, *set)
                      : tr("Timed coding problems, judged here and offline. Enter opens one."));
}

void DrillsPage::say() {
  QStringList problems = m_listed->problems;
  if (!m_sets.error.isEmpty()) problems.append(m_sets.error);
  QString sentence = problems.join('\n');
  const char* name = problems.isEmpty() ? "muted" : "bad";
  if (m_listed->drills.empty() && problems.isEmpty())
    sentence =
        tr("No drills were found. `rehearse doctor` says where they are looked for; your own "
           "go into %1.")
            .arg(m_context.userFolder("drills"));
  else if (m_filter->rowCount() == 0 && !m_listed->drills.empty())
    sentence = tr("No drill fits these filters. Clear the search or choose a wider one."),
    name = "muted";
  m_state->setObjectName(name);
  m_state->style()->unpolish(m_state);
  m_state->style()->polish(m_state);
  m_state->setText(sentence);
  m_state->setVisible(!sentence.isEmpty());
}

void DrillsPage::refreshBest() {
  if (const auto attempts = practice::all_attempts(m_context.database()))
    m_filter->history = present::DrillHistory::of(*attempts);
  for (int row = 0; row < m_model->rowCount(); ++row) {
    const QString id = m_model->item(row, kTitle)->data(kIdRole).toString();
    const QString best = m_context.bestAttempt(id);
    m_model->item(row, kBest)->setText(best.isEmpty() ? tr("not tried") : best);
    m_model->item(row, kBest)->setData(best, kSortRole);
  }
  m_filter->refresh();
}

void DrillsPage::applyFilter() {
  m_filter->text = m_search->text();
  m_filters->applyTo(*m_filter);
  m_filter->now = practice::system_seconds();
  m_filter->refresh();
  if (m_listed) say();
}

void DrillsPage::openSet(const QString& id) {
  m_stack->setCurrentIndex(0);
  if (!m_listed) {
    m_wantedSet = id;
    return;
  }
  m_search->clear();
  m_filters->clear();
  m_filters->chooseSet(id);
  m_table->setFocus();
  m_table->selectRow(0);
}

void DrillsPage::openDrill(const QString& id) {
  if (id.isEmpty()) return;
  m_solve->open(id);
  m_stack->setCurrentWidget(m_solve);
}

void DrillsPage::showList() {
  m_stack->setCurrentIndex(0);
  if (!m_listed && !m_loader.isRunning()) load();
  m_table->setFocus();
}

void DrillsPage::setTheme(const Theme& theme) { m_solve->setTheme(theme); }

bool DrillsPage::mayClose() { return m_solve->saveNow(); }

}  // namespace rehearse::gui
