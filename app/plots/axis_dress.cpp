// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/axis_dress.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::plots {
namespace {

// Ticks of days, positions and counts: never between two of them.
class WholeTicker : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    const double step = QCPAxisTicker::getTickStep(range);
    return step < 1 ? 1 : std::floor(step);
  }
};

// Powers of ten, where the range holds three of them; 2 and 5 between them where it does not, and
// round numbers where even those are too few.
class DecadeTicker : public QCPAxisTickerLog {
 protected:
  QVector<double> createTickVector(double step, const QCPRange& range) override {
    constexpr int kLeastTicks = 3;
    const auto within = [&range](const QVector<double>& ticks) {
      return std::count_if(ticks.begin(), ticks.end(),
                           [&range](double tick) { return range.contains(tick); });
    };
    QVector<double> ticks = QCPAxisTickerLog::createTickVector(step, range);
    if (within(ticks) >= kLeastTicks) return ticks;
    ticks.clear();
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    for (int power = static_cast<int>(std::floor(std::log10(range.lower))); power <= last; ++power)
      for (const int times : {1, 2, 5}) ticks.append(times * std::pow(10.0, power));
    return within(ticks) >= kLeastTicks
               ? ticks
               : QCPAxisTicker::createTickVector(QCPAxisTicker::getTickStep(range), range);
  }
};

constexpr int kRunLooks = 6;

}  // namespace

QSharedPointer<QCPAxisTicker> wholeTicker() {
  return QSharedPointer<QCPAxisTicker>(new WholeTicker);
}

QSharedPointer<QCPAxisTicker> tickerFor(bool time, bool logarithmic) {
  if (time) {
    QSharedPointer<QCPAxisTickerDateTime> ticker(new QCPAxisTickerDateTime);
    ticker->setDateTimeSpec(Qt::UTC);
    ticker->setDateTimeFormat("d MMM");
    return ticker;
  }
  if (logarithmic) return QSharedPointer<QCPAxisTicker>(new DecadeTicker);
  return QSharedPointer<QCPAxisTicker>(new QCPAxisTicker);
}

void fitTicks(QCPAxis& axis) {
  constexpr int kMostTicks = 5, kLeastTicks = 2;
  // Margins included; the wanted number of ticks is met within a factor of two.
  constexpr double kRoomPerLabel = 2.5;
  const QFontMetrics metrics(axis.tickLabelFont());
  const QLocale locale = axis.parentPlot()->locale();
  const QCPRange range = axis.range();
  const double unit = std::pow(10, std::floor(std::log10(range.size() / kMostTicks)));
  int widest = 1;
  for (const double at : {range.lower, range.center(), range.upper}) {
    const QString words = locale.toString(std::round(at / unit) * unit, 'g', 6);
    widest = std::max(widest, metrics.horizontalAdvance(words));
  }
  // The axis itself may still have the width of the plot before.
  const double ticks = axis.parentPlot()->viewport().width() / (kRoomPerLabel * widest);
  axis.ticker()->setTickCount(std::clamp(static_cast<int>(ticks), kLeastTicks, kMostTicks));
}

bool wholeNumbers(const TraceSet& set, QVector<double> Trace::*values) {
  constexpr double kLeastRange = 2;  // rates of 0 and 1 alone are no counts
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Trace& trace : set.traces)
    for (const double value : trace.*values) {
      if (!std::isfinite(value)) continue;
      if (value != std::floor(value)) return false;
      low = std::min(low, value), high = std::max(high, value);
    }
  return high - low >= kLeastRange;
}

void dressAxis(QCPAxis* axis, const Theme& theme, bool baseLine) {
  axis->setLabelFont(textFont(kLabelPx));
  axis->setTickLabelFont(textFont(kLabelPx));
  axis->setLabelColor(theme.muted);
  axis->setTickLabelColor(theme.muted);
  axis->setBasePen(baseLine ? QPen(theme.line, 1) : QPen(Qt::NoPen));
  axis->setTickPen(Qt::NoPen);
  axis->setSubTickPen(Qt::NoPen);
  axis->setTickLabelPadding(6);
  axis->setLabelPadding(6);
  axis->setNumberFormat("gb");
  axis->grid()->setPen(QPen(theme.line, 1));
  axis->grid()->setZeroLinePen(Qt::NoPen);
  axis->grid()->setSubGridVisible(false);
}

QPen penOf(int colour, const Theme& theme) {
  static constexpr std::array<Qt::PenStyle, 4> kStyles = {Qt::SolidLine, Qt::DashLine, Qt::DotLine,
                                                          Qt::DashDotLine};
  const auto index = static_cast<std::size_t>(colour), turn = index / theme.series.size();
  return QPen(theme.series[index % theme.series.size()], 2, kStyles[(index + turn) % 4]);
}

QCPScatterStyle::ScatterShape shapeOf(int colour) {
  static constexpr std::array<QCPScatterStyle::ScatterShape, 4> kShapes = {
      QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle,
      QCPScatterStyle::ssDiamond};
  const auto index = static_cast<std::size_t>(colour);
  return kShapes[(index + index / kShapes.size()) % kShapes.size()];
}

QPen penOf(const Trace& trace, const Theme& theme) {
  QPen pen = penOf(trace.colour, theme);
  if (trace.dash < 0) return pen;
  switch (trace.dash % kRunLooks) {
    case 0: pen.setStyle(Qt::SolidLine); break;
    case 1: pen.setStyle(Qt::DashLine); break;
    case 2: pen.setStyle(Qt::DotLine); break;
    case 3: pen.setStyle(Qt::DashDotLine); break;
    case 4: pen.setDashPattern({8, 3}); break;
    default: pen.setStyle(Qt::DashDotDotLine); break;
  }
  return pen;
}

QCPScatterStyle::ScatterShape shapeOf(const Trace& trace) {
  static constexpr std::array<QCPScatterStyle::ScatterShape, kRunLooks> kShapes = {
      QCPScatterStyle::ssDisc,    QCPScatterStyle::ssSquare,           QCPScatterStyle::ssTriangle,
      QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssCross};
  return trace.dash < 0 ? shapeOf(trace.colour)
                        : kShapes[static_cast<std::size_t>(trace.dash % kRunLooks)];
}

QPen truthPen(int truth, const Theme& theme) {
  QPen pen(theme.ink, 1);
  static const std::array<QVector<qreal>, 3> kDashes = {{{8, 4}, {2, 3}, {8, 3, 2, 3}}};
  if (truth > 0) pen.setDashPattern(kDashes[static_cast<std::size_t>(truth - 1) % kDashes.size()]);
  return pen;
}

QString fittedLabel(const QString& title, const QCustomPlot& plot) {
  constexpr int kAroundAxis = 72;  // the legend above, the ticks and their title below
  const QFontMetrics metrics(plot.yAxis->labelFont());
  if (metrics.horizontalAdvance(title) <= plot.height() - kAroundAxis) return title;
  const auto middle = title.size() / 2;
  qsizetype cut = -1;
  for (auto at = title.indexOf(' '); at >= 0; at = title.indexOf(' ', at + 1))
    if (cut < 0 || std::abs(at - middle) < std::abs(cut - middle)) cut = at;
  return cut < 0 ? title : title.left(cut) + '\n' + title.mid(cut + 1);
}

void fillRight(QCPLayoutGrid& row) {
  row.addElement(0, 1, new QCPLayoutElement(row.parentPlot()));
  row.setColumnStretchFactor(0, 0.001);
}

void dressLegend(QCPLegend& legend, const Theme& theme) {
  legend.setFont(textFont(kLabelPx));
  legend.setTextColor(theme.ink);
  legend.setBorderPen(Qt::NoPen);
  legend.setBrush(Qt::NoBrush);
  legend.setIconSize(28, 12);
  legend.setRowSpacing(2);
  legend.setMargins(QMargins(8, 0, 8, 2));
  legend.setColumnSpacing(16);
}

void wrapLegend(QCustomPlot& plot, QCPLegend& legend) {
  constexpr int kAround = 56;  // margins and icon of an item
  const QFontMetrics metrics(legend.font());
  for (int i = 0; i < plot.plottableCount(); ++i) {
    QCPAbstractPlottable* plottable = plot.plottable(i);
    const QVariant whole = plottable->property("whole");
    if (whole.isValid())
      plottable->setName(metrics.elidedText(whole.toString(), Qt::ElideRight,
                                            std::max(40, plot.width() - kAround)));
  }
  for (int columns = std::max(1, legend.itemCount()); columns > 0; --columns) {
    legend.setFillOrder(QCPLayoutGrid::foColumnsFirst, false);
    legend.setWrap(columns);
    legend.setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
    if (legend.minimumOuterSizeHint().width() <= plot.width()) break;
  }
}

}  // namespace rehearse::plots
