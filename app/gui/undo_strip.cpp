// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/undo_strip.hpp"

#include <QAccessible>
#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

namespace rehearse::gui {
namespace {

constexpr int kFromFoot = 24, kFromSide = 24;

}  // namespace

UndoStrip* UndoStrip::offer(QWidget* over, const QString& what, std::function<void()> undo) {
  for (UndoStrip* older : over->window()->findChildren<UndoStrip*>()) older->leave();
  return new UndoStrip(over, what, std::move(undo));
}

UndoStrip::UndoStrip(QWidget* over, const QString& what, std::function<void()> undo)
    : QWidget(over),
      m_undo(std::move(undo)),
      m_button(new QPushButton(tr("Undo"), this)),
      m_timer(new QTimer(this)) {
  setObjectName("strip");
  setAttribute(Qt::WA_StyledBackground);
  setAccessibleName(tr("%1. It can be undone.").arg(what));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 8, 8, 8);
  row->setSpacing(16);
  auto* said = new QLabel(what + ".", this);
  said->setTextFormat(Qt::PlainText);
  row->addWidget(said, 1);
  m_button->setAccessibleName(tr("Undo: %1").arg(what));
  m_button->setToolTip(tr("Take it back (Ctrl+Alt+Z)"));
  row->addWidget(m_button);
  auto* action = new QAction(tr("Undo: %1").arg(what), this);
  action->setObjectName("undo_cleared");
  action->setShortcut(QKeySequence("Ctrl+Alt+Z"));
  addAction(action);
  connect(action, &QAction::triggered, this, &UndoStrip::undo);
  connect(m_button, &QPushButton::clicked, this, &UndoStrip::undo);
  m_timer->setSingleShot(true);
  m_timer->setInterval(kSecondsShown * 1000);
  connect(m_timer, &QTimer::timeout, this, &UndoStrip::expire);
  over->installEventFilter(this);
  m_button->installEventFilter(this);
  place();
  show();
  raise();
  m_timer->start();
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

void UndoStrip::undo() {
  if (!m_undo) return;
  const auto undo = std::exchange(m_undo, nullptr);
  leave();
  undo();
}

void UndoStrip::expire() { leave(); }

// Gone for whoever looks, at once; the object goes when it is safe.
void UndoStrip::leave() {
  m_undo = nullptr;
  m_timer->stop();
  hide();
  qDeleteAll(actions());
  deleteLater();
}

void UndoStrip::place() {
  const QWidget* over = parentWidget();
  const int width = std::min(sizeHint().width(), over->width() - 2 * kFromSide);
  resize(width, sizeHint().height());
  move((over->width() - width) / 2, over->height() - height() - kFromFoot);
}

bool UndoStrip::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() &&
      (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange))
    place();
  if (watched == m_button && m_undo) {
    if (event->type() == QEvent::FocusIn) m_timer->stop();
    if (event->type() == QEvent::FocusOut) m_timer->start();
  }
  return QWidget::eventFilter(watched, event);
}

void UndoStrip::enterEvent(QEnterEvent*) { m_timer->stop(); }

void UndoStrip::leaveEvent(QEvent*) {
  if (m_undo && !m_button->hasFocus()) m_timer->start();
}

}  // namespace rehearse::gui
