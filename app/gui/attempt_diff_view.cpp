// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/attempt_diff_view.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/gui/page.hpp"
#include "app/plots/plain_table.hpp"

namespace rehearse::gui {
namespace {

constexpr int kBesideFrom = 1100, kCodeRow = 22, kCodeNumbers = 48, kCodeSigns = 24;
constexpr int kCodePadding = 8;
using LineKind = present::DiffLine::Kind;

// Code on its paper: the rows of a text have no lines between them.
class CodeCell : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    painter->save();
    const QVariant paper = index.data(Qt::BackgroundRole);
    if (paper.isValid()) painter->fillRect(option.rect, paper.value<QBrush>());
    painter->setFont(index.data(Qt::FontRole).value<QFont>());
    painter->setPen(index.data(Qt::ForegroundRole).value<QBrush>().color());
    const int align = index.data(Qt::TextAlignmentRole).toInt();
    painter->drawText(option.rect.adjusted(kCodePadding, 0, -kCodePadding, 0),
                      align | Qt::TextExpandTabs, index.data().toString());
    if (option.state & QStyle::State_HasFocus) {
      painter->setPen(index.data(Qt::UserRole).value<QColor>());
      painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
  }
};

}  // namespace

AttemptDiffView::AttemptDiffView(QWidget* parent)
    : QWidget(parent),
      m_theme(&plots::lightTheme()),
      m_summary(label({}, "muted", this)),
      m_leftHead(label({}, "", this)),
      m_rightHead(label({}, "", this)),
      m_layout(new QPushButton(this)),
      m_table(new QTableWidget(this)) {
  setObjectName("surface");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 16, 24, 16);
  column->setSpacing(8);
  column->addWidget(makeBar());
  auto* heads = new QHBoxLayout;
  heads->setSpacing(24);
  heads->addWidget(m_leftHead, 1);
  heads->addWidget(m_rightHead, 1);
  column->addLayout(heads);
  plots::makePlain(*m_table, kCodeRow);
  m_table->verticalHeader()->setMinimumSectionSize(kCodeRow);
  m_table->horizontalHeader()->hide();
  m_table->setItemDelegate(new CodeCell(m_table));
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setAccessibleName(tr("Differences"));
  column->addWidget(m_table, 1);
  const auto action = [this](const QString& text, const char* name, const char* keys, auto slot) {
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcut(QKeySequence(keys));
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QAction::triggered, this, slot);
    addAction(made);
  };
  action(tr("Go to the next change"), "nextChange", "N", [this] { goToChange(1); });
  action(tr("Go to the change before"), "previousChange", "P", [this] { goToChange(-1); });
}

QWidget* AttemptDiffView::makeBar() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* title = new QLabel(tr("Two attempts compared"), bar);
  title->setObjectName("chapter");
  row->addWidget(title);
  row->addWidget(m_summary, 1);
  const auto button = [&](const QString& text, const QString& tip, auto slot) {
    auto* made = new QPushButton(text, bar);
    made->setToolTip(tip);
    connect(made, &QPushButton::clicked, this, slot);
    row->addWidget(made);
  };
  button(tr("Previous"), tr("The change before (P)"), [this] { goToChange(-1); });
  button(tr("Next"), tr("The next change (N)"), [this] { goToChange(1); });
  m_layout->setToolTip(tr("Two columns, or one with what was removed above what was added"));
  connect(m_layout, &QPushButton::clicked, this, [this] {
    m_chosen = true;
    setBesides(!m_besides);
  });
  row->addWidget(m_layout);
  button(tr("Back to the solution"), tr("Back to the solution (Esc)"), [this] { emit back(); });
  return bar;
}

void AttemptDiffView::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  rebuild();
}

void AttemptDiffView::compare(const Side& left, const Side& right) {
  m_lines = present::diffTexts(left.text, right.text);
  m_leftHead->setText(tr("− %1").arg(left.head));
  m_rightHead->setText(tr("+ %1").arg(right.head));
  m_summary->setText(present::diffSummary(m_lines));
  m_chosen = false;
  setBesides(roomBesides());
  m_table->setFocus();
  goToChange(0);
}

void AttemptDiffView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (!m_chosen && m_besides != roomBesides()) setBesides(!m_besides);
}

bool AttemptDiffView::roomBesides() const {
  if (width() < kBesideFrom) return false;
  const QFontMetrics metrics(plots::monoFont(plots::kControlPx));
  const int room = m_table->viewport()->width() / 2 - kCodeNumbers - kCodeSigns - 2 * kCodePadding;
  return std::all_of(m_lines.begin(), m_lines.end(), [&](const present::DiffLine& line) {
    return metrics.size(Qt::TextExpandTabs, line.text).width() <= room;
  });
}

void AttemptDiffView::setBesides(bool besides) {
  m_besides = besides;
  m_layout->setText(besides ? tr("One column") : tr("Side by side"));
  rebuild();
}

QColor AttemptDiffView::paperOf(const present::DiffLine& line) const {
  return line.kind == LineKind::removed ? m_theme->badSoft
         : line.kind == LineKind::added ? m_theme->okSoft
                                        : m_theme->surface;
}

void AttemptDiffView::put(int row, int column, const QString& text, const QColor& paper,
                          bool number) {
  auto* cell = new QTableWidgetItem(text);
  cell->setBackground(paper);
  cell->setForeground(number ? m_theme->muted : m_theme->ink);
  cell->setFont(plots::monoFont(plots::kControlPx));
  cell->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  cell->setData(Qt::UserRole, m_theme->accent);
  m_table->setItem(row, column, cell);
}

// Number, sign and text; nothing where this side has no such line.
void AttemptDiffView::putLine(int row, int column, const present::DiffLine* line, bool left) {
  const QColor paper = line ? paperOf(*line) : m_theme->sunken;
  const int number = !line ? 0 : left ? line->left : line->right;
  const QString sign = !line || line->kind == LineKind::same ? QString()
                       : line->kind == LineKind::removed     ? QStringLiteral("−")
                                                             : QStringLiteral("+");
  put(row, column, number > 0 ? QString::number(number) : QString(), paper, true);
  put(row, column + 1, sign, paper, false);
  put(row, column + 2, line ? line->text : QString(), paper, false);
}

void AttemptDiffView::fillBeside() {
  const auto rows = present::sideBySide(m_lines);
  m_table->setColumnCount(6);
  m_table->setRowCount(static_cast<int>(rows.size()));
  bool inChange = false;
  for (int row = 0; row < m_table->rowCount(); ++row) {
    const auto at = rows[static_cast<std::size_t>(row)];
    const auto line = [&](int index) {
      return index < 0 ? nullptr : &m_lines[static_cast<std::size_t>(index)];
    };
    putLine(row, 0, line(at.left), true);
    putLine(row, 3, line(at.right), false);
    const bool changed = at.left != at.right;
    if (changed && !inChange) m_changes.push_back(row);
    inChange = changed;
  }
  for (const int column : {2, 5})
    m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void AttemptDiffView::fillBelow() {
  m_table->setColumnCount(4);
  m_table->setRowCount(static_cast<int>(m_lines.size()));
  for (int row = 0; row < m_table->rowCount(); ++row) {
    const present::DiffLine& line = m_lines[static_cast<std::size_t>(row)];
    putLine(row, 1, &line, false);
    put(row, 0, line.left > 0 ? QString::number(line.left) : QString(), paperOf(line), true);
    const bool before =
        row > 0 && m_lines[static_cast<std::size_t>(row - 1)].kind != LineKind::same;
    if (line.kind != LineKind::same && !before) m_changes.push_back(row);
  }
  m_table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
}

void AttemptDiffView::rebuild() {
  m_table->setRowCount(0);
  m_table->setColumnCount(0);
  m_changes.clear();
  m_table->horizontalHeader()->setMinimumSectionSize(kCodeSigns);
  m_besides ? fillBeside() : fillBelow();
  const int texts = m_besides ? 2 : 3;
  for (int column = 0; column < m_table->columnCount(); ++column) {
    if (column == texts || column == 5) continue;
    const bool sign = m_besides ? column % 3 == 1 : column == 2;
    m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed);
    m_table->setColumnWidth(column, sign ? kCodeSigns : kCodeNumbers);
  }
}

// 0: the first one.
void AttemptDiffView::goToChange(int step) {
  if (m_changes.empty()) return;
  const int here = m_table->currentRow();
  int to = m_changes.front();
  if (step > 0) {
    const auto next = std::upper_bound(m_changes.begin(), m_changes.end(), here);
    to = next == m_changes.end() ? m_changes.front() : *next;
  } else if (step < 0) {
    const auto next = std::lower_bound(m_changes.begin(), m_changes.end(), here);
    to = next == m_changes.begin() ? m_changes.back() : *std::prev(next);
  }
  m_table->setCurrentCell(to, m_besides ? 2 : 3);
  m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
}

}  // namespace rehearse::gui
