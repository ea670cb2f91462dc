// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/series.hpp"

#include <qcustomplot.h>

#include <QToolButton>
#include <QWheelEvent>
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

TEST_CASE("numbers: a column has four digits of its greatest, and its points stand in one line") {
  const auto told = [](std::vector<double> values) {
    Frame::Builder builder;
    builder.add("v", std::move(values));
    FrameModel model;
    model.setFrame(*std::move(builder).build());
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
      cells.append(model.data(model.index(row, 0), Qt::DisplayRole).toString());
    return cells;
  };
  CHECK(told({0.970872, 0.0279489}) == QStringList{"0.9709", "0.0279"});
  CHECK(told({-17.2158, 5.60803, 0}) == QStringList{"-17.22", "5.61", "0"});
  CHECK(told({8.5, 12.25}) == QStringList{"8.50", "12.25"});
  CHECK(told({107, -9.5}) == QStringList{"107.0", "-9.5"});
  CHECK(told({13461, 4398}) == QStringList{"13,461", "4398"});
  CHECK(told({85592, 0.734699, 1.18753}) == QStringList{"85,592", "0.7347", "1.188"});
  CHECK(told({0.25, 3.8393e-137}) == QStringList{"0.2500", "3.839e-137"});
}

TEST_CASE("figure view: names as a script writes them are read aloud; zoom is undone where it is") {
  FigureView view;
  view.resize(500, 400);
  view.setFigure({"line", "null_rate by day", "x", "y", "`true_share` is what came", Json::object(),
                  lineFrame()},
                 lightTheme());
  CHECK(view.accessibleName() == "null rate by day");
  CHECK(view.accessibleDescription().startsWith("true share is what came"));
  const auto reset = [&view] {
    for (auto* button : view.findChildren<QToolButton*>())
      if (button->text() == "Reset zoom") return button;
    return static_cast<QToolButton*>(nullptr);
  };
  REQUIRE(reset());
  CHECK(reset()->isHidden());
  auto* plot = view.findChild<QCustomPlot*>();
  QKeyEvent closer(QEvent::KeyPress, Qt::Key_Plus, Qt::NoModifier);
  QCoreApplication::sendEvent(plot, &closer);
  CHECK_FALSE(reset()->isHidden());
  reset()->click();
  CHECK(reset()->isHidden());
}

TEST_CASE("plots: a wheel scrolls the page; with Ctrl it zooms") {
  FigureView view;
  view.resize(500, 400);
  view.setFigure({"line", "Title", "x", "y", "", Json::object(), lineFrame()}, lightTheme());
  auto* plot = view.findChild<QCustomPlot*>();
  view.grab();  // a wheel turns over what was painted
  const QCPRange before = plot->xAxis->range();
  const auto turn = [plot](Qt::KeyboardModifiers keys) {
    const QPointF at = plot->axisRect()->center();
    QWheelEvent wheel(at, at, {0, 120}, {0, 120}, Qt::NoButton, keys, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot, &wheel);
  };
  turn(Qt::NoModifier);
  CHECK(plot->xAxis->range() == before);
  turn(Qt::ControlModifier);
  CHECK(plot->xAxis->range().size() < before.size());
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
