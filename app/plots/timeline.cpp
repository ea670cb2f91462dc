// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `timeline`: a strip a signal, each with an own y axis, on one time axis that zooms as one.
// What happened to all of them stands as words in a lane above and as lines through every strip;
// what was broken is shaded behind the strips that it touched.
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <cmath>

#include "app/plots/axis_dress.hpp"
#include "app/plots/seen_plot.hpp"
#include "app/plots/timeline_lane.hpp"
#include "app/plots/timeline_strips.hpp"

namespace rehearse::plots {
namespace {

constexpr int kStripHeight = 64, kTitleHeight = 18, kAxisHeight = 44;
constexpr double kSpanAlpha = 0.10, kMostMarkedPoints = 60;

class TimelinePlot : public FigureContent {
 public:
  explicit TimelinePlot(QWidget* parent) : FigureContent(parent), m_plot(new SeenPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setMinimumSize(220, 180);
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->setLocale(QLocale(QLocale::English));
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { resetZoom(); });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { setZoomed(true); });
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
      if (m_legend) wrapLegend(*m_plot, *m_legend);
    });
    // Where the lane is stands only then, on the screen as in a picture that is exported.
    connect(m_plot, &QCustomPlot::afterLayout, this, [this] {
      if (!m_rects.isEmpty()) m_lane.place();
    });
  }

  QCustomPlot* plot() const override { return m_plot; }

  int heightWanted() const override {
    return static_cast<int>(m_strips.strips.size()) * (kStripHeight + kTitleHeight) + kAxisHeight +
           m_lane.height() + (m_legend ? kTitleHeight : 0);
  }

  void setFigure(const Figure& figure, const Theme& theme) override {
    const QCPRange before = m_rects.isEmpty() ? QCPRange() : m_rects.back()->axis(xSide())->range();
    m_strips = readStrips(figure.data);
    m_plot->setAccessibleName(tr("Plot: %1").arg(QString::fromStdString(figure.title)));
    m_plot->setBackground(QBrush(theme.surface));
    m_plot->setProperty("surface", theme.surface);
    clear();
    addLegend(theme);
    m_lane.make(m_plot, static_cast<int>(m_strips.events.size()));
    place(m_lane.rect(), 0.001);
    for (const Strip& strip : m_strips.strips) addStrip(strip, theme);
    if (m_rects.isEmpty()) return m_plot->redraw();
    QCPAxis* x = m_rects.back()->axis(xSide());
    x->setTickLabels(true);
    x->setBasePen(QPen(theme.line, 1));
    x->setLabel(QString::fromStdString(figure.x_title));
    for (const StripEvent& event : m_strips.events) addEvent(event, theme);
    zoomed() ? x->setRange(before) : resetRange();
    m_plot->redraw();
  }

  void resetZoom() override {
    setZoomed(false);
    resetRange();
    m_plot->redraw();
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::MouseMove) {
      const auto* mouse = static_cast<QMouseEvent*>(event);
      if (mouse->buttons() == Qt::NoButton) tell(mouse->pos());
      if (mouse->buttons() & Qt::LeftButton) setZoomed(true);
    }
    if (event->type() == QEvent::KeyPress && !m_rects.isEmpty()) {
      const int key = static_cast<QKeyEvent*>(event)->key();
      const double factor = key == Qt::Key_Plus || key == Qt::Key_Equal ? 0.8
                            : key == Qt::Key_Minus                      ? 1.25
                                                                        : 0;
      if (key == Qt::Key_0) return resetZoom(), true;
      if (factor > 0) {
        setZoomed(true);
        m_rects.back()->axis(xSide())->scaleRange(factor);
        m_plot->redraw();
        return true;
      }
    }
    return FigureContent::eventFilter(watched, event);
  }

 private:
  static constexpr QCPAxis::AxisType xSide() { return QCPAxis::atBottom; }
  QCPAxis* yOf(qsizetype strip) const { return m_rects[strip]->axis(QCPAxis::atLeft); }

  void clear() {
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->plotLayout()->clear();
    m_plot->plotLayout()->setRowSpacing(0);
    m_rects.clear();
    m_legend = nullptr;
    m_margins = new QCPMarginGroup(m_plot);
  }

  // Only where a strip has more than one line.
  void addLegend(const Theme& theme) {
    if (m_strips.names.size() < 2) return;
    auto* holder = new QCPLayoutGrid;
    m_legend = new QCPLegend;
    m_plot->plotLayout()->addElement(m_plot->plotLayout()->rowCount(), 0, holder);
    holder->addElement(0, 0, m_legend);
    fillRight(*holder);
    m_legend->setLayer("legend");
    dressLegend(*m_legend, theme);
    holder->setMaximumSize(QWIDGETSIZE_MAX, kTitleHeight * 2);
    m_plot->plotLayout()->setRowStretchFactor(m_plot->plotLayout()->rowCount() - 1, 0.001);
  }

  void place(QCPAxisRect* rect, double stretch) {
    const int row = m_plot->plotLayout()->rowCount();
    m_plot->plotLayout()->addElement(row, 0, rect);
    m_plot->plotLayout()->setRowStretchFactor(row, stretch);
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, m_margins);
    rect->setMinimumMargins(QMargins(8, 0, 12, 0));
  }

  void addStrip(const Strip& strip, const Theme& theme) {
    const bool last = &strip == &m_strips.strips.back();
    auto* rect = new QCPAxisRect(m_plot, false);
    rect->addAxes(QCPAxis::atLeft | xSide());
    rect->setAutoMargins(QCP::msLeft | QCP::msRight);
    rect->setMargins(QMargins(0, kTitleHeight, 0, last ? kAxisHeight : 3));
    constexpr double kInner = kStripHeight, kOuter = kInner + kTitleHeight + 3;
    place(rect, last ? (kOuter + kAxisHeight - 3) / kOuter : 1);
    QCPAxis *x = rect->axis(xSide()), *y = rect->axis(QCPAxis::atLeft);
    for (QCPAxis* axis : {x, y}) dressAxis(axis, theme, false);
    x->grid()->setVisible(false);
    x->setTickLabels(false);
    x->setTicker(m_strips.whole ? wholeTicker() : tickerFor(false, false));
    y->ticker()->setTickCount(2);
    rect->setRangeDrag(Qt::Horizontal);
    rect->setRangeZoom(Qt::Horizontal);
    follow(x);
    m_rects.append(rect);
    setHeight(strip, *y);
    for (const Trace& trace : strip.set.traces) addTrace(trace, strip.truth(), x, y, theme);
    for (const StripSpan& span : strip.spans) addSpan(span, rect, theme);
    title(strip, rect, theme);
  }

  // All x axes move as one; a change that changes nothing ends the round.
  void follow(QCPAxis* x) {
    const auto moved = qOverload<const QCPRange&>(&QCPAxis::rangeChanged);
    const auto move = qOverload<const QCPRange&>(&QCPAxis::setRange);
    QList<QCPAxis*> others{m_lane.axis()};
    for (QCPAxisRect* rect : m_rects) others.append(rect->axis(xSide()));
    for (QCPAxis* other : others) {
      connect(x, moved, other, move);
      connect(other, moved, x, move);
    }
  }

  static void setHeight(const Strip& strip, QCPAxis& y) {
    double low = strip.set.yMin, high = strip.set.yMax;
    if (high <= low) high = low + (low == 0 ? 1 : std::abs(low) * 0.1);
    const bool fromZero = low >= 0 && low < 0.5 * high;
    const double room = (high - (fromZero ? 0 : low)) * 0.12;
    y.setRange(fromZero ? 0 : low - room, high + room);
  }

  QCPGraph* graph(const Trace& trace, QCPAxis* x, QCPAxis* y, const QPen& pen) {
    QCPGraph* made = m_plot->addGraph(x, y);
    made->setPen(pen);
    made->setName(trace.series);
    made->setProperty("whole", trace.series);
    return made;
  }

  void addTrace(const Trace& trace, bool known, QCPAxis* x, QCPAxis* y, const Theme& theme) {
    if (trace.style == view_data::kBand) {
      QColor fill = penOf(trace.colour, theme).color();
      fill.setAlphaF(kBandAlpha);
      QCPGraph *low = graph(trace, x, y, Qt::NoPen), *high = graph(trace, x, y, Qt::NoPen);
      low->setData(trace.x, trace.low);
      high->setData(trace.x, trace.high);
      high->setBrush(fill);
      high->setChannelFillGraph(low);
      return;
    }
    const bool alarm = trace.style == view_data::kAlarm,
               truth = trace.style == view_data::kTruth || (known && !alarm);
    QCPGraph* line = graph(trace, x, y, truth ? QPen(theme.ink, 1) : penOf(trace.colour, theme));
    line->setData(trace.x, trace.y);
    if (alarm) {
      line->setLineStyle(QCPGraph::lsNone);
      line->setScatterStyle(
          QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.bad, 2), Qt::NoBrush, 11));
    } else if (!truth && trace.x.size() <= kMostMarkedPoints) {
      line->setScatterStyle(
          QCPScatterStyle(shapeOf(trace.colour), QPen(line->pen().color(), 1.5), theme.surface, 5));
    }
    if (m_legend && !alarm && m_legend->itemCount() < m_strips.names.size() &&
        !inLegend(trace.series))
      line->addToLegend(m_legend);
  }

  bool inLegend(const QString& name) const {
    for (int i = 0; i < m_legend->itemCount(); ++i)
      if (auto* item = qobject_cast<QCPPlottableLegendItem*>(m_legend->item(i));
          item && item->plottable()->property("whole") == name)
        return true;
    return false;
  }

  void addSpan(const StripSpan& span, QCPAxisRect* rect, const Theme& theme) {
    auto* shade = new QCPItemRect(m_plot);
    shade->setLayer("background");
    shade->setClipAxisRect(rect);
    for (QCPItemPosition* corner : {shade->topLeft, shade->bottomRight}) {
      corner->setAxes(rect->axis(xSide()), rect->axis(QCPAxis::atLeft));
      corner->setAxisRect(rect);
      corner->setTypeX(QCPItemPosition::ptPlotCoords);
      corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    shade->topLeft->setCoords(span.begin, 0);
    shade->bottomRight->setCoords(span.end, 1);
    QColor fill = theme.ink;
    fill.setAlphaF(kSpanAlpha);
    shade->setBrush(fill);
    shade->setPen(Qt::NoPen);
  }

  void title(const Strip& strip, QCPAxisRect* rect, const Theme& theme) {
    const QString unit = strip.unit.isEmpty() ? QString() : QString(" (%1)").arg(strip.unit);
    words(strip.name + unit, rect, 0, Qt::AlignLeft, theme.ink);
    if (!strip.group.isEmpty()) words(strip.group, rect, 1, Qt::AlignRight, theme.muted);
  }

  void words(const QString& text, QCPAxisRect* rect, double x, Qt::Alignment side,
             const QColor& ink) {
    auto* item = new QCPItemText(m_plot);
    item->setClipToAxisRect(false);
    item->position->setAxisRect(rect);
    item->position->setType(QCPItemPosition::ptAxisRectRatio);
    item->position->setCoords(x, 0);
    item->setPositionAlignment(side | Qt::AlignBottom);
    item->setPadding(QMargins(0, 0, 0, 1));
    item->setText(text);
    item->setFont(textFont(kLabelPx));
    item->setColor(ink);
  }

  void addEvent(const StripEvent& event, const Theme& theme) {
    const QColor colour = event.alarm ? theme.bad : theme.ink;
    for (qsizetype i = 0; event.line && i < m_rects.size(); ++i) {
      if (!event.strip.isEmpty() &&
          event.strip != m_strips.strips[static_cast<std::size_t>(i)].name)
        continue;
      auto* line = new QCPItemStraightLine(m_plot);
      line->setClipAxisRect(m_rects[i]);
      for (QCPItemPosition* end : {line->point1, line->point2})
        end->setAxes(m_rects[i]->axis(xSide()), yOf(i));
      line->point1->setCoords(event.x, 0);
      line->point2->setCoords(event.x, 1);
      line->setPen(QPen(colour, 1, event.alarm ? Qt::DashLine : Qt::SolidLine));
    }
    m_lane.add(m_plot, event, theme);
  }

  void resetRange() {
    if (m_rects.isEmpty()) return;
    const double side = std::max(1e-9, m_strips.xMax - m_strips.xMin) * 0.01;
    m_rects.back()->axis(xSide())->setRange(m_strips.xMin - side, m_strips.xMax + side);
  }

  void tell(const QPoint& position) {
    for (qsizetype i = 0; i < m_rects.size(); ++i) {
      if (!m_rects[i]->rect().contains(position)) continue;
      const Strip& strip = m_strips.strips[static_cast<std::size_t>(i)];
      const QString text = strip.at(m_rects[i]->axis(xSide())->pixelToCoord(position.x()));
      if (text.isEmpty()) break;
      QToolTip::showText(m_plot->mapToGlobal(position + QPoint(12, 12)), text, m_plot);
      return;
    }
    QToolTip::hideText();
  }

  SeenPlot* m_plot;
  StripSet m_strips;
  QList<QCPAxisRect*> m_rects;
  TimelineLane m_lane;
  QCPLegend* m_legend = nullptr;
  QCPMarginGroup* m_margins = nullptr;
};

const FigureKindRegistration kTimeline("timeline",
                                       [](QWidget* parent) { return new TimelinePlot(parent); });

}  // namespace
}  // namespace rehearse::plots
