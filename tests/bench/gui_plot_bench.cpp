// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: app/gui app/plots engine/steps
//
// A plot of a million noisy points, redrawn at 1×: as a line, and as ten lines. Painting is by the
// processor, off screen. The peer is the same frame emptied of its points.
#include <qcustomplot.h>

#include <QApplication>

#include "app/plots/figure_content.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

Frame noisy(int series, int points) {
  std::vector<std::string> name, style;
  std::vector<double> x, y;
  std::uint64_t state = 1;
  for (int s = 0; s < series; ++s)
    for (int i = 0; i < points; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      name.push_back("series " + std::to_string(s));
      style.emplace_back("series");
      x.push_back(i);
      y.push_back(s + static_cast<double>(state >> 40) / (1 << 24));
    }
  Frame::Builder builder;
  builder.add("series", name).add("style", style).add("x", x).add("y", y);
  return *std::move(builder).build();
}

void measure(const char* what, const Frame& frame, bench::Limit limit) {
  const std::unique_ptr<plots::FigureContent> content(plots::makeContent("line", nullptr));
  content->resize(1000, 600);
  content->show();
  const double set = bench::seconds([&] {
    content->setFigure({"line", "A million points", "x", "y", "", Json::object(), frame},
                       plots::lightTheme());
  });
  const double drawn =
      bench::best_seconds(5, [&] { content->plot()->replot(QCustomPlot::rpImmediateRefresh); });
  bench::line(what, drawn * 1e3, "ms", limit);
  bench::line("  set", set * 1e3, "ms");
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  measure("peer: two points", noisy(1, 2), {});
  measure("a million points in one line, redrawn", noisy(1, 1'000'000), bench::at_most(33));
  measure("a million points in ten lines, redrawn", noisy(10, 100'000), bench::at_most(33));
}
