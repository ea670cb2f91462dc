// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/pin_strip.hpp"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "app/gui/undo_strip.hpp"
#include "app/plots/look_icon.hpp"

namespace rehearse::gui {
namespace {

constexpr int kLeastChip = 108, kMostChip = 340, kOtherParts = 220, kAroundWords = 40;

}  // namespace

PinStrip::PinStrip(present::DesignPins* pins, QWidget* parent)
    : QWidget(parent),
      m_pins(pins),
      m_chips(new QHBoxLayout),
      m_compare(new QPushButton(tr("Compare"), this)) {
  setObjectName("surface");
  setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(24, 8, 24, 8);
  row->setSpacing(8);
  m_chips->setSpacing(8);
  auto* head = new QLabel(tr("Pinned"), this);
  head->setObjectName("label");
  row->addWidget(head);
  row->addLayout(m_chips);
  row->addStretch(1);
  row->addWidget(m_compare);
  m_compare->setToolTip(tr("Two runs side by side (Ctrl+D)"));
  connect(m_compare, &QPushButton::clicked, this, &PinStrip::compareAsked);
  connect(m_pins, &present::DesignPins::changed, this, &PinStrip::fill);
  fill();
}

void PinStrip::setTheme(const Theme& theme) {
  m_theme = &theme;
  fill();
}

void PinStrip::fill() {
  while (QLayoutItem* item = m_chips->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // it may be the one whose menu is open
    delete item;
  }
  for (const present::PinnedRun& pin : m_pins->pins()) m_chips->addWidget(chip(pin));
  setVisible(!m_pins->pins().isEmpty());
  fitChips();
}

QToolButton* PinStrip::chip(const present::PinnedRun& pin) {
  const QString label = m_pins->label(pin);
  auto* made = new QToolButton(this);
  made->setProperty("pin", pin.id);
  made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  made->setPopupMode(QToolButton::InstantPopup);
  made->setFocusPolicy(Qt::StrongFocus);
  if (m_theme) made->setIcon(plots::lookIcon(pin.look, *m_theme));
  made->setIconSize(QSize(plots::kLookWidth, plots::kLookHeight));
  made->setAccessibleName(pin.shown ? tr("Pinned run: %1").arg(label)
                                    : tr("Pinned run, hidden: %1").arg(label));
  made->setToolTip(tr("%1\nShow or hide, rename, remove (Delete)").arg(label));
  auto* menu = new QMenu(made);
  menu->addAction(pin.shown ? tr("Hide in the plots") : tr("Show in the plots"), this,
                  [this, id = pin.id, shown = pin.shown] { m_pins->setShown(id, !shown); });
  menu->addAction(tr("Rename…"), this, [this, id = pin.id] { askName(id); });
  menu->addAction(tr("Remove"), this, [this, id = pin.id] { remove(id); });
  made->setMenu(menu);
  made->installEventFilter(this);
  return made;
}

// As many words on each chip as there is room for.
void PinStrip::fitChips() {
  const auto& pins = m_pins->pins();
  if (pins.isEmpty() || m_chips->count() != pins.size()) return;
  const int chipWidth = std::clamp((width() - kOtherParts) / static_cast<int>(pins.size()) - 8,
                                   kLeastChip, kMostChip);
  for (int i = 0; i < m_chips->count(); ++i) {
    auto* chip = static_cast<QToolButton*>(m_chips->itemAt(i)->widget());
    const QFontMetrics metrics(chip->font());
    const int room = chipWidth - plots::kLookWidth - kAroundWords;
    QString text = m_pins->label(pins[i]);
    if (metrics.horizontalAdvance(text) > room) text = m_pins->briefLabel(pins[i]);
    text = metrics.elidedText(text, Qt::ElideRight, room);
    if (!pins[i].shown) text = tr("(%1)").arg(text);
    chip->setText(" " + text.replace('&', "&&"));
    chip->setMaximumWidth(chipWidth);
  }
}

void PinStrip::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitChips();
}

void PinStrip::askName(int id) {
  const present::PinnedRun* pin = m_pins->find(id);
  if (!pin) return;
  bool given = false;
  const QString name = QInputDialog::getText(
      this, tr("Rename the pinned run"), tr("Its name; none: what tells it from the others"),
      QLineEdit::Normal, pin->name.isEmpty() ? m_pins->label(*pin) : pin->name, &given);
  if (given) m_pins->rename(id, name);
}

void PinStrip::remove(int id) {
  m_pins->remove(id);
  UndoStrip::offer(parentWidget(), tr("“%1” is no longer pinned").arg(m_pins->removed()),
                   [pins = m_pins] { pins->undoRemove(); });
  if (m_compare->isVisible()) m_compare->setFocus();
}

bool PinStrip::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    remove(watched->property("pin").toInt());
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace rehearse::gui
