// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/export.hpp"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <catch2/catch.hpp>

#include "app/plots/figure_view.hpp"
#include "engine/base/read.hpp"

using namespace rehearse;
using Catch::Matchers::Contains;

namespace {

Figure figureOf(const std::string& kind) {
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>{"a, b", "a, b", "a, b"})
      .add("style", std::vector<std::string>{"line", "line", "line"})
      .add("x", std::vector<double>{0, 1, 2})
      .add("y", std::vector<double>{0.1, 1.0 / 3, 2e-300});
  return {kind, "A figure", "x", "y", "see", Json::object(), *std::move(builder).build()};
}

}  // namespace

TEST_CASE("export: a plot is saved as picture, drawing and data") {
  const QTemporaryDir folder;
  plots::FigureView view;
  view.resize(500, 400);
  view.setFigure(figureOf("line"), plots::lightTheme());
  for (const char* name : {"a.png", "a.svg", "a.csv"}) {
    INFO(name);
    REQUIRE(view.exportTo(folder.filePath(name)));
  }
  const QImage image(folder.filePath("a.png"));
  REQUIRE_FALSE(image.isNull());
  int inks = 0;  // pixels of the line's own colour
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      inks += image.pixelColor(x, y) == plots::lightTheme().series.front();
  CHECK(inks > 50);
  const auto back = read_table(folder.filePath("a.csv").toStdString());
  REQUIRE(back);
  const Frame& frame = back->frame;
  REQUIRE(frame.rows() == 3);
  CHECK(frame.find("series")->cell(0) == "a, b");
  CHECK(frame.find("y")->number(1) == 1.0 / 3);
  CHECK(frame.find("y")->number(2) == 2e-300);
}

TEST_CASE("export: a table has no picture, and a refused export leaves nothing") {
  const QTemporaryDir folder;
  plots::FigureView view;
  view.setFigure(figureOf("table"), plots::lightTheme());
  const auto error = [&](const char* name) {
    const auto written = view.exportTo(folder.filePath(name));
    REQUIRE_FALSE(written);
    return written.error().message;
  };
  CHECK_THAT(error("a.png"), Contains("table") && Contains(".csv"));
  CHECK_THAT(error("a.bmp"), Contains(".png, .svg or .csv"));
  CHECK_THAT(error("missing/a.csv"), Contains("missing/a.csv"));
  CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("export: each theme draws on its own ground") {
  for (const plots::Theme* theme : {&plots::lightTheme(), &plots::darkTheme()}) {
    const QImage image =
        QImage::fromData(plots::renderPng(figureOf("line"), *theme, 300, 200, 1), "PNG");
    REQUIRE(image.size() == QSize(300, 200));
    CHECK(image.pixelColor(1, 1) == theme->surface);
  }
  CHECK(plots::renderPng(figureOf("table"), plots::lightTheme(), 300, 200, 1).isEmpty());
}
