// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a timeline and a funnel draw of their rows, read back from the picture's own objects.
#include <qcustomplot.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/timeline_strips.hpp"

using namespace rehearse;
using namespace rehearse::plots;

namespace {

struct TimelineTable {
  std::vector<std::string> strip, group, series, style, label;
  std::vector<double> x, y, end;
  TimelineTable& add(const char* name, const char* how, double at, double value,
                     const char* words = "", double until = std::nan(""), const char* line = "") {
    strip.emplace_back(name), group.emplace_back("layer"), series.emplace_back(line);
    style.emplace_back(how), label.emplace_back(words);
    x.push_back(at), y.push_back(value), end.push_back(until);
    return *this;
  }
  Frame frame() const {
    Frame::Builder builder;
    builder.add("strip", strip).add("group", group).add("series", series).add("style", style);
    builder.add("x", x).add("y", y).add("end", end).add("label", label);
    return *std::move(builder).build();
  }
};

Frame twoStrips() {
  TimelineTable rows;
  for (int hour = 0; hour < 48; ++hour)
    rows.add("p99", "series", hour, 100 + hour % 5).add("clicks", "series", hour, 0.03);
  rows.add("p99", "span", 20, std::nan(""), "truth: slow dependency", 30)
      .add("p99", "alarm", 22, 104, "first alarm")
      .add("", "mark", 18, std::nan(""), "deploy 41")
      .add("", "mark", 18, std::nan(""), "deploy 41");
  return rows.frame();
}

std::unique_ptr<FigureContent> painted(const char* kind, const Frame& frame, int height = 320) {
  std::unique_ptr<FigureContent> content(makeContent(kind, nullptr));
  content->resize(640, height);
  content->setFigure({kind, "Title", "hour", "", "", Json::object(), frame}, lightTheme());
  content->grab();  // lays out what was never shown
  content->plot()->replot(QCustomPlot::rpImmediateRefresh);
  return content;
}

QStringList visibleWords(const QCustomPlot& plot) {
  QStringList words;
  for (int i = 0; i < plot.itemCount(); ++i)
    if (const auto* text = qobject_cast<QCPItemText*>(plot.item(i)); text && text->visible())
      words.append(text->text());
  return words;
}

Frame funnel() {
  Frame::Builder builder;
  builder
      .add("series",
           std::vector<std::string>{"control", "treatment", "control", "treatment", "treatment"})
      .add("style", std::vector<std::string>{"series", "series", "series", "series", "truth"})
      .add("stage", std::vector<std::string>{"landed", "landed", "joined", "joined", "joined"})
      .add("x", std::vector<double>{1, 1, 0.4, 0.5, 0.48})
      .add("low", std::vector<double>{std::nan(""), std::nan(""), 0.37, 0.48, std::nan("")})
      .add("high", std::vector<double>{std::nan(""), std::nan(""), 0.43, 0.52, std::nan("")})
      .add("count", std::vector<double>{1000, 2000, 400, 1000, 960})
      .add("step", std::vector<double>{std::nan(""), std::nan(""), 0.4, 0.5, 0.48});
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("plots: rows of a timeline become strips, spans and events that stand once") {
  const StripSet set = readStrips(twoStrips());
  REQUIRE(set.strips.size() == 2);
  CHECK(set.strips[0].name == "p99");
  CHECK(set.strips[0].spans.size() == 1);
  CHECK(set.strips[1].spans.empty());
  REQUIRE(set.events.size() == 3);
  CHECK(set.events[0].label == "deploy 41");
  CHECK(set.events[1].label == "truth: slow dependency");
  CHECK(set.events[2].label == "first alarm: p99");
  CHECK(set.events[2].alarm);
  CHECK_FALSE(set.events[2].line);
  CHECK(set.xMin == 0);
  CHECK(set.xMax == 47);
  CHECK(set.strips[0].at(22).contains("104 at 22"));
}

TEST_CASE("plots: all strips of a timeline move as one") {
  const auto content = painted("timeline", twoStrips());
  QCustomPlot& plot = *content->plot();
  REQUIRE(plot.axisRectCount() == 3);  // the lane of words, and two strips
  plot.axisRect(2)->axis(QCPAxis::atBottom)->setRange(10, 20);
  for (int i = 0; i < 3; ++i)
    CHECK(plot.axisRect(i)->axis(QCPAxis::atBottom)->range() == QCPRange(10, 20));
  CHECK(plot.axisRect(1)->axis(QCPAxis::atLeft)->range() !=
        plot.axisRect(2)->axis(QCPAxis::atLeft)->range());
}

TEST_CASE("plots: strips share their left edge, and a mark is a line through each of them") {
  const auto content = painted("timeline", twoStrips());
  const QCustomPlot& plot = *content->plot();
  CHECK(plot.axisRect(1)->left() == plot.axisRect(2)->left());
  CHECK(plot.axisRect(0)->left() == plot.axisRect(1)->left());
  int lines = 0, shades = 0;
  for (int i = 0; i < plot.itemCount(); ++i) {
    lines += qobject_cast<QCPItemStraightLine*>(plot.item(i)) != nullptr;
    shades += qobject_cast<QCPItemRect*>(plot.item(i)) != nullptr;
  }
  CHECK(lines == 2);
  CHECK(shades == 1);
  CHECK(visibleWords(plot).contains("deploy 41"));
}

TEST_CASE("plots: words of events never lie on one another") {
  TimelineTable rows;
  for (int hour = 0; hour < 48; ++hour) rows.add("a", "series", hour, hour % 3);
  for (int i = 0; i < 9; ++i)
    rows.add("", "mark", 20 + i * 0.5, std::nan(""),
             ("an event, number " + std::to_string(i)).c_str());
  const auto content = painted("timeline", rows.frame());
  const QCustomPlot& plot = *content->plot();
  QList<QRectF> boxes;
  for (int i = 0; i < plot.itemCount(); ++i) {
    auto* text = qobject_cast<QCPItemText*>(plot.item(i));
    if (!text || !text->visible() || !text->property("at").isValid()) continue;
    const QRectF box(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition());
    for (const QRectF& other : boxes) CHECK_FALSE(box.intersects(other));
    CHECK(box.right() <= plot.width());
    boxes.append(box);
  }
  CHECK(boxes.size() >= 4);
}

TEST_CASE("plots: a timeline is as tall as its strips, also where it is saved") {
  TimelineTable rows;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"})
    for (int hour = 0; hour < 5; ++hour) rows.add(name, "series", hour, hour);
  const auto content = painted("timeline", rows.frame());
  CHECK(content->heightWanted() > 600);
  const Figure figure{"timeline", "Title", "hour", "", "", Json::object(), rows.frame()};
  const QImage image = QImage::fromData(renderPng(figure, lightTheme(), 600, 300, 1));
  CHECK(image.height() == content->heightWanted());
}

TEST_CASE("plots: a timeline with events is drawn as a thumbnail, with one legend or none") {
  const Figure figure{"timeline", "Title", "hour", "", "", Json::object(), twoStrips()};
  CHECK_FALSE(renderThumbnail(figure, lightTheme(), 144, 88, 2).isEmpty());
  TimelineTable rows;
  for (const char* line : {"mobile", "web"}) rows.add("a", "series", 1, 2, "", std::nan(""), line);
  rows.add("", "mark", 1, std::nan(""), "deploy 41");
  const Figure legend{"timeline", "Title", "hour", "", "", Json::object(), rows.frame()};
  CHECK_FALSE(renderThumbnail(legend, lightTheme(), 144, 88, 2).isEmpty());
}

TEST_CASE("plots: lines of a strip stand in a legend once") {
  TimelineTable rows;
  for (const char* strip : {"a", "b"})
    for (const char* line : {"mobile", "web"})
      for (int hour = 0; hour < 5; ++hour)
        rows.add(strip, "series", hour, hour, "", std::nan(""), line);
  CHECK(readStrips(rows.frame()).names == QStringList{"mobile", "web"});
  const auto content = painted("timeline", rows.frame());
  REQUIRE(content->plot()->legend);
  CHECK(content->plot()->legend->itemCount() == 2);
}

TEST_CASE("plots: a funnel has a bar a stage and arm, its words beside it, its truth across it") {
  const auto content = painted("funnel", funnel());
  QCustomPlot& plot = *content->plot();
  int bars = 0;
  for (int i = 0; i < plot.plottableCount(); ++i)
    if (const auto* arm = qobject_cast<QCPBars*>(plot.plottable(i))) bars += arm->dataCount();
  CHECK(bars == 4);
  CHECK(plot.yAxis->tickVectorLabels() == QStringList{"landed", "joined"});
  CHECK(plot.yAxis2->tickVectorLabels().contains("1,000 · 50.0% of before"));
  CHECK(plot.legend->itemCount() == 3);
  CHECK(content->heightWanted() > 150);
  CHECK(plot.legend->visible());
}

TEST_CASE("plots: a funnel of one arm has no legend and all of the width") {
  Frame one = funnel();
  const auto content = painted("funnel", one.take(std::vector<std::uint32_t>{0, 2}));
  CHECK_FALSE(content->plot()->legend->visible());
  CHECK(content->plot()->axisRect()->width() > 250);
}

TEST_CASE("plots: an empty timeline and an empty funnel are drawn as nothing") {
  for (const char* kind : {"timeline", "funnel"}) {
    INFO(kind);
    CHECK_FALSE(painted(kind, Frame())->grab().isNull());
    CHECK_FALSE(painted(kind, twoStrips().take({}))->grab().isNull());
  }
}

TEST_CASE("plots: timeline and funnel are written as PNG and SVG in both themes") {
  for (const char* kind : {"timeline", "funnel"})
    for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
      const Frame frame = std::string(kind) == "funnel" ? funnel() : twoStrips();
      const Figure figure{kind, "Title", "across", "up", "", Json::object(), frame};
      INFO(kind);
      CHECK(renderPng(figure, *theme, 300, 200, 1).startsWith("\x89PNG"));
      CHECK(renderSvg(figure, *theme, 300, 200).contains("<svg"));
    }
}
