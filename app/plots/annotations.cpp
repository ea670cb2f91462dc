// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/annotations.hpp"

#include <qcustomplot.h>

#include <algorithm>

namespace rehearse::plots {
namespace {

constexpr float kUnderWords = 0.75f;  // of the surface: lines go on behind words, faintly

QCPGraph* unnamedGraph(QCustomPlot& plot, const Trace& trace, const QPen& pen) {
  QCPGraph* graph = plot.addGraph();
  graph->setName({});
  graph->setPen(pen);
  graph->setData(trace.x, trace.y);
  return graph;
}

QCPItemText* wordsOf(QCustomPlot& plot, const Trace& trace, int point, Qt::Alignment where,
                     const QMargins& padding, const QColor& colour) {
  auto* text = new QCPItemText(&plot);
  text->setPositionAlignment(where);
  text->position->setCoords(trace.x[point], trace.y[point]);
  text->setPadding(padding);
  text->setText(trace.label[point]);
  text->setFont(textFont(kLabelPx));
  text->setColor(colour);
  return text;
}

}  // namespace

void drawGuide(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme) {
  unnamedGraph(plot, trace, QPen(theme.muted, 1, Qt::DotLine));
  QColor under = plot.property("surface").value<QColor>();
  under.setAlphaF(kUnderWords);
  // One word may lie over lines; the words of several points stand beside those.
  const bool one =
      std::count(trace.label.begin(), trace.label.end(), QString()) + 1 == trace.x.size();
  const bool rising = !trace.y.isEmpty() && trace.y.back() > trace.y.front();
  for (int i = 0; i < trace.x.size(); ++i) {
    if (trace.label[i].isEmpty()) continue;
    const double across = (trace.x[i] - set.xMin) / std::max(set.xMax - set.xMin, 1e-300);
    const bool left = across > 0.7 || (across > 0.3 && i + 1 == trace.x.size());
    QCPItemText* text =
        wordsOf(plot, trace, i,
                (left ? Qt::AlignRight : Qt::AlignLeft) | (rising ? Qt::AlignTop : Qt::AlignBottom),
                {8, 2, 8, 2}, theme.muted);
    if (one) text->setBrush(under);
  }
}

void drawMarks(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme) {
  for (int i = 0; i < trace.x.size(); ++i) {
    auto* line = new QCPItemStraightLine(&plot);
    line->point1->setCoords(trace.x[i], 0);
    line->point2->setCoords(trace.x[i], 1);
    line->setPen(QPen(theme.ink, 1));
    const bool rightHalf = trace.x[i] > (set.xMin + set.xMax) / 2;
    QCPItemText* text =
        wordsOf(plot, trace, i, (rightHalf ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop,
                {6, 2, 6, 2}, theme.ink);
    text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    text->position->setCoords(trace.x[i], 0.0);
  }
}

void drawAlarms(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme) {
  QCPGraph* ring = unnamedGraph(plot, trace, Qt::NoPen);
  ring->setLineStyle(QCPGraph::lsNone);
  ring->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.bad, 2), Qt::NoBrush, 15));
  for (int i = 0; i < trace.x.size(); ++i) {
    if (trace.label[i].isEmpty()) continue;
    // Before an alarm all was quiet: to its left there is room.
    const bool room = trace.x[i] > set.xMin + 0.15 * (set.xMax - set.xMin);
    wordsOf(plot, trace, i, (room ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
            {14, 0, 14, 0}, theme.bad)
        ->setFont(textFont(kLabelPx, QFont::DemiBold));
  }
}

}  // namespace rehearse::plots
