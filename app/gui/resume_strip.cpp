// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/resume_strip.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/style.hpp"
#include "app/present/app_context.hpp"
#include "app/present/sitting.hpp"

namespace rehearse::gui {

ResumeStrip::ResumeStrip(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(label({}, "chapter", this)),
      m_sentence(label({}, "muted", this)) {
  setObjectName("card");
  setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(12);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(m_title);
  text->addWidget(m_sentence);
  row->addLayout(text, 1);
  auto* skip = new QPushButton(tr("Skip"), this);
  skip->setToolTip(tr("Does not offer it again; the draft itself is kept"));
  auto* on = new QPushButton(tr("Go on"), this);
  on->setObjectName("primary");
  on->setToolTip(tr("Opens the drill with its draft, its clock and its hints"));
  row->addWidget(skip, 0, Qt::AlignVCenter);
  row->addWidget(on, 0, Qt::AlignVCenter);
  connect(on, &QPushButton::clicked, this, [this] { emit goOn(m_drill); });
  connect(skip, &QPushButton::clicked, this, [this] { present::forgetBrokenSitting(m_context); });
  connect(&context, &present::AppContext::settingChanged, this, [this](const QString& key) {
    if (key == "solve.unfinished") refresh();
  });
  refresh();
}

void ResumeStrip::refresh() {
  const auto offer = present::resumeOffer(m_context);
  setVisible(offer.has_value());
  if (!offer) return;
  m_drill = offer->drill;
  m_title->setText(offer->title);
  m_sentence->setText(offer->sentence);
  setAccessibleName(offer->title);
}

}  // namespace rehearse::gui
