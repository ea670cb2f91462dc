// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/probe_answers.hpp"

#include <QLabel>
#include <QPointer>
#include <QScrollBar>
#include <QVBoxLayout>
#include <utility>

#include "app/gui/page.hpp"
#include "app/gui/turns.hpp"
#include "app/plots/figure_view.hpp"

namespace rehearse::gui {
namespace {

constexpr int kSeenPlotHeight = 240;

}  // namespace

ProbeAnswers::ProbeAnswers(QWidget* parent) : QScrollArea(parent), m_turns(new Turns(this)) {
  dressScrolled(this, tr("What you see"));
  setWidget(new QWidget);
  connect(m_turns, &Turns::working, this, [this](bool more) {
    if (!more) showLast();
    emit building(more);
  });
}

void ProbeAnswers::clear() {
  m_lastAt = -1;
  m_turns->clear();
  m_body = new QWidget;
  setWidget(m_body);  // first: what is laid out measures itself in the page's style
  m_parts = new QVBoxLayout(m_body);
  m_parts->setContentsMargins(16, 24, 24, 24);
  m_parts->setSpacing(16);
  m_parts->addStretch(1);
}

void ProbeAnswers::addDashboard(const QString& says, const std::vector<Figure>& figures) {
  addPart(tr("Dashboard"), says, figures);
}

void ProbeAnswers::addAnswer(const QString& probe, const QString& says,
                             const std::vector<Figure>& figures) {
  m_turns->add([this] { m_lastAt = m_parts->count() - 1; });
  addPart(probe, says, figures);
}

void ProbeAnswers::addPart(const QString& heading, const QString& says,
                           const std::vector<Figure>& figures) {
  m_turns->add([this, heading, says] { addHeading(heading, says); });
  for (const Figure& figure : figures) m_turns->add([this, figure] { addFigure(figure); });
}

void ProbeAnswers::addHeading(const QString& text, const QString& says) {
  m_parts->insertWidget(m_parts->count() - 1, label(text, "chapter", m_body));
  if (!says.isEmpty()) m_parts->insertWidget(m_parts->count() - 1, label(says, "muted", m_body));
}

void ProbeAnswers::addFigure(const Figure& figure) {
  auto* view = new plots::FigureView(m_body);
  view->setAttribute(Qt::WA_StyledBackground);
  if (figure.kind != "number" && figure.kind != "table") view->setContentHeight(kSeenPlotHeight);
  view->setFigure(figure, *m_theme);
  connect(view, &plots::FigureView::exportFailed, this, &ProbeAnswers::exportFailed);
  m_parts->insertWidget(m_parts->count() - 1, view);
}

void ProbeAnswers::showLast() {
  if (m_lastAt < 0) return;
  const QWidget* title = m_parts->itemAt(std::exchange(m_lastAt, -1))->widget();
  m_body->adjustSize();
  verticalScrollBar()->setValue(title->y() - m_parts->spacing());
}

void ProbeAnswers::setTheme(const Theme& theme) {
  m_theme = &theme;
  for (QPointer<plots::FigureView> figure : findChildren<plots::FigureView*>())
    m_turns->add([this, figure] {
      if (figure) figure->setFigure(figure->figure(), *m_theme);
    });
}

}  // namespace rehearse::gui
