// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/axes_plot.hpp"

#include <QEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/plots/annotations.hpp"
#include "app/plots/fast_graph.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

// A logarithmic axis has no room for what is not above 0.
double smallestPositive(const TraceSet& set, QVector<double> Trace::*values) {
  double least = std::numeric_limits<double>::infinity();
  for (const Trace& trace : set.traces)
    for (const double v : trace.*values)
      if (v > 0) least = std::min(least, v);
  return std::isfinite(least) ? least : 1e-3;
}

// The points of a trace between two values of x; all of them where they are in no order.
std::pair<int, int> within(const Trace& trace, double low, double high) {
  if (!trace.sorted) return {0, static_cast<int>(trace.x.size())};
  const auto first = std::lower_bound(trace.x.begin(), trace.x.end(), low),
             last = std::upper_bound(first, trace.x.end(), high);
  return {static_cast<int>(first - trace.x.begin()), static_cast<int>(last - trace.x.begin())};
}

bool option(const Figure& figure, const char* name) { return figure.options.value(name, false); }

}  // namespace

AxesPlot::AxesPlot(QWidget* parent) : FigureContent(parent), m_plot(new SeenPlot(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_plot);
  // A width too: else the legend, which wraps, would ask for one row.
  m_plot->setMinimumSize(220, 180);
  m_plot->setPlottingHint(QCP::phFastPolylines, true);
  m_plot->setNoAntialiasingOnDrag(true);
  m_plot->setLocale(QLocale(QLocale::English));  // 20,000, as in the tables
  m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  m_plot->setAutoAddPlottableToLegend(false);
  // The legend stands above the plot, where it covers no data.
  m_plot->plotLayout()->insertRow(0);
  auto* above = new QCPLayoutGrid;
  m_plot->plotLayout()->addElement(0, 0, above);
  above->addElement(0, 0, m_plot->legend);
  fillRight(*above);
  m_plot->plotLayout()->setRowStretchFactor(0, 0.001);
  m_plot->plotLayout()->setRowSpacing(0);
  connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
    QCPLegend& legend = *m_plot->legend;
    const int items = legend.itemCount();
    legend.setVisible(items > 1 || (items == 1 && m_set.traces.size() > 1));
    wrapLegend(*m_plot, legend);
    m_plot->yAxis->setLabel(fittedLabel(QString::fromStdString(m_figure.y_title), *m_plot));
    fitTicks(*m_plot->xAxis);
    m_longLines.thin(*m_plot);
  });
  m_plot->axisRect()->setAutoMargins(QCP::msAll);
  m_plot->axisRect()->setMinimumMargins(QMargins(8, 8, 12, 4));
  m_plot->setFocusPolicy(Qt::StrongFocus);
  m_plot->installEventFilter(this);
  connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { resetZoom(); });
  connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { setZoomed(true); });
}

void AxesPlot::setFigure(const Figure& figure, const Theme& theme) {
  m_figure = figure;
  m_plot->setAccessibleName(tr("Plot: %1").arg(QString::fromStdString(figure.title)));
  m_set = read(figure);
  m_plot->clearItems();
  m_plot->clearPlottables();
  m_longLines.clear();
  m_plot->legend->clearItems();
  dress(theme);
  m_plot->xAxis->setLabel(QString::fromStdString(figure.x_title));
  const bool logX = option(figure, "log_x"), logY = option(figure, "log_y");
  m_plot->xAxis->setScaleType(logX ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  m_plot->yAxis->setScaleType(logY ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  m_plot->xAxis->setTicker(!m_set.timeAxis && !logX && wholeNumbers(m_set, &Trace::x)
                               ? wholeTicker()
                               : tickerFor(m_set.timeAxis, logX));
  m_plot->yAxis->setTicker(!logY && wholeNumbers(m_set, &Trace::y) ? wholeTicker()
                                                                   : tickerFor(false, logY));
  chooseRanges(m_set, figure);
  m_truths = 0;
  for (const Trace& trace : m_set.traces)
    if (trace.style == view_data::kBand) draw(trace, theme);
  for (const Trace& trace : m_set.traces)
    if (trace.style != view_data::kBand) draw(trace, theme);
  if (!zoomed()) {
    m_plot->xAxis->setRange(m_xLow, m_xHigh);
    m_plot->yAxis->setRange(m_yLow, m_yHigh);
  }
  m_plot->redraw();
}

TraceSet AxesPlot::read(const Figure& figure) const { return readTraces(figure.data); }

void AxesPlot::dress(const Theme& theme) {
  m_plot->setBackground(QBrush(theme.surface));
  m_plot->setProperty("surface", theme.surface);
  dressAxis(m_plot->xAxis, theme, true);
  dressAxis(m_plot->yAxis, theme, false);
  m_plot->xAxis->grid()->setVisible(false);
  m_plot->yAxis->grid()->setVisible(true);
  dressLegend(*m_plot->legend, theme);
}

void AxesPlot::resetZoom() {
  setZoomed(false);
  m_plot->xAxis->setRange(m_xLow, m_xHigh);
  m_plot->yAxis->setRange(m_yLow, m_yHigh);
  m_plot->redraw();
}

void AxesPlot::chooseRanges(const TraceSet& set, const Figure& figure) {
  m_xLow = set.xMin, m_xHigh = set.xMax, m_yLow = set.yMin, m_yHigh = set.yMax;
  if (option(figure, "log_x") && m_xLow <= 0) m_xLow = smallestPositive(set, &Trace::x);
  if (option(figure, "log_y") && m_yLow <= 0) m_yLow = smallestPositive(set, &Trace::y);
  if (m_xHigh <= m_xLow) m_xLow -= 0.5, m_xHigh += 0.5;
  if (m_yHigh <= m_yLow) m_yHigh = m_yLow + (m_yLow == 0 ? 1 : std::abs(m_yLow) * 0.1);
  if (option(figure, "log_y")) {
    m_yLow = std::max(m_yLow, 1e-300) / 1.3, m_yHigh *= 1.3;
    return;
  }
  const bool fromZero = m_yLow >= 0 && (option(figure, "y_from_zero") || m_yLow < 0.5 * m_yHigh);
  const double room = (m_yHigh - (fromZero ? 0 : m_yLow)) * 0.08;
  m_yLow = fromZero ? 0 : m_yLow - room;
  // The words of a mark stand at the top, above what is drawn.
  const bool marked = std::any_of(set.traces.begin(), set.traces.end(), [](const Trace& trace) {
    return trace.style == view_data::kMark;
  });
  m_yHigh += marked ? 2.5 * room : room;
  if (!option(figure, "log_x")) {
    const double side = (m_xHigh - m_xLow) * 0.015;
    m_xLow -= side, m_xHigh += side;
  } else if (m_xLow > 0) {
    const double side = std::pow(m_xHigh / m_xLow, 0.015);
    m_xLow /= side, m_xHigh *= side;
  }
}

QCPGraph* AxesPlot::addGraph(const QString& name, const QPen& pen) {
  auto* graph = new FastGraph(m_plot->xAxis, m_plot->yAxis);  // the plot owns it
  graph->setPen(pen);
  graph->setName(name);
  graph->setProperty("whole", name);
  graph->setAdaptiveSampling(true);
  if (!name.isEmpty()) graph->addToLegend();
  return graph;
}

// Runs over each other bring a legend of several rows.
int AxesPlot::heightWanted() const {
  constexpr int kPlotHeight = 260, kLegendRow = 18, kItemsARow = 2;
  int items = 0;
  bool runs = false;
  for (const Trace& trace : m_set.traces) {
    runs = runs || trace.dash > 0;
    items += trace.style == view_data::kSeries || trace.style == view_data::kTruth;
  }
  return runs ? kPlotHeight + kLegendRow * ((items + kItemsARow - 1) / kItemsARow) : 0;
}

void AxesPlot::setPoints(QCPGraph* graph, const Trace& trace) {
  if (!m_longLines.take(graph, trace)) graph->setData(trace.x, trace.y, true);
}

void AxesPlot::shareRanges(AxesPlot& other) {
  m_xLow = other.m_xLow = std::min(m_xLow, other.m_xLow);
  m_xHigh = other.m_xHigh = std::max(m_xHigh, other.m_xHigh);
  m_yLow = other.m_yLow = std::min(m_yLow, other.m_yLow);
  m_yHigh = other.m_yHigh = std::max(m_yHigh, other.m_yHigh);
  resetZoom();
  other.resetZoom();
}

QString AxesPlot::seriesName(const Trace& trace) const {
  if (trace.style == view_data::kTruth && trace.series.isEmpty())
    return tr("truth (known: the site is simulated)");
  return trace.series;
}

void AxesPlot::draw(const Trace& trace, const Theme& theme) {
  if (trace.style == view_data::kBand) return drawBand(trace, theme);
  if (trace.style == view_data::kMark) return drawMarks(*m_plot, m_set, trace, theme);
  if (trace.style == view_data::kAlarm) return drawAlarms(*m_plot, m_set, trace, theme);
  if (trace.style == view_data::kTruth) {
    setPoints(addGraph(seriesName(trace), truthPen(m_truths++, theme)), trace);
    return;
  }
  if (trace.style == view_data::kGuide) return drawGuide(*m_plot, m_set, trace, theme);
  drawSeries(trace, theme);
}

void AxesPlot::drawSeries(const Trace& trace, const Theme& theme) {
  const QPen pen = penOf(trace, theme);
  QCPGraph* graph = addGraph(trace.series, pen);
  setPoints(graph, trace);
  if (trace.x.size() <= 60) {
    graph->setScatterStyle(
        QCPScatterStyle(shapeOf(trace), QPen(pen.color(), 1.5), QBrush(theme.surface), 7));
  }
}

void AxesPlot::drawBand(const Trace& trace, const Theme& theme) {
  QColor fill = theme.series[static_cast<std::size_t>(trace.colour) % theme.series.size()];
  fill.setAlphaF(kBandAlpha);
  QCPGraph* low = addGraph({}, Qt::NoPen);
  QCPGraph* high = addGraph({}, Qt::NoPen);
  low->setData(trace.x, trace.low);
  high->setData(trace.x, trace.high);
  high->setBrush(fill);
  high->setChannelFillGraph(low);
  if (!trace.series.isEmpty()) {
    high->setName(trace.series);
    high->setProperty("whole", trace.series);
    bool lineToo = false;
    for (const Trace& other : m_set.traces)
      lineToo = lineToo || (other.series == trace.series && &other != &trace);
    if (!lineToo) high->addToLegend();
  }
}

QString AxesPlot::tooltipFor(const Trace& trace, int point) const {
  const QString x =
      m_set.timeAxis
          ? QString::fromStdString(iso8601(Time{static_cast<std::int64_t>(trace.x[point] * 1e6)}))
                .left(10)
          : QString::number(trace.x[point], 'g', 5);
  QString text =
      tr("%1\n%2: %3\n%4: %5")
          .arg(seriesName(trace),
               m_plot->xAxis->label().isEmpty() ? tr("x") : m_plot->xAxis->label(), x,
               m_figure.y_title.empty() ? tr("y") : QString::fromStdString(m_figure.y_title),
               QString::number(trace.y[point], 'g', 5));
  if (std::isfinite(trace.low[point]))
    text += tr(" (%1 to %2)")
                .arg(QString::number(trace.low[point], 'g', 4),
                     QString::number(trace.high[point], 'g', 4));
  if (std::isfinite(trace.count[point]))
    text += tr("\nrows: %L1").arg(static_cast<qlonglong>(trace.count[point]));
  return text.trimmed();
}

void AxesPlot::showNearest(const QPoint& position) {
  constexpr double kReachPx = 24;
  double best = kReachPx;
  QString text;
  for (const Trace& trace : m_set.traces) {
    if (trace.style == view_data::kMark || trace.style == view_data::kBand) continue;
    const auto [first, last] = within(trace, m_plot->xAxis->pixelToCoord(position.x() - kReachPx),
                                      m_plot->xAxis->pixelToCoord(position.x() + kReachPx));
    for (int i = first; i < last; ++i) {
      if (!std::isfinite(trace.y[i])) continue;
      const double dx = m_plot->xAxis->coordToPixel(trace.x[i]) - position.x();
      const double dy = m_plot->yAxis->coordToPixel(trace.y[i]) - position.y();
      if (std::hypot(dx, dy) >= best) continue;
      best = std::hypot(dx, dy);
      text = tooltipFor(trace, i);
    }
  }
  if (text.isEmpty()) return QToolTip::hideText();
  QToolTip::showText(m_plot->mapToGlobal(position + QPoint(12, 12)), text, m_plot);
}

bool AxesPlot::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseMove) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->buttons() == Qt::NoButton) showNearest(mouse->pos());
    if (mouse->buttons() & Qt::LeftButton) setZoomed(true);
  }
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const double factor = key == Qt::Key_Plus || key == Qt::Key_Equal ? 0.8
                          : key == Qt::Key_Minus                      ? 1.25
                                                                      : 0;
    if (factor > 0) {
      setZoomed(true);
      m_plot->xAxis->scaleRange(factor);
      m_plot->yAxis->scaleRange(factor);
      m_plot->redraw();
      return true;
    }
    if (key == Qt::Key_0) return resetZoom(), true;
  }
  return FigureContent::eventFilter(watched, event);
}

}  // namespace rehearse::plots
