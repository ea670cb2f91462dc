// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each kind of plot draws of its columns, read back from the picture's own objects.
#include <qcustomplot.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"

using namespace rehearse;
using namespace rehearse::plots;

namespace {

struct Rows {
  std::vector<std::string> series, style, label;
  std::vector<double> x, y;
  Rows& add(const char* name, const char* how, double at, double value, const char* words = "") {
    series.emplace_back(name), style.emplace_back(how), label.emplace_back(words);
    x.push_back(at), y.push_back(value);
    return *this;
  }
  Frame frame() const {
    Frame::Builder builder;
    builder.add("series", series).add("style", style).add("x", x).add("y", y).add("label", label);
    return *std::move(builder).build();
  }
};

std::unique_ptr<FigureContent> drawn(const char* kind, const Frame& frame,
                                     const Json& options = Json::object()) {
  std::unique_ptr<FigureContent> content(makeContent(kind, nullptr));
  content->resize(500, 320);
  content->setFigure({kind, "Title", "across", "up", "", options, frame}, lightTheme());
  REQUIRE(content->plot());
  return content;
}

QStringList wordsOn(const QCustomPlot& plot) {
  QStringList words;
  for (int i = 0; i < plot.itemCount(); ++i)
    if (const auto* text = qobject_cast<QCPItemText*>(plot.item(i))) words.append(text->text());
  return words;
}

Frame grid(int columns, int lines, double centre = std::nan("")) {
  std::vector<std::string> x, y;
  std::vector<double> value;
  for (int line = 0; line < lines; ++line)
    for (int column = 0; column < columns; ++column) {
      x.push_back(std::to_string(column)), y.push_back("l" + std::to_string(line));
      value.push_back(column + line == 0 ? std::nan("") : column + 10 * line);
    }
  Frame::Builder builder;
  builder.add("x", x).add("y", y).add("value", value);
  if (std::isfinite(centre)) builder.add("centre", std::vector<double>(x.size(), centre));
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("plots: a ROC curve always shows the whole square") {
  const auto content = drawn("roc", Rows()
                                        .add("m", "series", 0, 0)
                                        .add("m", "series", 0.2, 0.6)
                                        .add("m", "series", 1, 1)
                                        .add("", "guide", 0, 0)
                                        .add("", "guide", 1, 1, "chance")
                                        .frame());
  const QCustomPlot& plot = *content->plot();
  CHECK(plot.xAxis->range().contains(0));
  CHECK(plot.xAxis->range().contains(1));
  CHECK(plot.yAxis->range().contains(1));
  CHECK(wordsOn(plot) == QStringList{"chance"});
}

TEST_CASE("plots: the first noisy calls do not choose the height of a precision curve") {
  const auto content = drawn("pr", Rows()
                                       .add("m", "series", 0.001, 1)
                                       .add("m", "series", 0.5, 0.1)
                                       .add("m", "series", 1, 0.03)
                                       .frame());
  CHECK(content->plot()->yAxis->range().upper < 0.2);
  CHECK(content->plot()->yAxis->range().upper > 0.1);
}

TEST_CASE("plots: a distribution is drawn in steps up to the right edge") {
  const auto content = drawn("ecdf", Rows()
                                         .add("a", "series", 1, 0)
                                         .add("a", "series", 2, 1)
                                         .add("b", "series", 3, 0)
                                         .add("b", "series", 9, 1)
                                         .frame());
  const QCustomPlot& plot = *content->plot();
  REQUIRE(plot.graphCount() == 2);
  CHECK(plot.graph(0)->lineStyle() == QCPGraph::lsStepLeft);
  bool found = false;
  CHECK(plot.graph(0)->getKeyRange(found).upper == 9);
  CHECK(found);
}

TEST_CASE("plots: a cloud has no lines, and its truth has no points") {
  Rows rows;
  for (int i = 0; i < 1000; ++i) rows.add("cloud", "series", i, i % 7);
  rows.add("truth", "truth", 0, 3).add("truth", "truth", 999, 3);
  const auto content = drawn("scatter", rows.frame());
  const QCustomPlot& plot = *content->plot();
  REQUIRE(plot.graphCount() == 2);
  CHECK(plot.graph(0)->lineStyle() == QCPGraph::lsNone);
  CHECK_FALSE(plot.graph(0)->scatterStyle().isNone());
  CHECK(plot.graph(1)->lineStyle() == QCPGraph::lsLine);
  CHECK(plot.graph(1)->scatterStyle().isNone());
}

TEST_CASE("plots: no two of eight series look the same") {
  Rows rows;
  for (int i = 0; i < 8; ++i)
    for (int x = 0; x < 3; ++x)
      rows.add(std::string(1, static_cast<char>('a' + i)).c_str(), "series", x, i);
  const auto content = drawn("line", rows.frame());
  const QCustomPlot& plot = *content->plot();
  REQUIRE(plot.graphCount() == 8);
  std::set<std::tuple<QRgb, int, int>> looks;
  for (int i = 0; i < 8; ++i)
    looks.emplace(plot.graph(i)->pen().color().rgb(),
                  static_cast<int>(plot.graph(i)->pen().style()),
                  static_cast<int>(plot.graph(i)->scatterStyle().shape()));
  CHECK(looks.size() == 8);
}

TEST_CASE("plots: a logarithmic axis begins at the least value above 0") {
  const auto content = drawn(
      "line",
      Rows().add("a", "series", 0, 1).add("a", "series", 0.01, 1).add("a", "series", 1, 2).frame(),
      {{"log_x", true}});
  CHECK(content->plot()->xAxis->range().lower < 0.01);
  CHECK(content->plot()->xAxis->range().lower > 0.009);
}

TEST_CASE("plots: a logarithmic axis of less than three decades has ticks between them") {
  const auto ticks = [](double low, double high) {
    const auto content =
        drawn("line", Rows().add("a", "series", low, 1).add("a", "series", high, 2).frame(),
              {{"log_x", true}});
    content->plot()->setViewport(QRect(0, 0, 500, 320));
    content->plot()->replot();
    QVector<double> seen;
    for (const double tick : content->plot()->xAxis->tickVector())
      if (content->plot()->xAxis->range().contains(tick)) seen.append(tick);
    return seen;
  };
  CHECK(ticks(2, 100) == QVector<double>{2, 5, 10, 20, 50, 100});
  CHECK(ticks(1, 1000) == QVector<double>{1, 10, 100, 1000});
  CHECK(ticks(30, 45).size() >= 3);
}

TEST_CASE("plots: labels along a narrow axis have room") {
  const auto content =
      drawn("line", Rows().add("a", "series", 2000, 1).add("a", "series", 16000, 2).frame());
  content->plot()->setViewport(QRect(0, 0, 300, 220));
  content->plot()->replot();
  const QCPAxis& axis = *content->plot()->xAxis;
  const QFontMetrics metrics(axis.tickLabelFont());
  int asked = 0, seen = 0;
  for (const double tick : axis.tickVector())
    if (axis.range().contains(tick))
      asked += metrics.horizontalAdvance(QLocale(QLocale::English).toString(tick, 'g', 6)), ++seen;
  CHECK(seen >= 2);
  CHECK(asked < axis.axisRect()->width());
}

TEST_CASE("plots: a heatmap writes the numbers of few cells, and none for an empty one") {
  const auto content = drawn("heatmap", grid(3, 2));
  const QStringList words = wordsOn(*content->plot());
  CHECK(words == QStringList{"1", "2", "10", "11", "12"});
  CHECK(wordsOn(*drawn("heatmap", grid(40, 30))->plot()).isEmpty());
}

TEST_CASE("plots: one column or one line of cells fills its axis") {
  for (const auto& [columns, lines] : {std::pair{1, 3}, std::pair{3, 1}, std::pair{1, 1}}) {
    const auto content = drawn("heatmap", grid(columns, lines));
    INFO(columns << " x " << lines);
    CHECK(content->plot()->xAxis->range().size() == columns);
    CHECK(content->plot()->yAxis->range().size() == lines);
    CHECK_FALSE(content->grab().isNull());
  }
}

TEST_CASE("plots: a palette of two directions is symmetric around its centre") {
  const auto content = drawn("heatmap", grid(3, 2, 10));
  const auto* map = qobject_cast<QCPColorMap*>(content->plot()->plottable(0));
  REQUIRE(map);
  CHECK(map->dataRange().center() == Approx(10));
  CHECK(map->dataRange().lower == Approx(1));
}

TEST_CASE("plots: every kind is written as PNG and SVG in both themes") {
  for (const char* kind : {"roc", "pr", "ecdf", "scatter", "heatmap"})
    for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
      const Frame frame = std::string(kind) == "heatmap"
                              ? grid(4, 3)
                              : Rows().add("a", "series", 0, 0).add("a", "series", 1, 1).frame();
      const Figure figure{kind, "Title", "across", "up", "", Json::object(), frame};
      INFO(kind);
      CHECK(renderPng(figure, *theme, 300, 200, 1).startsWith("\x89PNG"));
      CHECK(renderSvg(figure, *theme, 300, 200).contains("<svg"));
    }
}

TEST_CASE("plots: days have ticks at whole days alone") {
  Rows rows;
  for (int day = 0; day <= 13; ++day) rows.add("a", "series", day, day % 3);
  const auto content = drawn("line", rows.frame());
  content->plot()->replot();
  const QVector<double> ticks = content->plot()->xAxis->tickVector();
  REQUIRE(ticks.size() >= 3);
  for (const double tick : ticks) CHECK(tick == std::floor(tick));
}

TEST_CASE("plots: counts have ticks at whole numbers alone") {
  Rows rows;
  for (int i = 0; i <= 8; ++i) rows.add("a", "series", i * 0.1, i % 3);
  const auto content = drawn("line", rows.frame());
  content->plot()->replot();
  const QVector<double> ticks = content->plot()->yAxis->tickVector();
  REQUIRE(ticks.size() >= 3);
  for (const double tick : ticks) CHECK(tick == std::floor(tick));
}

TEST_CASE("plots: the whiskers of a reliability plot end below its top") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{0.1, 0.3}).add("y", std::vector<double>{0.1, 0.3});
  builder.add("low", std::vector<double>{0.05, 0.2}).add("high", std::vector<double>{0.15, 0.5});
  const auto content = drawn("reliability", *std::move(builder).build());
  CHECK(content->plot()->yAxis->range().upper > 0.5);
  CHECK(content->plot()->xAxis->range() == content->plot()->yAxis->range());
}

TEST_CASE("plots: a legend asks for no more width than a narrow plot has") {
  Rows rows;
  for (int i = 0; i < 4; ++i)
    for (int x = 0; x < 3; ++x)
      rows.add(("a series with quite a long name, the number " + std::to_string(i)).c_str(),
               "series", x, i);
  const auto content = drawn("line", rows.frame());
  CHECK(content->minimumSizeHint().width() <= 240);
  content->resize(300, 320);
  content->plot()->resize(300, 320);
  content->plot()->replot();
  CHECK(content->plot()->legend->minimumOuterSizeHint().width() <= 300);
  // The legend takes its own width and none of the plot's.
  content->resize(900, 320);
  content->grab();  // lays out what was never shown
  content->plot()->replot(QCustomPlot::rpImmediateRefresh);
  CHECK(content->plot()->axisRect()->width() > 700);
}
