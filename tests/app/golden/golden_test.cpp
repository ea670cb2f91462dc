// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of every kind of plot, compared with those that a person has looked at. The fonts are
// pinned (Inter, of the package fonts-inter); what may differ is how another processor rounds the
// edge of a letter. REHEARSE_GOLDEN_UPDATE=1 writes the pictures anew: look at them before they are
// committed.
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <catch2/catch.hpp>
#include <cmath>

#include "app/plots/export.hpp"

using namespace rehearse;

namespace {

constexpr int kWidth = 400, kHeight = 260;
constexpr int kChannelMayDiffer = 24;
constexpr double kShareMayDiffer = 0.005;

// Rows of a plot of points; every kind takes the columns that it knows.
class Points {
 public:
  Points& add(const std::string& series, const std::string& style, double x, double y,
              const std::string& label = "", double spread = 0) {
    m_series.push_back(series), m_style.push_back(style), m_label.push_back(label);
    m_x.push_back(x), m_y.push_back(y), m_low.push_back(y - spread), m_high.push_back(y + spread);
    return *this;
  }
  Frame frame() const {
    Frame::Builder builder;
    builder.add("series", m_series).add("style", m_style).add("x", m_x).add("y", m_y);
    builder.add("low", m_low).add("high", m_high).add("label", m_label);
    return *std::move(builder).build();
  }

 private:
  std::vector<std::string> m_series, m_style, m_label;
  std::vector<double> m_x, m_y, m_low, m_high;
};

Figure figure(const char* kind, const char* x, const char* y, Frame data) {
  return {kind, std::string("A ") + kind, x, y, "", Json::object(), std::move(data)};
}

Figure lines(double shift = 0) {
  Points points;
  for (int day = 0; day <= 20; ++day) {
    points.add("control", "series", day, 3 + std::sin(day * 0.4) + shift);
    points.add("treatment", "series", day, 3.5 + 0.05 * day);
    points.add("control", "band", day, 3, "", 0.6);
    points.add("truth", "truth", day, 3 + 0.02 * day);
  }
  points.add("", "mark", 12, 0, "drift began").add("", "alarm", 15, 4.25, "seen");
  return figure("line", "day", "clicks in a hundred", points.frame());
}

Figure curve(const char* kind, double power) {
  Points points;
  for (int i = 0; i <= 20; ++i) {
    const double x = i / 20.0;
    points.add("model", "series", x, std::pow(x, power));
    points.add("baseline", "series", x, std::pow(x, std::sqrt(power)));
  }
  points.add("", "guide", 0, 0).add("", "guide", 0.7, 0.7, "chance").add("", "guide", 1, 1);
  return figure(kind, "share of negatives", "share of positives", points.frame());
}

Figure reliability() {
  std::vector<std::string> series, style;
  std::vector<double> x, y, low, high, count, lower, upper;
  for (const char* model : {"as trained", "calibrated"})
    for (int bin = 0; bin < 8; ++bin) {
      const double at = (bin + 0.5) / 8, observed = series.size() < 8 ? at * at : at;
      series.emplace_back(model), style.emplace_back("series");
      x.push_back(at), y.push_back(observed), count.push_back(1000 - 100 * bin);
      low.push_back(observed - 0.03), high.push_back(observed + 0.03);
      lower.push_back(bin / 8.0), upper.push_back((bin + 1) / 8.0);
    }
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", x).add("y", y).add("low", low);
  builder.add("high", high).add("count", count).add("lower", lower).add("upper", upper);
  return figure("reliability", "predicted probability", "observed rate",
                *std::move(builder).build());
}

Figure histogram() {
  std::vector<std::string> series, style;
  std::vector<double> lower, upper, y;
  for (int s = 0; s < 2; ++s)
    for (int bin = 0; bin < 20; ++bin) {
      series.emplace_back(s == 0 ? "before" : "after"), style.emplace_back("series");
      lower.push_back(bin / 20.0), upper.push_back((bin + 1) / 20.0);
      y.push_back(std::exp(-std::pow(bin - 6 - 6 * s, 2) / 12.0));
    }
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("lower", lower);
  builder.add("upper", upper).add("y", y);
  return figure("histogram", "score", "share of rows", *std::move(builder).build());
}

Figure cloud() {
  Points points;
  for (int i = 0; i < 300; ++i)
    points.add("posts", "series", std::fmod(i * 0.618034, 1), std::fmod(i * 0.414214, 1));
  points.add("truth", "truth", 0, 0.2).add("truth", "truth", 1, 0.8);
  return figure("scatter", "age", "votes", points.frame());
}

Figure heatmap() {
  std::vector<std::string> x, y;
  std::vector<double> value;
  for (int line = 0; line < 5; ++line)
    for (int column = 0; column < 7; ++column) {
      x.push_back("c" + std::to_string(column)), y.push_back("row " + std::to_string(line));
      value.push_back(line == 2 && column == 3 ? std::nan("") : column * (line - 2));
    }
  Frame::Builder builder;
  builder.add("x", x).add("y", y).add("value", value).add("centre", std::vector<double>(35, 0.0));
  return figure("heatmap", "served", "shown", *std::move(builder).build());
}

Figure timeline() {
  std::vector<std::string> strip, group, unit, series, style, label;
  std::vector<double> x, y, end;
  const auto add = [&](const char* s, const char* g, const char* how, double at, double value,
                       const char* words, double until) {
    strip.emplace_back(s), group.emplace_back(g), unit.emplace_back(""), series.emplace_back(s);
    style.emplace_back(how), label.emplace_back(words);
    x.push_back(at), y.push_back(value), end.push_back(until);
  };
  for (int hour = 0; hour < 48; ++hour) {
    add("latency", "serving", "series", hour, hour > 30 ? 90 : 40 + hour % 5, "", std::nan(""));
    add("clicks", "outcome", "series", hour, hour > 32 ? 2 : 5 + std::sin(hour * 0.5), "",
        std::nan(""));
  }
  add("latency", "serving", "span", 30, std::nan(""), "deploy", 36);
  add("", "", "mark", 40, std::nan(""), "paged", std::nan(""));
  Frame::Builder builder;
  builder.add("strip", strip).add("group", group).add("unit", unit).add("series", series);
  builder.add("style", style).add("x", x).add("y", y).add("label", label).add("end", end);
  return figure("timeline", "hour", "", *std::move(builder).build());
}

Figure funnel() {
  std::vector<std::string> series, style, stage;
  std::vector<double> x, low, high, count, step, step_low, step_high;
  for (const char* arm : {"control", "treatment"})
    for (int i = 0; i < 4; ++i) {
      const double share = std::pow(series.size() < 4 ? 0.5 : 0.6, i);
      series.emplace_back(arm), style.emplace_back("series");
      stage.push_back(std::vector<std::string>{"visits", "joins", "posts",
                                               "returns"}[static_cast<std::size_t>(i)]);
      x.push_back(share), low.push_back(share * 0.96), high.push_back(std::min(1.0, share * 1.04));
      count.push_back(1000 * share), step.push_back(i ? 0.5 : 1);
      step_low.push_back(i ? 0.48 : 1), step_high.push_back(i ? 0.52 : 1);
    }
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("stage", stage).add("x", x);
  builder.add("low", low).add("high", high).add("count", count).add("step", step);
  builder.add("step_low", step_low).add("step_high", step_high);
  return figure("funnel", "share of visits", "", *std::move(builder).build());
}

QImage drawn(const Figure& figure, const plots::Theme& theme) {
  const QByteArray png = plots::renderPng(figure, theme, kWidth, kHeight, 1);
  const QImage image = QImage::fromData(png, "PNG").convertToFormat(QImage::Format_RGB32);
  REQUIRE_FALSE(image.isNull());
  return image;
}

double share_that_differs(const QImage& a, const QImage& b) {
  if (a.size() != b.size()) return 1;
  qsizetype differ = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      if (std::max({std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                    std::abs(qBlue(p) - qBlue(q))}) > kChannelMayDiffer)
        ++differ;
    }
  return static_cast<double>(differ) / (static_cast<double>(a.width()) * a.height());
}

void compare(const Figure& figure, const plots::Theme& theme) {
  const QString name = QString("%1-%2.png").arg(figure.kind.c_str(), theme.dark ? "dark" : "light");
  const QString golden = QString(REHEARSE_SOURCE_DIR "/tests/app/golden/") + name;
  const QImage now = drawn(figure, theme);
  if (qEnvironmentVariableIsSet("REHEARSE_GOLDEN_UPDATE")) REQUIRE(now.save(golden));
  INFO(golden.toStdString() << "; REHEARSE_GOLDEN_UPDATE=1 writes it anew");
  const QImage due = QImage(golden).convertToFormat(QImage::Format_RGB32);
  REQUIRE_FALSE(due.isNull());
  const double share = share_that_differs(now, due);
  const QString seen = QString(REHEARSE_BINARY_DIR "/golden-") + name;
  if (share > kShareMayDiffer) now.save(seen);
  INFO("what was drawn: " << seen.toStdString());
  CHECK(share <= kShareMayDiffer);
}

}  // namespace

TEST_CASE("golden: the fonts that the pictures were drawn with are installed") {
  const QStringList families = QFontDatabase::families();
  CHECK(families.contains("Inter"));
  CHECK(families.contains("JetBrains Mono"));
}

TEST_CASE("golden: every kind of plot looks as it was looked at") {
  for (const Figure& one : {lines(), reliability(), histogram(), curve("roc", 0.3), curve("pr", 3),
                            curve("ecdf", 1.5), cloud(), heatmap(), timeline(), funnel()})
    compare(one, plots::lightTheme());
}

TEST_CASE("golden: three of them in the dark theme") {
  for (const Figure& one : {lines(), reliability(), heatmap()}) compare(one, plots::darkTheme());
}

TEST_CASE("golden: a line that moved, another theme and another size are seen as differences") {
  const QImage due = drawn(lines(), plots::lightTheme());
  CHECK(share_that_differs(due, due) == 0);
  CHECK(share_that_differs(drawn(lines(0.5), plots::lightTheme()), due) > kShareMayDiffer);
  CHECK(share_that_differs(drawn(lines(), plots::darkTheme()), due) > kShareMayDiffer);
  CHECK(share_that_differs(due.scaled(10, 10), due) == 1);
}
