// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/command_palette.hpp"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "app/plots/plain_table.hpp"

namespace rehearse::gui {
namespace {

constexpr int kPaletteWidth = 720, kFromTop = 72, kRowHeight = 36, kRowsSeen = 10;
constexpr int kPalettePadding = 12, kPaletteGap = 8;
constexpr qsizetype kMostShown = 100;
enum PaletteColumn { kTitleColumn, kDetailColumn, kKeyColumn, kPaletteColumns };
constexpr int kDetailWidth = 210, kKeyWidth = 150;

}  // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window),
      m_field(new QLineEdit(this)),
      m_none(label(tr("Nothing fits. Fewer letters find more."), "muted", this)),
      m_table(new QTableView(this)),
      m_model(new QStandardItemModel(0, kPaletteColumns, this)) {
  setObjectName("palette");
  setAttribute(Qt::WA_StyledBackground);
  setAccessibleName(tr("Find an action or a place"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kPalettePadding, kPalettePadding, kPalettePadding, kPalettePadding);
  column->setSpacing(kPaletteGap);
  m_field->setPlaceholderText(tr("Type a few letters of an action, a drill, a design, a card …"));
  m_field->setAccessibleName(tr("Find an action or a place"));
  column->addWidget(m_field);
  column->addWidget(m_none);
  column->addWidget(m_table);
  m_table->setModel(m_model);
  plots::makePlain(*m_table, kRowHeight);
  m_table->horizontalHeader()->hide();
  m_table->horizontalHeader()->setSectionResizeMode(kTitleColumn, QHeaderView::Stretch);
  m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setFocusPolicy(Qt::NoFocus);
  m_table->setAccessibleName(tr("What fits"));
  connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::fill);
  connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
    choose(index.row());
    act();
  });
  m_field->installEventFilter(this);
  window->installEventFilter(this);
  hide();
}

void CommandPalette::setTheme(const Theme& theme) {
  m_theme = &theme;
  setStyleSheet(gui::styleSheet(theme));
  const auto search = m_field->actions();
  if (!search.isEmpty()) m_field->removeAction(search.first());
  m_field->addAction(icon("search", theme.muted), QLineEdit::LeadingPosition);
}

void CommandPalette::offer(QList<Choice> choices) {
  m_choices = std::move(choices);
  if (isVisible()) return fill();
  m_before = QApplication::focusWidget();
  m_field->clear();
  fill();
  show();
  raise();
  m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::dismiss() {
  if (!isVisible()) return;
  hide();
  if (m_before && m_before->isVisible()) m_before->setFocus(Qt::PopupFocusReason);
}

QWidget* CommandPalette::focusBefore() const {
  return isVisible() ? m_before.data() : QApplication::focusWidget();
}

void CommandPalette::fill() {
  QList<present::PaletteItem> items;
  for (const Choice& choice : m_choices) items.append(choice.item);
  m_shown = present::rankPalette(items, m_field->text(), kMostShown);
  m_model->setRowCount(0);
  for (const qsizetype at : m_shown) {
    const present::PaletteItem& item = items[at];
    QList<QStandardItem*> row;
    for (const QString& text : {item.title, item.detail, item.key})
      row.append(new QStandardItem(text));
    for (const int quiet : {kDetailColumn, kKeyColumn})
      if (m_theme) row[quiet]->setForeground(m_theme->muted);
    row[kKeyColumn]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row[kKeyColumn]->setFont(plots::monoFont(plots::kLabelPx));
    row[kTitleColumn]->setData(item.key.isEmpty()
                                   ? QString("%1, %2").arg(item.title, item.detail)
                                   : QString("%1, %2, %3").arg(item.title, item.detail, item.key),
                               Qt::AccessibleTextRole);
    m_model->appendRow(row);
  }
  m_table->setColumnWidth(kDetailColumn, kDetailWidth);
  m_table->setColumnWidth(kKeyColumn, kKeyWidth);
  m_table->setColumnHidden(kKeyColumn,
                           std::all_of(m_shown.begin(), m_shown.end(),
                                       [&items](qsizetype at) { return items[at].key.isEmpty(); }));
  m_table->setVisible(!m_shown.isEmpty());
  m_none->setVisible(m_shown.isEmpty());
  choose(0);
  place();
}

void CommandPalette::place() {
  const int width = std::min(kPaletteWidth, parentWidget()->width() - 48);
  const auto rows = std::min<qsizetype>(kRowsSeen, m_shown.size());
  const int below = rows > 0 ? static_cast<int>(rows) * kRowHeight : m_none->sizeHint().height();
  m_table->setFixedHeight(below);
  setGeometry((parentWidget()->width() - width) / 2, kFromTop, width,
              m_field->sizeHint().height() + below + 2 * kPalettePadding + kPaletteGap);
}

void CommandPalette::choose(int row) {
  const int last = m_model->rowCount() - 1;
  if (last < 0) return sayCurrent();
  m_table->selectRow(std::clamp(row, 0, last));
  m_table->scrollTo(m_table->currentIndex());
  sayCurrent();
}

// The field keeps the focus, so a reader is told the chosen row as the field's description.
void CommandPalette::sayCurrent() {
  const QModelIndex index = m_table->currentIndex().siblingAtColumn(kTitleColumn);
  m_field->setAccessibleDescription(index.isValid()
                                        ? tr("%1. %2 of %3")
                                              .arg(index.data(Qt::AccessibleTextRole).toString())
                                              .arg(index.row() + 1)
                                              .arg(m_model->rowCount())
                                        : m_none->text());
  QAccessibleEvent event(m_field, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&event);
}

void CommandPalette::act() {
  const int row = m_table->currentIndex().row();
  if (row < 0 || row >= m_shown.size()) return;
  const auto chosen = m_choices[m_shown[row]].act;
  dismiss();
  // After this key or click is over: what is done may open a dialog with a loop of its own.
  QTimer::singleShot(0, parentWidget(), chosen);
}

bool CommandPalette::key(int key) {
  const int row = m_table->currentIndex().row();
  switch (key) {
    case Qt::Key_Escape: return dismiss(), true;
    case Qt::Key_Return:
    case Qt::Key_Enter: return act(), true;
    case Qt::Key_Down:
    case Qt::Key_Tab: return choose(row + 1), true;
    case Qt::Key_Up:
    case Qt::Key_Backtab: return choose(row - 1), true;
    case Qt::Key_PageDown: return choose(row + kRowsSeen), true;
    case Qt::Key_PageUp: return choose(row - kRowsSeen), true;
    default: return false;
  }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  if (watched != m_field) return false;
  if (event->type() == QEvent::KeyPress) return key(static_cast<QKeyEvent*>(event)->key());
  // Esc closes the palette and nothing behind it.
  if (event->type() == QEvent::ShortcutOverride) {
    const int pressed = static_cast<QKeyEvent*>(event)->key();
    if (pressed == Qt::Key_Escape || pressed == Qt::Key_Return || pressed == Qt::Key_Enter)
      event->accept();
  }
  if (event->type() == QEvent::FocusOut &&
      static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason)
    hide();
  return false;
}

}  // namespace rehearse::gui
