// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/drills_page.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "app/gui/solve_view.hpp"
#include "app/plots/plain_table.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

enum Column { kTitle, kCategory, kLevel, kMinutes, kBest, kColumns };
constexpr int kIdRole = Qt::UserRole + 1, kSortRole = Qt::UserRole + 2;

QString words(const std::string& kebab) { return QString::fromStdString(kebab).replace('-', ' '); }

int levelRank(const std::string& level) { return level == "easy" ? 0 : level == "medium" ? 1 : 2; }

// All of the filters at once: text in the title, category, level.
class DrillFilter : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  QString text, category, level;
  void refresh() { invalidateFilter(); }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    const auto cell = [&](int column) {
      return sourceModel()->index(row, column, parent).data().toString();
    };
    return cell(kTitle).contains(text, Qt::CaseInsensitive) &&
           (category.isEmpty() || cell(kCategory) == category) &&
           (level.isEmpty() || cell(kLevel) == level);
  }
};

}  // namespace

DrillsPage::DrillsPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_stack(new QStackedLayout(this)),
      m_model(new QStandardItemModel(0, kColumns, this)),
      m_proxy(new DrillFilter(this)),
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
  auto* lead =
      new QLabel(tr("Timed coding problems, judged here and offline. Enter opens one."), list);
  lead->setObjectName("muted");
  m_search = new QLineEdit(list);
  m_search->setPlaceholderText(tr("Search titles"));
  m_search->setAccessibleName(tr("Search titles"));
  m_search->setMaximumWidth(320);
  m_category = new QComboBox(list);
  m_category->setAccessibleName(tr("Category"));
  m_level = new QComboBox(list);
  m_level->setAccessibleName(tr("Level"));
  m_state = new QLabel(tr("Reading the drills…"), list);
  m_state->setObjectName("muted");
  m_state->setWordWrap(true);
  auto* filters = new QHBoxLayout;
  filters->addWidget(m_search, 1);
  filters->addWidget(m_category);
  filters->addWidget(m_level);
  filters->addStretch(1);
  m_table = new QTableView(list);
  m_proxy->setSourceModel(m_model);
  m_proxy->setSortRole(kSortRole);
  m_table->setModel(m_proxy);
  m_table->setSortingEnabled(true);
  m_table->sortByColumn(kCategory, Qt::AscendingOrder);
  plots::makePlain(*m_table, 40);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setAccessibleName(tr("Drills"));
  for (QWidget* widget : std::initializer_list<QWidget*>{title, lead}) column->addWidget(widget);
  column->addLayout(filters);
  column->addWidget(m_state);
  column->addWidget(m_table, 1);
  connect(m_search, &QLineEdit::textChanged, this, &DrillsPage::applyFilter);
  for (QComboBox* box : {m_category, m_level}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);  // filled once the drills are read
    connect(box, &QComboBox::currentIndexChanged, this, &DrillsPage::applyFilter);
  }
  connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
    openDrill(index.siblingAtColumn(kTitle).data(kIdRole).toString());
  });
  return list;
}

void DrillsPage::activated() {
  if (!m_listed && !m_loader.isRunning()) load();
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
      {tr("drill"), tr("category"), tr("level"), tr("minutes"), tr("best attempt")});
  m_model->horizontalHeaderItem(kMinutes)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  QStringList categories;
  for (const judge::Drill& drill : m_listed->drills) {
    QList<QStandardItem*> row;
    for (const QString& text : {QString::fromStdString(drill.title), words(drill.category),
                                words(drill.level), QString::number(drill.minutes), QString()}) {
      row.append(new QStandardItem(text));
      row.last()->setData(text.toLower(), kSortRole);
    }
    row[kTitle]->setData(QString::fromStdString(drill.id), kIdRole);
    row[kLevel]->setData(levelRank(drill.level), kSortRole);
    row[kMinutes]->setData(drill.minutes, kSortRole);
    row[kMinutes]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_model->appendRow(row);
    if (!categories.contains(words(drill.category))) categories.append(words(drill.category));
  }
  categories.sort();
  m_category->clear();
  m_category->addItem(tr("All categories"));
  m_category->addItems(categories);
  m_level->clear();
  m_level->addItems({tr("All levels"), "easy", "medium", "hard"});
  m_state->setText(!m_listed->problems.isEmpty() ? m_listed->problems.join("\n")
                   : m_listed->drills.empty()
                       ? tr("No drills were found. `rehearse doctor` says where they are looked "
                            "for; your own go into %1.")
                             .arg(m_context.userFolder("drills"))
                       : QString());
  m_state->setObjectName(m_listed->problems.isEmpty() ? "muted" : "bad");
  m_state->setVisible(!m_state->text().isEmpty());
  refreshBest();
  m_table->horizontalHeader()->setSectionResizeMode(kTitle, QHeaderView::Stretch);
  for (int c = kCategory; c < kColumns; ++c) m_table->setColumnWidth(c, 150);
  if (m_stack->currentIndex() == 0) m_table->setFocus();
  m_table->selectRow(0);
}

void DrillsPage::refreshBest() {
  for (int row = 0; row < m_model->rowCount(); ++row) {
    const QString id = m_model->item(row, kTitle)->data(kIdRole).toString();
    const QString best = m_context.bestAttempt(id);
    m_model->item(row, kBest)->setText(best.isEmpty() ? tr("not tried") : best);
    m_model->item(row, kBest)->setData(best, kSortRole);
  }
}

void DrillsPage::applyFilter() {
  auto* filter = static_cast<DrillFilter*>(m_proxy);
  filter->text = m_search->text();
  filter->category = m_category->currentIndex() > 0 ? m_category->currentText() : QString();
  filter->level = m_level->currentIndex() > 0 ? m_level->currentText() : QString();
  filter->refresh();
  if (!m_listed || m_listed->drills.empty()) return;
  m_state->setText(m_proxy->rowCount() == 0 ? tr("No drill fits these filters.")
                                            : m_listed->problems.join("\n"));
  m_state->setVisible(!m_state->text().isEmpty());
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
