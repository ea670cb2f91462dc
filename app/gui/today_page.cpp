// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/today_page.hpp"

#include <QDate>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/gui/first_steps_card.hpp"
#include "app/gui/interview_date.hpp"
#include "app/gui/resume_strip.hpp"
#include "app/gui/style.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/gui/week_strip.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kContentWidth = 860, kTodayMargin = 24;

}  // namespace

TodayPage::TodayPage(present::AppContext& context, QWidget* parent)
    : Page(parent), m_context(context) {
  auto* body = new QWidget(this);
  body->setMaximumWidth(kContentWidth + 2 * kTodayMargin);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(kTodayMargin, kTodayMargin, kTodayMargin, kTodayMargin);
  column->setSpacing(12);
  column->addWidget(label(tr("Today"), "page", body));
  m_lead = label({}, "muted", body);
  m_error = label({}, "bad", body);
  m_error->hide();
  column->addWidget(m_lead);
  column->addWidget(m_error);
  auto* resume = new ResumeStrip(context, body);
  resume->setMaximumWidth(kContentWidth);
  connect(resume, &ResumeStrip::goOn, this, &TodayPage::requestDrill);
  column->addWidget(resume);
  m_list = new QVBoxLayout;
  m_list->setSpacing(12);
  column->addLayout(m_list);
  column->addWidget(makeWeek());
  column->addWidget(makeInterview());
  column->addWidget(makeProblems());
  column->addStretch(1);

  QScrollArea* scroll = scrolledPart(tr("Today"), body, this);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);
  connect(&context, &present::AppContext::recorded, this, [this] {
    if (isVisible()) refresh();
  });
  connect(&context, &present::AppContext::failed, this, [this](const QString& message) {
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
  });
}

QWidget* TodayPage::makeProblems() {
  m_problemsCard = new QWidget(this);
  m_problemsCard->setObjectName("verdictBad");
  m_problemsCard->setAttribute(Qt::WA_StyledBackground);
  auto* problems = new QVBoxLayout(m_problemsCard);
  problems->setContentsMargins(20, 16, 20, 16);
  problems->addWidget(label(tr("What could not be read"), "chapter", m_problemsCard));
  m_problems = selectableLabel({}, "", m_problemsCard);
  m_problems->setAccessibleName(tr("What could not be read"));
  problems->addWidget(m_problems);
  return m_problemsCard;
}

QWidget* TodayPage::makeWeek() {
  m_weekCard = new QWidget(this);
  m_weekCard->setObjectName("card");
  m_weekCard->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(m_weekCard);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(tr("The last seven days"), "chapter", m_weekCard));
  m_weekWords = label({}, "muted", m_weekCard);
  text->addWidget(m_weekWords);
  text->addStretch(1);
  m_week = new WeekStrip(m_weekCard);
  row->addLayout(text, 1);
  row->addWidget(m_week);
  return m_weekCard;
}

QWidget* TodayPage::makeInterview() {
  auto* card = new QWidget(this);
  card->setObjectName("card");
  card->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(card);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(12);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(tr("Interview"), "chapter", card));
  m_left = label({}, "muted", card);
  text->addWidget(m_left);
  row->addLayout(text, 1);
  m_interview = new InterviewDate(m_context, this, card);
  row->addWidget(m_interview);
  connect(&m_context, &present::AppContext::settingChanged, this, [this](const QString& key) {
    if (key == InterviewDate::kKey) showCountdown();
  });
  return card;
}

void TodayPage::showCountdown() {
  const QString stored = m_context.setting(InterviewDate::kKey, {});
  m_interview->showValue(stored);
  const QDate date = QDate::fromString(stored, Qt::ISODate);
  if (!date.isValid()) {
    m_left->setText(tr("Set its date, and the countdown stands at the foot of the rail."));
    return emit status({});
  }
  const QString words = present::countdownWords(date, QDate::currentDate());
  m_left->setText(date < QDate::currentDate()
                      ? tr("It was on %1. Set the next one.")
                            .arg(QLocale(QLocale::English).toString(date, "d MMMM"))
                      : words + ".");
  emit status(words);
}

QWidget* TodayPage::offerCard(const present::Offer& offer, bool first) {
  auto* card = new QWidget;
  card->setObjectName("card");
  card->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(card);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(offer.title, "chapter", card));
  text->addWidget(label(offer.sentence, "muted", card));
  row->addLayout(text, 1);
  auto* button = new QPushButton(offer.button, card);
  button->setAccessibleName(QString("%1: %2").arg(offer.button, offer.title));
  if (first) {
    button->setObjectName("primary");
    m_firstButton = button;
  }
  connect(button, &QPushButton::clicked, this, [this, offer] { take(offer); });
  row->addWidget(button, 0, Qt::AlignVCenter);
  return card;
}

void TodayPage::showProblems() {
  m_problems->setText(m_context.problems().join("\n\n"));
  m_problemsCard->setVisible(!m_context.problems().isEmpty());
}

void TodayPage::take(const present::Offer& offer) {
  if (offer.kind == present::Offer::Kind::study)
    emit requestStudy();
  else if (offer.kind == present::Offer::Kind::drill)
    emit requestDrill(offer.id);
  else if (offer.kind == present::Offer::Kind::set)
    emit requestSet(offer.id);
  else
    emit requestDesign(offer.id);
}

void TodayPage::clearList() {
  m_firstButton = nullptr;
  while (QLayoutItem* item = m_list->takeAt(0)) {
    if (item->widget()) item->widget()->hide(), item->widget()->deleteLater();
    delete item;
  }
}

bool TodayPage::showFirstSteps() {
  const QList<present::FirstStep> steps = present::firstSteps(m_context);
  if (steps.isEmpty() || !m_theme) return false;
  auto* card = new FirstStepsCard(steps, *m_theme, this);
  m_firstButton = card->nextButton();
  connect(card, &FirstStepsCard::taken, this, &TodayPage::take);
  connect(card, &FirstStepsCard::skipped, this, [this] {
    present::skipFirstSteps(m_context, true);
    activated();
    UndoStrip::offer(this, tr("The first steps were skipped"), [this] {
      present::skipFirstSteps(m_context, false);
      activated();
    });
  });
  m_list->addWidget(card);
  return true;
}

void TodayPage::showWeek() {
  const auto input = present::readProgress(m_context);
  m_weekCard->setVisible(input && !input->empty());
  if (!input) return;
  const present::Week week = present::weekOf(*input);
  m_week->setWeek(week);
  m_weekWords->setText(present::weekWords(week));
}

void TodayPage::refresh() {
  clearList();
  const present::Agenda agenda = present::todaysAgenda(m_context);
  if (!agenda.error.isEmpty()) {
    m_error->setText(agenda.error);
    m_error->show();
  }
  const bool steps = showFirstSteps();
  m_lead->setText(steps && agenda.firstRun
                      ? tr("Welcome. Everything runs on this machine, without an account and "
                           "without the network.")
                      : tr("One thing at a time, the most urgent first."));
  if (!steps || !agenda.firstRun)
    for (const present::Offer& offer : agenda.offers)
      m_list->addWidget(offerCard(offer, !m_firstButton));
  if (m_list->count() == 0)
    m_list->addWidget(
        label(tr("Nothing is due, and no drill or design was found to go on with. `rehearse "
                 "doctor` says where they are looked for; your own go into %1.")
                  .arg(m_context.userFolder({})),
              "muted", this));
  showWeek();
  showProblems();
  showCountdown();
}

void TodayPage::activated() {
  refresh();
  if (m_firstButton) m_firstButton->setFocus(Qt::OtherFocusReason);
}

void TodayPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (isVisible()) refresh();  // else it refreshes when it comes to the front
}

}  // namespace rehearse::gui
