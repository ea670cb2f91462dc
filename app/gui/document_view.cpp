// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/document_view.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "app/gui/markdown_label.hpp"
#include "app/gui/style.hpp"
#include "app/gui/turns.hpp"
#include "app/plots/figure_view.hpp"

namespace rehearse::gui {
namespace {

constexpr int kReadingWidth = 720, kFigureWidth = 1120, kPlotHeight = 280;

}  // namespace

DocumentView::DocumentView(QWidget* parent)
    : QWidget(parent), m_column(new QVBoxLayout(this)), m_turns(new Turns(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  connect(m_turns, &Turns::working, this, &DocumentView::building);
}

void DocumentView::clear() {
  if (m_body) m_body->deleteLater();
  m_body = nullptr;
  m_document = {};
  m_turns->clear();
}

void DocumentView::invite(const QString& words) {
  clear();
  m_body = label(words, "muted", this);
  m_column->addWidget(m_body);
}

void DocumentView::setDocument(const Document& document, const plots::Theme& theme) {
  clear();
  m_document = document;
  m_theme = &theme;
  m_body = new QWidget(this);
  m_blocks = new QVBoxLayout(m_body);
  m_blocks->setContentsMargins(0, 0, 0, 0);
  m_blocks->setSpacing(16);
  m_blocks->addWidget(label(QString::fromStdString(document.title), "page", m_body));
  if (!document.subtitle.empty())
    m_blocks->addWidget(label(QString::fromStdString(document.subtitle), "muted", m_body));
  m_blocks->addStretch(1);
  m_column->addWidget(m_body);
  for (const auto& block : m_document.blocks)
    m_turns->add([this, &block] {
      m_blocks->insertWidget(
          m_blocks->count() - 1,
          std::visit([this](const auto& held) { return widgetOf(held); }, block));
    });
}

void DocumentView::setTheme(const plots::Theme& theme) {
  if (m_body && m_theme != &theme && !m_document.blocks.empty())
    setDocument(Document(m_document), theme);
}

QWidget* DocumentView::widgetOf(const Heading& block) {
  auto* title = label(QString::fromStdString(block.text), "chapter", m_body);
  title->setContentsMargins(0, 12, 0, 0);
  return title;
}

QWidget* DocumentView::widgetOf(const Prose& block) {
  auto* prose = markdownLabel(block.markdown, *m_theme, m_body);
  prose->setMaximumWidth(kReadingWidth);
  return prose;
}

QWidget* DocumentView::widgetOf(const Verbatim& block) {
  return selectableLabel(QString::fromStdString(block.text), "mono", m_body);
}

QWidget* DocumentView::widgetOf(const Banner& block) {
  const bool ok = block.tone == Banner::Tone::ok, bad = block.tone == Banner::Tone::bad;
  auto* card = new QWidget(m_body);
  card->setMaximumWidth(kFigureWidth);
  card->setObjectName(ok ? "verdictOk" : bad ? "verdictBad" : "card");
  card->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(card);
  column->setContentsMargins(20, 14, 20, 14);
  column->setSpacing(4);
  column->addWidget(label(QString::fromStdString(block.title),
                          ok    ? "ok"
                          : bad ? "bad"
                                : "chapter",
                          card));
  if (!block.sentence.empty())
    column->addWidget(selectableLabel(QString::fromStdString(block.sentence), "verdictText", card));
  return card;
}

QWidget* DocumentView::widgetOf(const Figure& block) {
  auto* figure = new plots::FigureView(m_body);
  figure->setMaximumWidth(kFigureWidth);
  figure->setAttribute(Qt::WA_StyledBackground);
  if (block.kind != "number" && block.kind != "table") figure->setContentHeight(kPlotHeight);
  figure->setFigure(block, *m_theme);
  connect(figure, &plots::FigureView::exported, this, &DocumentView::exported);
  connect(figure, &plots::FigureView::exportFailed, this, &DocumentView::exportFailed);
  return figure;
}

}  // namespace rehearse::gui
