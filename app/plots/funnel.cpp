// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `funnel`: a bar a stage and arm, as long as the share of the first stage that reached it, so
// that arms of unequal size compare; whiskers are its 95% interval. Right of the bars stand the
// counts and the share of the stage before. The truth is a thin ink line across its bar.
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <cmath>
#include <map>

#include "app/plots/axis_dress.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/seen_plot.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

constexpr int kBarHeight = 24, kGapHeight = 12, kAroundHeight = 76;
constexpr double kGap = 0.5;  // between two stages, in bars

struct FunnelBar {
  int stage = 0, arm = 0;
  double share = std::nan(""), low = std::nan(""), high = std::nan(""), count = std::nan(""),
         step = std::nan(""), stepLow = std::nan(""), stepHigh = std::nan(""), truth = std::nan(""),
         truthCount = std::nan("");
};

struct FunnelBars {
  QStringList stages, arms;
  QVector<FunnelBar> bars;

  FunnelBar& bar(int stage, int arm) {
    for (FunnelBar& known : bars)
      if (known.stage == stage && known.arm == arm) return known;
    bars.append(FunnelBar{stage, arm});
    return bars.back();
  }
  // Bars are counted from the top; the axis points down.
  double place(const FunnelBar& bar) const {
    return bar.stage * (static_cast<double>(arms.size()) + kGap) + bar.arm;
  }
};

int placeOf(QStringList& words, const QString& word) {
  if (!words.contains(word)) words.append(word);
  return static_cast<int>(words.indexOf(word));
}

FunnelBars readFunnel(const Frame& frame) {
  FunnelBars all;
  const Column *series = frame.find("series"), *style = frame.find("style"),
               *stage = frame.find("stage");
  if (!series || !style || !stage) return all;
  const auto number = [&frame](const char* name, std::size_t row) {
    const Column* column = frame.find(name);
    return column && column->numeric() ? column->number(row) : std::nan("");
  };
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    FunnelBar& bar = all.bar(placeOf(all.stages, QString::fromStdString(stage->cell(row))),
                             placeOf(all.arms, QString::fromStdString(series->cell(row))));
    if (style->cell(row) == view_data::kTruth) {
      bar.truth = number("x", row), bar.truthCount = number("count", row);
      continue;
    }
    bar.share = number("x", row), bar.count = number("count", row);
    bar.low = number("low", row), bar.high = number("high", row);
    bar.step = number("step", row);
    bar.stepLow = number("step_low", row), bar.stepHigh = number("step_high", row);
  }
  return all;
}

QString percent(double share) {
  return std::isfinite(share) ? QString::number(share * 100, 'f', 1) + "%" : QStringLiteral("–");
}

QString counted(double count) {
  return QLocale(QLocale::English).toString(std::round(count), 'f', 0);
}

// Right of the bars: "4,310   62.0% of before".
QString wordsOf(const FunnelBar& bar) {
  if (!std::isfinite(bar.count)) return {};
  return std::isfinite(bar.step)
             ? QObject::tr("%1 · %2 of before").arg(counted(bar.count), percent(bar.step))
             : counted(bar.count);
}

class FunnelPlot : public FigureContent {
 public:
  explicit FunnelPlot(QWidget* parent) : FigureContent(parent), m_plot(new SeenPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setMinimumSize(220, 160);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->axisRect()->setMinimumMargins(QMargins(8, 4, 12, 4));
    m_plot->plotLayout()->insertRow(0);
    auto* above = new QCPLayoutGrid;
    m_plot->plotLayout()->addElement(0, 0, above);
    above->addElement(0, 0, m_plot->legend);
    fillRight(*above);
    m_plot->plotLayout()->setRowStretchFactor(0, 0.001);
    m_plot->plotLayout()->setRowSpacing(0);
    m_plot->yAxis->setRangeReversed(true);
    connect(m_plot, &QCustomPlot::mouseMove, this, &FunnelPlot::tell);
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
      m_plot->legend->setVisible(m_plot->legend->itemCount() > 1);
      wrapLegend(*m_plot, *m_plot->legend);
    });
  }

  QCustomPlot* plot() const override { return m_plot; }

  int heightWanted() const override {
    return static_cast<int>(m_funnel.bars.size()) * kBarHeight +
           static_cast<int>(m_funnel.stages.size()) * kGapHeight + kAroundHeight;
  }

  void setFigure(const Figure& figure, const Theme& theme) override {
    m_funnel = readFunnel(figure.data);
    m_plot->setAccessibleName(tr("Plot: %1").arg(QString::fromStdString(figure.title)));
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->legend->clearItems();
    m_plot->setBackground(QBrush(theme.surface));
    m_plot->setProperty("surface", theme.surface);
    dressLegend(*m_plot->legend, theme);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->yAxis2})
      dressAxis(axis, theme, axis == m_plot->yAxis);
    m_plot->yAxis->grid()->setVisible(false);
    m_plot->xAxis->grid()->setVisible(true);
    m_plot->yAxis->setTickLabelColor(theme.ink);
    m_plot->yAxis2->setTickLabelColor(theme.ink);
    m_plot->yAxis2->setVisible(true);
    m_plot->yAxis2->setRangeReversed(true);
    const QString across = QString::fromStdString(figure.x_title);
    m_plot->xAxis->setLabel(across.isEmpty() ? tr("share of the first stage")
                                             : tr("%1, as a share of the first stage").arg(across));
    m_plot->yAxis->setLabel(QString::fromStdString(figure.y_title));
    draw(theme);
    m_plot->redraw();
  }

 private:
  void draw(const Theme& theme) {
    const double bars = static_cast<double>(m_funnel.arms.size()),
                 stages = static_cast<double>(m_funnel.stages.size());
    QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText), counts(new QCPAxisTickerText),
        shares(new QCPAxisTickerText);
    for (int s = 0; s < m_funnel.stages.size(); ++s)
      names->addTick(s * (bars + kGap) + (bars - 1) / 2, m_funnel.stages[s]);
    double most = 1;
    for (const FunnelBar& bar : m_funnel.bars) {
      counts->addTick(m_funnel.place(bar), wordsOf(bar));
      for (const double reach : {bar.share, bar.high, bar.truth})
        if (std::isfinite(reach)) most = std::max(most, reach);
    }
    for (const int at : {0, 25, 50, 75, 100}) shares->addTick(at / 100.0, QString("%1%").arg(at));
    m_plot->xAxis->setTicker(shares);
    m_plot->yAxis->setTicker(names);
    m_plot->yAxis2->setTicker(counts);
    m_plot->xAxis->setRange(0, most * 1.02);
    for (QCPAxis* axis : {m_plot->yAxis, m_plot->yAxis2})
      axis->setRange(-0.5 - kGap, stages * (bars + kGap) - kGap / 2);
    for (int arm = 0; arm < m_funnel.arms.size(); ++arm) drawArm(arm, theme);
    drawTruth(theme);
  }

  void drawArm(int arm, const Theme& theme) {
    auto* bars = new QCPBars(m_plot->yAxis, m_plot->xAxis);
    const QColor colour = penOf(arm, theme).color();
    bars->setPen(Qt::NoPen);
    bars->setBrush(colour);
    bars->setWidth(0.78);
    bars->setName(m_funnel.arms[arm]);
    bars->setProperty("whole", m_funnel.arms[arm]);
    bars->addToLegend();  // an empty legend would narrow the plot
    for (const FunnelBar& bar : m_funnel.bars) {
      if (bar.arm != arm || !std::isfinite(bar.share)) continue;
      bars->addData(m_funnel.place(bar), bar.share);
      if (std::isfinite(bar.low) && std::isfinite(bar.high)) whisker(bar, theme);
    }
  }

  void line(double x1, double y1, double x2, double y2, const QPen& pen) {
    auto* item = new QCPItemLine(m_plot);
    item->start->setCoords(x1, y1);
    item->end->setCoords(x2, y2);
    item->setPen(pen);
  }

  // An interval in the colour of the words: it lies half on the bar and half on the page.
  void whisker(const FunnelBar& bar, const Theme& theme) {
    const double y = m_funnel.place(bar);
    const QPen pen(theme.muted, 1);
    line(bar.low, y, bar.high, y, pen);
    for (const double end : {bar.low, bar.high}) line(end, y - 0.14, end, y + 0.14, pen);
  }

  void drawTruth(const Theme& theme) {
    bool any = false;
    for (const FunnelBar& bar : m_funnel.bars) {
      if (!std::isfinite(bar.truth) || bar.stage == 0) continue;
      const double y = m_funnel.place(bar);
      line(bar.truth, y - 0.46, bar.truth, y + 0.46, QPen(theme.ink, 2));
      any = true;
    }
    if (!any) return;
    QCPGraph* key = m_plot->addGraph();  // for the legend alone
    key->setPen(QPen(theme.ink, 2));
    key->setName(tr("truth (known: the site is simulated)"));
    key->setProperty("whole", key->name());
    key->addToLegend();
  }

  void tell(QMouseEvent* event) {
    const double at = m_plot->yAxis->pixelToCoord(event->pos().y());
    for (const FunnelBar& bar : m_funnel.bars) {
      if (std::abs(m_funnel.place(bar) - at) > 0.5 || !std::isfinite(bar.count)) continue;
      QString text = m_funnel.stages[bar.stage];
      if (!m_funnel.arms[bar.arm].isEmpty()) text += ", " + m_funnel.arms[bar.arm];
      text += tr("\nusers: %1\nof the first stage: %2").arg(counted(bar.count), percent(bar.share));
      if (std::isfinite(bar.step)) text += tr("\nof the stage before: %1").arg(percent(bar.step));
      if (std::isfinite(bar.stepLow))
        text += tr(" (%1 to %2)").arg(percent(bar.stepLow), percent(bar.stepHigh));
      if (std::isfinite(bar.truth)) text += tr("\ntruth: %1").arg(percent(bar.truth));
      return QToolTip::showText(m_plot->mapToGlobal(event->pos() + QPoint(12, 12)), text, m_plot);
    }
    QToolTip::hideText();
  }

  SeenPlot* m_plot;
  FunnelBars m_funnel;
};

const FigureKindRegistration kFunnel("funnel",
                                     [](QWidget* parent) { return new FunnelPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
