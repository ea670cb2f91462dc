// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/probe_list.hpp"

#include <QPushButton>
#include <QVBoxLayout>

namespace rehearse::gui {
namespace {

constexpr int kMostKeys = 9;

}  // namespace

ProbeList::ProbeList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(6);
}

void ProbeList::fill(const QList<present::TriageSession::Choice>& probes) {
  qDeleteAll(m_buttons);
  m_buttons.clear();
  for (const auto& probe : probes) {
    auto* button = new QPushButton(this);
    button->setObjectName("probe");
    button->setProperty("probe", probe.name);
    QString tip = probe.says;
    const int key = static_cast<int>(m_buttons.size()) + 1;
    if (key <= kMostKeys) tip += tr(" (Alt+%1)").arg(key);
    button->setToolTip(tip);
    button->setAccessibleDescription(probe.says);
    connect(button, &QPushButton::clicked, this, [this, name = probe.name] { emit asked(name); });
    m_column->addWidget(button);
    m_buttons.append(button);
  }
  refresh(probes, false);
}

// What was asked stays on the page; asking again would cost nothing and tell nothing.
void ProbeList::refresh(const QList<present::TriageSession::Choice>& probes, bool over) {
  for (qsizetype i = 0; i < std::min(m_buttons.size(), probes.size()); ++i) {
    const QString minutes = tr("%1 min").arg(probes[i].minutes, 0, 'f', 0);
    m_buttons[i]->setText(
        QString("%1  (%2)").arg(probes[i].name, probes[i].asked ? tr("looked at") : minutes));
    // After the text, which takes a key away.
    if (i < kMostKeys) m_buttons[i]->setShortcut(QKeySequence(QString("Alt+%1").arg(i + 1)));
    m_buttons[i]->setEnabled(!probes[i].asked && !over);
  }
}

}  // namespace rehearse::gui
