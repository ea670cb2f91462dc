// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keeps plots fast: long lines are thinned to what is seen of them, dashes are drawn by
// themselves, a plot is drawn when it is painted, tables measure the cells that matter.
#include "app/plots/thin.hpp"

#include <qcustomplot.h>

#include <QStandardItemModel>
#include <QTableView>
#include <catch2/catch.hpp>
#include <cmath>

#include "app/plots/fast_graph.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/plain_table.hpp"

using namespace rehearse;
using namespace rehearse::plots;

namespace {

constexpr int kPoints = 200'000;

struct LongLine {
  QVector<double> x, y;
  LongLine() {
    for (int i = 0; i < kPoints; ++i) {
      x.append(i);
      y.append(std::sin(i * 0.001));
    }
  }
};

}  // namespace

TEST_CASE("thinned: a lone spike survives at every width, and the ends stay") {
  LongLine line;
  line.y[77'777] = 100;
  line.y[123'456] = -100;
  for (const int columns : {1, 7, 300, 1000, 3840}) {
    const Thinned seen = thinned(line.x, line.y, 0, kPoints - 1, columns);
    CHECK(seen.x.size() <= 4 * columns + 8);
    CHECK(seen.y.contains(100));
    CHECK(seen.y.contains(-100));
    CHECK(seen.x.front() == 0);
    CHECK(seen.x.back() == kPoints - 1);
    CHECK(std::is_sorted(seen.x.begin(), seen.x.end()));
  }
}

TEST_CASE("thinned: each column keeps its lowest and highest point") {
  const LongLine line;
  constexpr int kColumns = 50;
  const Thinned seen = thinned(line.x, line.y, 0, kPoints, kColumns);
  for (int column = 0; column < kColumns; ++column) {
    const int begin = column * kPoints / kColumns, end = (column + 1) * kPoints / kColumns;
    const auto [low, high] = std::minmax_element(line.y.begin() + begin, line.y.begin() + end);
    CHECK(seen.y.contains(*low));
    CHECK(seen.y.contains(*high));
  }
}

TEST_CASE("thinned: a few points in range are all kept, with one beyond each end") {
  const LongLine line;
  const Thinned seen = thinned(line.x, line.y, 1000.5, 1010.5, 300);
  CHECK(seen.x.front() == 1000);
  CHECK(seen.x.back() == 1011);
  CHECK(seen.x.size() == 12);
}

TEST_CASE("thinned: a gap stays a gap, on a logarithmic axis too") {
  LongLine line;
  for (int i = 100'000; i < 100'100; ++i) line.y[i] = std::nan("");
  const auto gaps = [](const Thinned& seen) {
    return std::count_if(seen.y.begin(), seen.y.end(), [](double y) { return std::isnan(y); });
  };
  CHECK(gaps(thinned(line.x, line.y, 0, kPoints, 500)) == 1);
  const Thinned log = thinned(line.x, line.y, 1, kPoints, 500, true);
  CHECK(gaps(log) == 1);
  CHECK(log.x.size() < 2100);
}

TEST_CASE("plots: a line of many points is drawn thinned, and anew when zoomed") {
  const LongLine line;
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(kPoints, "s"));
  builder.add("style", std::vector<std::string>(kPoints, "series"));
  builder.add("x", std::vector<double>(line.x.begin(), line.x.end()));
  builder.add("y", std::vector<double>(line.y.begin(), line.y.end()));
  std::unique_ptr<FigureContent> content(makeContent("line", nullptr));
  content->resize(600, 300);
  content->setFigure({"line", "T", "x", "y", "", Json::object(), *std::move(builder).build()},
                     lightTheme());
  QCustomPlot& plot = *content->plot();
  REQUIRE(plot.graphCount() == 1);
  plot.replot();
  CHECK(plot.graph(0)->dataCount() < 5000);
  CHECK(plot.graph(0)->dataCount() > 400);
  plot.xAxis->setRange(5000, 5100);
  plot.replot(QCustomPlot::rpImmediateRefresh);
  CHECK(plot.graph(0)->dataCount() == 103);
}

TEST_CASE("plots: a plot is drawn once it is painted, however often its data and size changed") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{1, 2, 3}).add("y", std::vector<double>{1, 4, 9});
  const Figure figure{"line", "T", "x", "y", "", Json::object(), *std::move(builder).build()};
  const std::unique_ptr<FigureContent> content(makeContent("line", nullptr));
  int drawn = 0;
  QObject::connect(content->plot(), &QCustomPlot::afterReplot, [&drawn] { ++drawn; });
  content->resize(400, 300);
  content->setFigure(figure, lightTheme());
  content->show();
  content->resize(500, 300);
  content->setFigure(figure, darkTheme());
  CHECK(drawn == 0);
  content->grab();
  CHECK(drawn == 1);
  content->grab();
  CHECK(drawn == 1);
}

TEST_CASE("plots: dashes keep their length around a corner and end at what is no number") {
  const double gone = std::nan("");
  const QVector<QLineF> dashes =
      dashesOf({{0, 0}, {3, 0}, {3, 4}, {gone, 5}, {0, 0}, {1, 0}}, {2, 2});
  REQUIRE(dashes.size() == 3);
  CHECK(dashes[0] == QLineF(0, 0, 2, 0));
  CHECK(dashes[1] == QLineF(3, 1, 3, 3));
  CHECK(dashes[2] == QLineF(0, 0, 1, 0));
  CHECK(dashesOf({{0, 0}, {0, 0}}, {2, 2}).isEmpty());
  QVector<QPointF> fine;  // steps and dashes that no double holds
  for (int i = 0; i <= 1000; ++i) fine.append({i * 0.1, 0});
  double drawn = 0;
  for (const QLineF& dash : dashesOf(fine, {0.7, 0.3})) drawn += dash.length();
  CHECK(drawn == Approx(70).margin(0.7));
}

TEST_CASE("plots: a column is as wide as its longest cell, wherever it stands") {
  QTableView table;
  makePlain(table, 28);
  QStandardItemModel model(50, 1);
  for (int row = 0; row < 50; ++row) model.setData(model.index(row, 0), "short");
  model.setData(model.index(40, 0), "a sentence that is much longer than every other cell");
  table.setModel(&model);
  fitColumns(table);
  CHECK(table.columnWidth(0) >= table.sizeHintForIndex(model.index(40, 0)).width());
}

TEST_CASE("plots: many points are stamped where QCPGraph draws them, and as dark") {
  const auto picture = [](auto* graph, QCustomPlot& plot) {
    QVector<double> x, y;
    for (int i = 0; i < 400; ++i) x.append(i % 20), y.append(i / 20);
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(Qt::NoPen), QBrush(Qt::black), 4));
    graph->setData(x, y);
    graph->rescaleAxes();
    plot.axisRect()->setAutoMargins(QCP::msNone);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) axis->setVisible(false);
    return plot.toPixmap(420, 420).toImage();
  };
  QCustomPlot plain, fast;
  const QImage drawn = picture(new QCPGraph(plain.xAxis, plain.yAxis), plain),
               stamped = picture(new FastGraph(fast.xAxis, fast.yAxis), fast);
  const auto ink = [](const QImage& image, const QRect& part) {
    double sum = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
      for (int x = part.left(); x <= part.right(); ++x) sum += 255 - qGray(image.pixel(x, y));
    return sum / 255;
  };
  REQUIRE(ink(drawn, drawn.rect()) > 400 * 10);
  CHECK(ink(stamped, stamped.rect()) == Approx(ink(drawn, drawn.rect())).epsilon(0.02));
  // One point a cell, of 12.6 pixels; half a pixel to the side moves some of it over a border.
  for (int cell = 0; cell < 400; ++cell) {
    const QRect part(cell % 20 * 21, cell / 20 * 21, 21, 21);
    CHECK(ink(stamped, part) == Approx(ink(drawn, part)).margin(5));
  }
}
