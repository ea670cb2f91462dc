// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/series.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "app/plots/figure_view.hpp"
#include "app/plots/frame_model.hpp"

using namespace rehearse;
using namespace rehearse::plots;

namespace {

const double kNan = std::nan("");

Frame lineFrame() {
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>{"a", "b", "a", "b", "a", "truth"})
      .add("style",
           std::vector<std::string>{"series", "series", "series", "series", "band", "truth"})
      .add("x", std::vector<double>{0, 0, 1, kNan, 1, 2})
      .add("y", std::vector<double>{1, 2, kNan, 4, 5, 6})
      .add("low", std::vector<double>{kNan, kNan, kNan, kNan, 4, kNan})
      .add("high", std::vector<double>{kNan, kNan, kNan, kNan, 7, kNan});
  auto frame = std::move(builder).build();
  REQUIRE(frame);
  return *frame;
}

}  // namespace

TEST_CASE("series: rows become one trace a series and style, in order of appearance") {
  const TraceSet set = readTraces(lineFrame());
  REQUIRE(set.traces.size() == 4);
  CHECK(set.traces[0].series == "a");
  CHECK(set.traces[1].series == "b");
  CHECK(set.traces[2].style == "band");
  CHECK(set.traces[3].style == "truth");
  CHECK_FALSE(set.empty);
}

TEST_CASE("series: a row without x is dropped and a row without y stays as a gap") {
  const TraceSet set = readTraces(lineFrame());
  CHECK(set.traces[1].x == QVector<double>{0});
  REQUIRE(set.traces[0].y.size() == 2);
  CHECK(std::isnan(set.traces[0].y[1]));
}

TEST_CASE("series: a band has the colour of its series") {
  const TraceSet set = readTraces(lineFrame());
  CHECK(set.traces[2].colour == set.traces[0].colour);
  CHECK(set.traces[1].colour != set.traces[0].colour);
}

TEST_CASE("series: ranges hold every finite point") {
  const TraceSet set = readTraces(lineFrame());
  CHECK(set.xMin == 0);
  CHECK(set.xMax == 2);
  CHECK(set.yMin <= 1);
  CHECK(set.yMax >= 7);
}

TEST_CASE("series: an empty frame is empty and does not divide by nothing") {
  const TraceSet set = readTraces(Frame());
  CHECK(set.empty);
  CHECK(set.traces.empty());
}

TEST_CASE("frame model: missing cells are a dash and numbers stand right") {
  FrameModel model;
  model.setFrame(lineFrame());
  REQUIRE(model.rowCount() == 6);
  REQUIRE(model.columnCount() == 6);
  CHECK(model.data(model.index(3, 2), Qt::DisplayRole).toString() == QStringLiteral("–"));
  CHECK(model.data(model.index(0, 0), Qt::DisplayRole).toString() == "a");
  CHECK((model.data(model.index(0, 3), Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0);
  CHECK(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString() == "y");
}

TEST_CASE("figure view: every kind takes a frame of any columns without a fault") {
  for (const char* kind : {"line", "reliability", "histogram", "roc", "pr", "ecdf", "scatter",
                           "heatmap", "number", "table", "no-such-kind"}) {
    for (const Frame& frame : {lineFrame(), Frame()}) {
      FigureView view;
      view.resize(500, 400);
      view.setFigure({kind, "Title", "x", "y", "what to see", Json::object(), frame}, darkTheme());
      view.setTableShown(true);
      CHECK(view.accessibleName() == "Title");
      CHECK_FALSE(view.grab().isNull());
    }
  }
}
