// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>

#include "app/gui/design_actions.hpp"
#include "app/gui/page.hpp"
#include "app/gui/title_label.hpp"

namespace rehearse::gui {
namespace {

constexpr int kWideFrom = 1100;

}  // namespace

DesignBar::DesignBar(QWidget* parent) : QWidget(parent) {
  QHBoxLayout* row = barRow(this);
  const auto button = [this](const QString& text, const QString& tip, auto signal) {
    auto* made = new QPushButton(text, this);
    made->setToolTip(tip);
    connect(made, &QPushButton::clicked, this, signal);
    return made;
  };
  auto* all = button(tr("All designs"), tr("Back to the list (Esc)"), &DesignBar::back);
  m_title = new TitleLabel(this);
  m_summary = new QLabel(this);
  m_summary->setObjectName("label");
  m_progress = new QProgressBar(this);
  m_progress->setFixedWidth(120);
  m_progress->setAccessibleName(tr("Progress of the run"));
  m_stop = button(tr("Stop"), tr("Stop the run (Esc)"), &DesignBar::stop);
  m_run = button(tr("Run"),
                 tr("The plots belong to other knobs than those you see: run these (Ctrl+R)"),
                 &DesignBar::runAsked);
  m_pin = button(tr("Pin run"), tr("Keep this run, to lay the next over it (Ctrl+P)"),
                 &DesignBar::pinAsked);
  m_trail =
      button(tr("Step through…"), tr("Follow one example through a step's arithmetic (Ctrl+J)"),
             &DesignBar::trailAsked);
  auto* more = new QPushButton(tr("More"), this);
  more->setToolTip(tr("Compare, sweep, edit the script, save a report, use a file of your own"));
  more->setObjectName("menu");
  m_moreMenu = new QMenu(more);
  more->setMenu(m_moreMenu);
  connect(m_moreMenu, &QMenu::aboutToShow, this, &DesignBar::moreOpened);
  m_challenge = button(tr("Take the challenge"), tr("Reach a goal under a clock (Ctrl+Shift+C)"),
                       &DesignBar::challengeAsked);
  m_challenge->setObjectName("primary");
  row->addWidget(all);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_summary, m_progress, m_stop, m_run,
                                                         m_pin, m_trail, more, m_challenge})
    row->addWidget(widget);
  setRunning(false);
  fit();
}

void DesignBar::fillMore(const DesignActions& actions, const QStringList& sources) {
  m_moreMenu->clear();
  m_moreMenu->addActions({actions.trail, actions.compare, actions.sweep, actions.edit});
  m_moreMenu->addSeparator();
  m_moreMenu->addActions({actions.reset, actions.redraw, actions.report});
  for (const QString& source : sources)
    m_moreMenu->addAction(tr("Use a file of yours for %1…").arg(source), this,
                          [this, source] { emit fileWanted(source); });
  if (!actions.remove->isEnabled()) return;
  m_moreMenu->addSeparator();
  m_moreMenu->addAction(actions.remove);
}

void DesignBar::offerTrail(bool there) {
  m_trailThere = there;
  fit();
}

void DesignBar::fit() {
  const bool wide = width() >= kWideFrom;
  m_trail->setVisible(m_trailThere && wide);
  m_summary->setVisible(wide || !m_progress->isHidden());
}

void DesignBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void DesignBar::say(const QString& sentence) {
  m_summary->setText(sentence);
  m_summary->setToolTip(sentence);
}

void DesignBar::setRunning(bool running) {
  m_progress->setVisible(running);
  m_stop->setVisible(running);
  m_progress->setValue(0);
  fit();
}

void DesignBar::setProgress(double fraction, const QString& what) {
  m_progress->setValue(static_cast<int>(fraction * 100));
  m_progress->setAccessibleDescription(what);
  if (m_progress->isVisible()) say(tr("running %1").arg(what));
}

}  // namespace rehearse::gui
