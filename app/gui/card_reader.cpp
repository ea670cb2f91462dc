// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/card_reader.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include "app/gui/card_text.hpp"
#include "app/present/card_shelf.hpp"
#include "app/present/qt_text.hpp"
#include "app/present/search_session.hpp"
#include "app/present/study_session.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

constexpr int kMeasure = 720;

}  // namespace

CardReader::CardReader(const practice::CardLibrary& cards, QWidget* parent)
    : QWidget(parent),
      m_cards(cards),
      m_mark(label({}, "chip", this)),
      m_text(new CardText(cards, this)),
      m_open(new QPushButton(this)),
      m_shelve(new QPushButton(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(12);
  m_mark->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  m_text->setAccessibleName(tr("The card"));
  m_text->setMaximumWidth(kMeasure);
  setFocusProxy(m_text);
  m_open->setObjectName("primary");
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(m_open);
  row->addWidget(m_shelve);
  row->addStretch(1);
  column->addWidget(m_mark);
  column->addWidget(m_text, 1);
  column->addLayout(row);
  connect(m_open, &QPushButton::clicked, this, &CardReader::openWanted);
  connect(m_shelve, &QPushButton::clicked, this,
          [this] { m_aside ? emit putBackWanted() : emit suspendWanted(); });
  connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
    if (url.scheme() == "card") emit cardWanted(url.path());
  });
}

void CardReader::clear() {
  for (QWidget* part : std::initializer_list<QWidget*>{m_mark, m_open, m_shelve}) part->hide();
  m_text->setBody({});
}

void CardReader::showCard(const practice::Card& card, const practice::CardMark& mark) {
  m_aside = mark.suspended || mark.buried;
  QString words = present::markWords(mark);
  if (!words.isEmpty()) words[0] = words[0].toUpper();
  if (mark.changed && !card.changed.empty()) words += ": " + qs(card.changed);
  m_mark->setText(words);
  m_mark->setVisible(!words.isEmpty());
  m_open->hide();
  m_shelve->show();
  m_shelve->setText(m_aside ? tr("Put it back") : tr("Suspend"));
  m_shelve->setToolTip(m_aside ? tr("It is asked again when it is due")
                               : tr("It is not asked until you put it back"));
  m_text->setBody(present::readingMarkdown(card, m_cards));
}

void CardReader::showHit(const practice::SearchHit& hit) {
  m_mark->hide();
  m_shelve->hide();
  m_open->show();
  m_open->setText(hit.kind == practice::SearchKind::drill ? tr("Open the drill  Enter")
                                                          : tr("Open the design  Enter"));
  m_text->setBody(QString("# %1\n\n*%2*\n\n%3")
                      .arg(qs(hit.title), present::kindWords(hit), present::snippetMarkdown(hit)));
}

void CardReader::setTheme(const Theme& theme) { m_text->setTheme(theme); }

}  // namespace rehearse::gui
