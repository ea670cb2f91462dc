// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `heatmap`: a grid of coloured cells with words on both axes and a colour bar. The palette is
// viridis (lightness rises with the value, also for colour-blind readers and in grey), or blue to
// orange around a centre. Few cells also carry their number.
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <cmath>

#include "app/plots/axis_dress.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/seen_plot.hpp"

namespace rehearse::plots {
namespace {

constexpr int kMostWrittenCells = 120, kMostWords = 16;

struct Grid {
  QStringList xs, ys;
  QVector<double> value;  // row by row of ys
  double low = 0, high = 1, centre = std::nan("");
  double at(int x, int y) const { return value[y * xs.size() + x]; }
};

Grid readGrid(const Frame& frame) {
  Grid grid;
  const Column *x = frame.find("x"), *y = frame.find("y"), *value = frame.find("value"),
               *centre = frame.find("centre");
  if (!x || !y || !value || !value->numeric()) return grid;
  QVector<QPair<int, int>> cells;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const QString xs = QString::fromStdString(x->cell(row)),
                  ys = QString::fromStdString(y->cell(row));
    if (!grid.xs.contains(xs)) grid.xs.append(xs);
    if (!grid.ys.contains(ys)) grid.ys.append(ys);
    cells.append({static_cast<int>(grid.xs.indexOf(xs)), static_cast<int>(grid.ys.indexOf(ys))});
  }
  grid.value = QVector<double>(grid.xs.size() * grid.ys.size(), std::nan(""));
  double low = INFINITY, high = -INFINITY;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const double v = value->number(row);
    const auto [column, line] = cells[static_cast<qsizetype>(row)];
    grid.value[line * grid.xs.size() + column] = v;
    if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
  }
  if (low <= high)
    grid.low = low, grid.high = high > low ? high : low + std::abs(low) * 0.01 + 1e-9;
  if (centre && centre->numeric() && frame.rows() > 0) grid.centre = centre->number(0);
  if (std::isfinite(grid.centre)) {
    const double reach = std::max(grid.high - grid.centre, grid.centre - grid.low);
    grid.low = grid.centre - reach, grid.high = grid.centre + reach;
  }
  return grid;
}

QCPColorGradient paletteOf(const Grid& grid) {
  static constexpr std::array<const char*, 6> kViridis = {"#440154", "#414487", "#2A788E",
                                                          "#22A884", "#7AD151", "#FDE725"};
  static constexpr std::array<const char*, 5> kTwoWays = {"#0B4F8A", "#7FB4DC", "#F4F2EE",
                                                          "#F0A36B", "#A8410A"};
  QCPColorGradient palette;
  palette.clearColorStops();
  const auto fill = [&palette](const auto& colours) {
    for (std::size_t i = 0; i < colours.size(); ++i)
      palette.setColorStopAt(static_cast<double>(i) / static_cast<double>(colours.size() - 1),
                             QColor(colours[i]));
  };
  std::isfinite(grid.centre) ? fill(kTwoWays) : fill(kViridis);
  palette.setNanHandling(QCPColorGradient::nhTransparent);
  return palette;
}

QSharedPointer<QCPAxisTicker> wordTicker(const QStringList& words) {
  QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  const int every = 1 + (static_cast<int>(words.size()) - 1) / kMostWords;
  for (int i = 0; i < words.size(); i += every) ticker->addTick(i, words[i]);
  return ticker;
}

// Values of a knob or a bucket rise upwards, as on an axis; words are read from the top.
bool rises(const QStringList& words) {
  return std::all_of(words.begin(), words.end(), [](const QString& word) {
    const qsizetype sign = word.startsWith('-') ? 1 : 0;
    return word.size() > sign && word[sign].isDigit();
  });
}

// The centres of the outer cells; one cell alone is drawn over its whole range.
QCPRange cellRange(int cells) { return cells > 1 ? QCPRange(0, cells - 1) : QCPRange(-0.5, 0.5); }

void dressCells(QCPAxis* axis, const Theme& theme) {
  axis->setLabelFont(textFont(kLabelPx));
  axis->setTickLabelFont(textFont(kLabelPx));
  axis->setLabelColor(theme.muted);
  axis->setTickLabelColor(theme.muted);
  for (auto set : {&QCPAxis::setBasePen, &QCPAxis::setTickPen, &QCPAxis::setSubTickPen})
    (axis->*set)(QPen(Qt::NoPen));
  axis->grid()->setVisible(false);
  axis->setNumberFormat("gb");
}

class HeatmapPlot : public FigureContent {
 public:
  explicit HeatmapPlot(QWidget* parent) : FigureContent(parent), m_plot(new SeenPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setMinimumHeight(180);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->setLocale(QLocale(QLocale::English));
    m_scale = new QCPColorScale(m_plot);
    m_plot->plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(12);
    m_margins = new QCPMarginGroup(m_plot);
    for (QCPLayoutElement* part : {static_cast<QCPLayoutElement*>(m_plot->axisRect()),
                                   static_cast<QCPLayoutElement*>(m_scale)})
      part->setMarginGroup(QCP::msTop | QCP::msBottom, m_margins);
    connect(m_plot, &QCustomPlot::mouseMove, this, &HeatmapPlot::tell);
    connect(m_plot, &QCustomPlot::beforeReplot, this, &HeatmapPlot::fit);
  }

  QCustomPlot* plot() const override { return m_plot; }

  void setFigure(const Figure& figure, const Theme& theme) override {
    m_grid = readGrid(figure.data);
    m_plot->setAccessibleName(tr("Plot: %1").arg(QString::fromStdString(figure.title)));
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(QBrush(theme.surface));
    m_plot->setProperty("surface", theme.surface);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_scale->axis()}) dressCells(axis, theme);
    m_plot->xAxis->setLabel(QString::fromStdString(figure.x_title));
    m_yTitle = QString::fromStdString(figure.y_title);
    m_scale->setVisible(!m_grid.value.isEmpty());
    if (!m_grid.value.isEmpty()) draw();
    m_plot->redraw();
  }

 private:
  void draw() {
    const int columns = static_cast<int>(m_grid.xs.size()),
              lines = static_cast<int>(m_grid.ys.size());
    const QCPColorGradient palette = paletteOf(m_grid);
    auto* map = new QCPColorMap(m_plot->xAxis, m_plot->yAxis);
    map->setInterpolate(false);
    map->setTightBoundary(false);
    map->data()->setSize(columns, lines);
    map->data()->setRange(cellRange(columns), cellRange(lines));
    for (int y = 0; y < lines; ++y)
      for (int x = 0; x < columns; ++x) map->data()->setCell(x, y, m_grid.at(x, y));
    map->setColorScale(m_scale);
    map->setGradient(palette);
    map->setDataRange(QCPRange(m_grid.low, m_grid.high));
    m_scale->setGradient(palette);
    m_plot->xAxis->setTicker(wordTicker(m_grid.xs));
    m_plot->yAxis->setTicker(wordTicker(m_grid.ys));
    m_plot->xAxis->setRange(-0.5, columns - 0.5);
    m_plot->yAxis->setRange(-0.5, lines - 0.5);
    m_plot->yAxis->setRangeReversed(!rises(m_grid.ys));
    if (columns * lines <= kMostWrittenCells && columns <= kMostWords) writeNumbers(palette);
  }

  void writeNumbers(QCPColorGradient palette) {
    for (int y = 0; y < m_grid.ys.size(); ++y)
      for (int x = 0; x < m_grid.xs.size(); ++x) {
        const double value = m_grid.at(x, y);
        if (!std::isfinite(value)) continue;
        const QColor under(palette.color(value, QCPRange(m_grid.low, m_grid.high)));
        auto* text = new QCPItemText(m_plot);
        text->position->setCoords(x, y);
        text->setText(QString::number(value, 'g', 3));
        text->setFont(textFont(kLabelPx));
        text->setColor(contrastRatio(under, Qt::black) > contrastRatio(under, Qt::white)
                           ? Qt::black
                           : Qt::white);
      }
  }

  void fit() {
    m_plot->yAxis->setLabel(fittedLabel(m_yTitle, *m_plot));
    if (m_grid.xs.isEmpty()) return;
    const double width = m_plot->axisRect()->width() / static_cast<double>(m_grid.xs.size());
    fitWords(width);
    fitNumbers(width);
  }

  // Words below cells that are narrower are slanted.
  void fitWords(double width) {
    constexpr int kApart = 8, kSlant = -40;
    const QFontMetrics metrics(textFont(kLabelPx));
    const int every = 1 + (static_cast<int>(m_grid.xs.size()) - 1) / kMostWords;
    int widest = 0;
    for (const QString& word : m_grid.xs)
      widest = std::max(widest, metrics.horizontalAdvance(word));
    m_plot->xAxis->setTickLabelRotation(widest + kApart > width * every ? kSlant : 0);
  }

  // Numbers that do not fit into their cells would only blur them.
  void fitNumbers(double width) {
    const double height = m_plot->axisRect()->height() / static_cast<double>(m_grid.ys.size());
    const QFontMetrics metrics(textFont(kLabelPx));
    bool fit = height >= metrics.height();
    for (int i = 0; fit && i < m_plot->itemCount(); ++i)
      if (const auto* text = qobject_cast<QCPItemText*>(m_plot->item(i)))
        fit = metrics.horizontalAdvance(text->text()) + 4 <= width;
    for (int i = 0; i < m_plot->itemCount(); ++i) m_plot->item(i)->setVisible(fit);
  }

  void tell(QMouseEvent* event) {
    const int x = static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(event->pos().x()))),
              y = static_cast<int>(std::lround(m_plot->yAxis->pixelToCoord(event->pos().y())));
    if (x < 0 || y < 0 || x >= m_grid.xs.size() || y >= m_grid.ys.size())
      return QToolTip::hideText();
    const QString text = tr("%1: %2\n%3: %4\n%5")
                             .arg(m_plot->xAxis->label(), m_grid.xs[x], m_yTitle, m_grid.ys[y],
                                  QString::number(m_grid.at(x, y), 'g', 5));
    QToolTip::showText(m_plot->mapToGlobal(event->pos() + QPoint(12, 12)), text, m_plot);
  }

  SeenPlot* m_plot;
  QCPColorScale* m_scale;
  QCPMarginGroup* m_margins;
  Grid m_grid;
  QString m_yTitle;
};

const FigureKindRegistration kHeatmap("heatmap",
                                      [](QWidget* parent) { return new HeatmapPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
