// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/card_browser.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

#include "app/gui/card_text.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"
#include "app/present/study_session.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

QString questionsMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  QString text;
  if (!card.questions.empty()) text = QObject::tr("## Questions\n\n");
  for (const practice::Question& question : card.questions)
    text +=
        QString("**%1**\n\n%2\n\n")
            .arg(qs(question.prompt).trimmed(), qs(practice::answer_markdown(question)).trimmed());
  return present::withFormulas(text, library);
}

QString followUpsMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  QStringList links;
  for (const auto* ids : {&card.prereq, &card.follow_ups})
    for (const std::string& id : *ids)
      if (const practice::Card* other = library.find(id))
        links.append(QString("[%1](card:%2)").arg(qs(other->title), qs(id)));
  return links.isEmpty() ? QString()
                         : QObject::tr("\n\n**Read with it:** %1\n").arg(links.join(" · "));
}

}  // namespace

CardBrowser::CardBrowser(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_search(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_none(new QLabel(tr("No card fits."), this)),
      m_text(new CardText(context.cards(), this)) {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(24, 20, 16, 16);
  column->setSpacing(8);
  m_search->setPlaceholderText(tr("Search cards"));
  m_search->setAccessibleName(tr("Search cards"));
  m_search->setClearButtonEnabled(true);
  m_list->setAccessibleName(tr("Cards"));
  m_list->setWordWrap(true);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_none->setObjectName("muted");
  m_none->hide();
  column->addWidget(m_search);
  column->addWidget(m_none);
  column->addWidget(m_list, 1);
  auto* right = new QWidget(this);
  auto* reading = new QVBoxLayout(right);
  reading->setContentsMargins(24, 20, 24, 16);
  m_text->setAccessibleName(tr("The card"));
  m_text->setMaximumWidth(720);
  reading->addWidget(m_text);
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->addWidget(left);
  split->addWidget(right);
  split->setStretchFactor(1, 1);
  split->setSizes({340, 860});
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(split);
  connect(m_search, &QLineEdit::textChanged, this, &CardBrowser::filter);
  connect(m_list, &QListWidget::currentItemChanged, this, &CardBrowser::showCard);
  connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
    if (url.scheme() == "card") open(url.path());
  });
}

void CardBrowser::activated() {
  if (m_list->count() == 0) {
    for (const practice::Card& card : m_context.cards().cards()) {
      auto* item = new QListWidgetItem(
          QString("%1\n%2").arg(qs(card.title), qs(card.topic).replace('-', ' ')), m_list);
      item->setData(Qt::UserRole, qs(card.id));
      item->setData(Qt::AccessibleTextRole, QString("%1, %2").arg(qs(card.title), qs(card.topic)));
    }
    filter();
  }
  m_list->setFocus();
  if (!m_list->currentItem()) m_list->setCurrentRow(0);
}

void CardBrowser::filter() {
  int left = 0;
  for (int row = 0; row < m_list->count(); ++row) {
    const bool fits = m_list->item(row)->text().contains(m_search->text(), Qt::CaseInsensitive);
    m_list->item(row)->setHidden(!fits);
    left += fits;
  }
  m_none->setText(m_list->count() == 0 ? tr("No cards were found.")
                                       : tr("No card fits this search."));
  m_none->setVisible(left == 0);
}

const practice::Card* CardBrowser::current() const {
  const QListWidgetItem* item = m_list->currentItem();
  return item ? m_context.cards().find(item->data(Qt::UserRole).toString().toStdString()) : nullptr;
}

void CardBrowser::open(const QString& cardId) {
  for (int row = 0; row < m_list->count(); ++row) {
    if (m_list->item(row)->data(Qt::UserRole).toString() != cardId) continue;
    if (m_list->item(row)->isHidden()) m_search->clear();
    return m_list->setCurrentRow(row);
  }
}

void CardBrowser::showCard() {
  const practice::Card* card = current();
  const practice::CardLibrary& library = m_context.cards();
  m_text->setBody(
      !card ? QString()
            : QString("# %1\n\n").arg(qs(card->title)) + present::cardMarkdown(*card, library) +
                  questionsMarkdown(*card, library) + followUpsMarkdown(*card, library));
  emit shown(card);
}

void CardBrowser::setTheme(const Theme& theme) { m_text->setTheme(theme); }

}  // namespace rehearse::gui
