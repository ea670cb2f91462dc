// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/today_page.hpp"

#include <QDate>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <set>

#include "app/practice/reviews.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kContentWidth = 860, kMostDrafts = 3;
constexpr const char *kInterviewKey = "interview_date";

QString qs(const std::string &text) { return QString::fromStdString(text); }

QLabel *label(const QString &text, const char *name, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    return made;
}

QString idWords(const std::string &id)
{
    QString words = qs(id).replace('-', ' ');
    return words.left(1).toUpper() + words.mid(1);
}

QString counted(qsizetype count, const QString &one, const QString &many) { return QString("%1 %2").arg(count).arg(count == 1 ? one : many); }

}  // namespace

TodayPage::TodayPage(present::AppContext &context, QWidget *parent) : Page(parent), m_context(context)
{
    auto *body = new QWidget(this);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addWidget(label(tr("Today"), "page", body));
    m_lead = label({}, "muted", body);
    m_error = label({}, "bad", body);
    m_error->hide();
    column->addWidget(m_lead);
    column->addWidget(m_error);
    m_list = new QVBoxLayout;
    m_list->setSpacing(12);
    column->addLayout(m_list);
    column->addWidget(makeInterview());
    m_problemsCard = new QWidget(body);
    m_problemsCard->setObjectName("verdictBad");
    m_problemsCard->setAttribute(Qt::WA_StyledBackground);
    auto *problems = new QVBoxLayout(m_problemsCard);
    problems->setContentsMargins(20, 16, 20, 16);
    problems->addWidget(label(tr("What could not be read"), "chapter", m_problemsCard));
    m_problems = label({}, "", m_problemsCard);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->setAccessibleName(tr("What could not be read"));
    problems->addWidget(m_problems);
    column->addWidget(m_problemsCard);
    column->addStretch(1);
    for (int i = 0; i < column->count(); ++i)
        if (QWidget *widget = column->itemAt(i)->widget()) widget->setMaximumWidth(kContentWidth);

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connect(&context, &present::AppContext::recorded, this, [this] {
        if (isVisible()) refresh();
    });
    connect(&context, &present::AppContext::failed, this, [this](const QString &message) {
        m_error->setText(message);
        m_error->show();
    });
}

QWidget *TodayPage::makeInterview()
{
    auto *card = new QWidget(this);
    card->setObjectName("card");
    card->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(20, 16, 20, 16);
    row->setSpacing(12);
    auto *text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(label(tr("Interview"), "chapter", card));
    m_left = label({}, "muted", card);
    text->addWidget(m_left);
    row->addLayout(text, 1);
    m_date = new QDateEdit(card);
    m_date->setDisplayFormat("d MMM yyyy");
    m_date->setLocale(QLocale(QLocale::English));
    m_date->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_date->setMinimumDate(QDate::currentDate());
    m_date->setAccessibleName(tr("Date of the interview"));
    m_date->setToolTip(tr("Up and Down change the part under the cursor"));
    m_setDate = new QPushButton(tr("Set date"), card);
    m_clearDate = new QPushButton(tr("Clear"), card);
    m_clearDate->setAccessibleName(tr("Clear the date of the interview"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_date, m_setDate, m_clearDate}) row->addWidget(widget);
    connect(m_setDate, &QPushButton::clicked, this, &TodayPage::saveInterview);
    connect(m_clearDate, &QPushButton::clicked, this, [this] {
        m_context.setSetting(kInterviewKey, {});
        showCountdown();
    });
    return card;
}

void TodayPage::saveInterview()
{
    m_context.setSetting(kInterviewKey, m_date->date().toString(Qt::ISODate));
    showCountdown();
}

void TodayPage::showCountdown()
{
    const QDate date = QDate::fromString(m_context.setting(kInterviewKey, {}), Qt::ISODate);
    m_clearDate->setVisible(date.isValid());
    m_setDate->setText(date.isValid() ? tr("Change date") : tr("Set date"));
    if (!date.isValid()) {
        m_date->setDate(QDate::currentDate().addDays(14));
        m_left->setText(tr("Set its date, and the countdown stands at the foot of the rail."));
        return emit status({});
    }
    m_date->setDate(date);
    const qint64 days = QDate::currentDate().daysTo(date);
    const QString words = days < 0 ? tr("Interview passed") : days == 0 ? tr("Interview today") : tr("Interview in %1").arg(counted(days, tr("day"), tr("days")));
    m_left->setText(days < 0 ? tr("It was on %1. Set the next one.").arg(QLocale(QLocale::English).toString(date, "d MMMM")) : words + ".");
    emit status(words);
}

QList<TodayPage::Offer> TodayPage::cardOffers(bool &studied)
{
    const auto queue = practice::study_queue(m_context.database(), m_context.cards(), practice::system_seconds());
    if (!queue) {
        m_error->setText(qs(queue.error().message));
        m_error->show();
        return {};
    }
    const auto states = practice::card_states(m_context.database());
    studied = states && !states->empty();
    if (queue->due.empty()) return {};
    const auto fresh = std::count_if(queue->due.begin(), queue->due.end(), [](const auto &entry) { return entry.fresh; });
    const auto again = static_cast<qsizetype>(queue->due.size()) - fresh;
    QStringList parts;
    if (again > 0) parts.append(tr("%1 to recall").arg(again));
    if (fresh > 0) parts.append(tr("%1 new").arg(fresh));
    QString sentence = parts.join(", ") + ".";
    if (queue->waiting > 0) sentence += tr(" %1 more wait for another day, so that none of it buries you.").arg(queue->waiting);
    return {{tr("%1 due").arg(counted(static_cast<qsizetype>(queue->due.size()), tr("card"), tr("cards"))), sentence, tr("Study"), [this] { emit requestStudy(); }}};
}

QList<TodayPage::Offer> TodayPage::drillOffers()
{
    QList<Offer> made;
    std::set<std::string> drafted;
    if (const auto drafts = practice::drills_with_drafts(m_context.database())) {
        for (const std::string &id : *drafts) {
            if (!m_context.drills().find(id) || made.size() >= kMostDrafts) continue;
            drafted.insert(id);
            const QString best = m_context.bestAttempt(qs(id));
            made.append({tr("Go on with “%1”").arg(idWords(id)), best.isEmpty() ? tr("An unfinished draft, not submitted yet.") : tr("An unfinished draft; best so far: %1.").arg(best),
                         tr("Open draft"), [this, id] { emit requestDrill(qs(id)); }});
        }
    }
    for (const auto &entry : m_context.drills().entries()) {
        const auto best = practice::best_attempt(m_context.database(), entry.id);
        if (drafted.count(entry.id) || (best && *best && (*best)->accepted())) continue;
        const bool tried = best && *best;
        made.append({tr("Next drill: %1").arg(idWords(entry.id)),
                     tried ? tr("Tried before: %1.").arg(m_context.bestAttempt(qs(entry.id))) : tr("Not tried yet. Category: %1.").arg(qs(entry.category).replace('-', ' ')),
                     tr("Start drill"), [this, id = entry.id] { emit requestDrill(qs(id)); }});
        break;
    }
    return made;
}

QList<TodayPage::Offer> TodayPage::designOffers()
{
    std::set<std::string> played;
    if (const auto runs = practice::design_runs(m_context.database()))
        for (const auto &run : *runs)
            if (run.reached) played.insert(run.design);
    const trace::DesignEntry *next = nullptr;
    for (const auto &design : m_context.designs().designs()) {
        if (!design.error.empty()) continue;
        if (!next || (played.count(next->id) && !played.count(design.id))) next = &design;
    }
    if (!next) return {};
    return {{tr("Design: %1").arg(qs(next->title.empty() ? next->id : next->title)), qs(next->asks), tr("Open design"), [this, id = next->id] { emit requestDesign(qs(id)); }}};
}

QList<TodayPage::Offer> TodayPage::offers()
{
    bool studied = false;
    const auto attempts = practice::all_attempts(m_context.database());
    if (!attempts) {
        m_error->setText(qs(attempts.error().message));
        m_error->show();
    }
    const QList<Offer> cards = cardOffers(studied);
    const bool first = !studied && attempts && attempts->empty();
    m_lead->setText(first ? tr("Welcome. Two minutes to your first accepted drill: open the one below, read the example, type into the prepared function, press "
                               "Ctrl+Enter to try it and Ctrl+Shift+Enter to submit. Everything runs on this machine, offline.")
                          : tr("One thing at a time, the most urgent first."));
    // Before anything was tried, a drill teaches the window better than a card does.
    return first ? drillOffers() + designOffers() + cards : cards + drillOffers() + designOffers();
}

QWidget *TodayPage::offerCard(const Offer &offer, bool first)
{
    auto *card = new QWidget;
    card->setObjectName("card");
    card->setAttribute(Qt::WA_StyledBackground);
    card->setMaximumWidth(kContentWidth);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(20, 16, 20, 16);
    row->setSpacing(16);
    auto *text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(label(offer.title, "chapter", card));
    text->addWidget(label(offer.sentence, "muted", card));
    row->addLayout(text, 1);
    auto *button = new QPushButton(offer.button, card);
    button->setAccessibleName(QString("%1: %2").arg(offer.button, offer.title));
    if (first) {
        button->setObjectName("primary");
        m_firstButton = button;
    }
    connect(button, &QPushButton::clicked, this, offer.go);
    row->addWidget(button, 0, Qt::AlignVCenter);
    return card;
}

void TodayPage::showProblems()
{
    m_problems->setText(m_context.problems().join("\n\n"));
    m_problemsCard->setVisible(!m_context.problems().isEmpty());
}

void TodayPage::refresh()
{
    m_firstButton = nullptr;
    while (QLayoutItem *item = m_list->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    for (const Offer &offer : offers()) m_list->addWidget(offerCard(offer, m_list->count() == 0));
    if (m_list->count() == 0)
        m_list->addWidget(label(tr("Nothing is due, and no drill or design was found to go on with. `rehearse doctor` says where they are looked for; your own go into %1.")
                                    .arg(m_context.userFolder({})),
                                "muted", this));
    showProblems();
    showCountdown();
}

void TodayPage::activated()
{
    refresh();
    if (m_firstButton) m_firstButton->setFocus(Qt::OtherFocusReason);
}

void TodayPage::setTheme(const Theme &) {}

}  // namespace rehearse::gui
