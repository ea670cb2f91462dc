// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/solve_bar.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

#include "app/gui/page.hpp"
#include "app/gui/title_label.hpp"

namespace rehearse::gui {
namespace {

constexpr int kLowSeconds = 120, kChipsFrom = 1100, kLeastPolicy = 4;

QString clockText(int seconds) {
  const QString sign = seconds < 0 ? QStringLiteral("−") : QString();
  seconds = std::abs(seconds);
  return sign + QString("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar('0'));
}

QPushButton* button(const QString& text, const QString& keys, const QString& tip, QWidget* parent) {
  auto* made = new QPushButton(keys.isEmpty() ? text : text + "  " + keys, parent);
  made->setAccessibleName(text);
  made->setToolTip(tip);
  return made;
}

}  // namespace

SolveBar::SolveBar(QWidget* parent)
    : QWidget(parent),
      m_title(new TitleLabel(this)),
      m_category(new QLabel(this)),
      m_level(new QLabel(this)),
      m_clock(new QLabel(this)),
      m_policy(new QComboBox(this)),
      m_progress(new QProgressBar(this)) {
  QHBoxLayout* row = barRow(this);
  m_back = button(tr("All drills"), {}, tr("Back to the list (Esc)"), this);
  for (QLabel* chip : {m_category, m_level}) {
    chip->setObjectName("chip");
    chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  m_clock->setObjectName("clock");
  m_clock->setAccessibleName(tr("Time left"));
  m_policy->addItems({tr("Practice"), tr("Timed")});
  m_policy->setMinimumContentsLength(kLeastPolicy);
  m_policy->setAccessibleName(tr("Clock"));
  m_policy->setToolTip(
      tr("At zero the draft is submitted. Practice: the clock may be paused, each pause is kept, "
         "and it runs on after zero. Timed: no pauses, and zero is the end."));
  connect(m_policy, &QComboBox::activated, this,
          [this](int index) { emit timedWanted(index == 1); });
  m_pause = button(tr("Pause"), {}, tr("Stops the clock and locks the text (Alt+P)"), this);
  m_hint = button(tr("Hint"), {}, tr("The next hint, for its minutes (Alt+H)"), this);
  m_stop = button(tr("Stop"), tr("Esc"), tr("Stops what is judged (Esc)"), this);
  m_run = button(tr("Run"), tr("Ctrl ↵"), tr("Runs the examples (Ctrl+Enter)"), this);
  m_submit = button(tr("Submit"), tr("Ctrl ⇧ ↵"),
                    tr("Judges every case and keeps the attempt (Ctrl+Shift+Enter)"), this);
  m_submit->setObjectName("primary");
  m_progress->setFixedWidth(100);
  m_progress->setAccessibleName(tr("Cases judged"));
  row->addWidget(m_back);
  row->addWidget(m_title, 1);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_category, m_level, m_clock, m_policy, m_pause, m_hint,
                                       m_progress, m_stop, m_run, m_submit})
    row->addWidget(widget);
  connect(m_back, &QPushButton::clicked, this, &SolveBar::back);
  connect(m_pause, &QPushButton::clicked, this, &SolveBar::pause);
  connect(m_hint, &QPushButton::clicked, this, &SolveBar::hint);
  connect(m_stop, &QPushButton::clicked, this, &SolveBar::stop);
  connect(m_run, &QPushButton::clicked, this, &SolveBar::run);
  connect(m_submit, &QPushButton::clicked, this, &SolveBar::submit);
}

void SolveBar::setTitle(const QString& title) { m_title->setTitle(title); }

void SolveBar::showDrill(const judge::Drill& drill) {
  setTitle(QString::fromStdString(drill.title));
  m_category->setText(QString::fromStdString(drill.category).replace('-', ' '));
  m_level->setText(tr("%1 · %2 min").arg(QString::fromStdString(drill.level)).arg(drill.minutes));
}

void SolveBar::showClock(const present::DrillSession& session) {
  const int left = session.secondsLeft();
  m_clock->setText(clockText(left));
  m_clock->setProperty("low", left < kLowSeconds);
  m_clock->style()->unpolish(m_clock);
  m_clock->style()->polish(m_clock);
  m_policy->setCurrentIndex(session.timed() ? 1 : 0);
  m_pause->setVisible(!session.timed() && !session.clockFinished());
  m_pause->setText(session.clockRunning() ? tr("Pause") : tr("Resume"));
  m_hint->setEnabled(session.hintsTaken() < static_cast<int>(session.drill().hints.size()));
  m_hint->setText(m_hint->isEnabled() ? tr("Hint −%1 min").arg(session.nextHintCost())
                                      : tr("No more hints"));
}

void SolveBar::showBusy(bool judging, bool busy) {
  m_progress->setVisible(busy);
  m_stop->setVisible(busy);
  m_run->setVisible(!busy);
  m_submit->setEnabled(!judging);
}

void SolveBar::showProgress(int done, int total) {
  m_progress->setRange(0, total);
  m_progress->setValue(done);
}

// The title needs the room more than the chips do.
void SolveBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_level->setVisible(width() >= kChipsFrom);
  m_category->setVisible(width() >= kChipsFrom);
  m_back->setText(width() >= kChipsFrom ? tr("All drills") : tr("←"));
}

QWidget* SolveBar::lastAction() const { return m_submit; }

}  // namespace rehearse::gui
