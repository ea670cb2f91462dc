// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/turns.hpp"

#include <QTimer>
#include <utility>

namespace rehearse::gui {

Turns::Turns(QObject* parent) : QObject(parent), m_timer(new QTimer(this)) {
  m_timer->setSingleShot(true);
  connect(m_timer, &QTimer::timeout, this, &Turns::next);
}

void Turns::add(std::function<void()> piece) {
  m_due.append(std::move(piece));
  m_timer->start();
  if (!std::exchange(m_working, true)) emit working(true);
}

void Turns::clear() {
  m_due.clear();
  m_timer->stop();
  if (std::exchange(m_working, false)) emit working(false);
}

void Turns::next() {
  if (m_due.isEmpty()) return clear();
  m_timer->start();  // before the piece, which may clear what follows
  m_due.takeFirst()();
}

}  // namespace rehearse::gui
