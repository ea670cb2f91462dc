// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/progress_trend.hpp"

#include <QDateTime>
#include <QObject>
#include <algorithm>
#include <cmath>

#include "app/analysis/pieces.hpp"
#include "app/present/progress_pieces.hpp"
#include "engine/base/view_data.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::present {
namespace {

constexpr std::size_t kFirstPoint = 5;
constexpr int kStatedBins = 5;
constexpr double kSmallBias = 0.05;
constexpr double kNotDefined = std::numeric_limits<double>::quiet_NaN();

// What was stated and what came of it; oldest first.
struct Stated {
  std::vector<double> probability, accepted;
};

Stated statedOf(const ProgressInput& input) {
  Stated stated;
  for (const practice::Attempt& attempt : input.attempts) {
    if (!attempt.stated || !(*attempt.stated >= 0 && *attempt.stated <= 1)) continue;
    stated.probability.push_back(*attempt.stated);
    stated.accepted.push_back(attempt.accepted() ? 1 : 0);
  }
  return stated;
}

Figure curveOf(const std::vector<metrics::Bin>& bins, double bias) {
  std::string counts;
  for (const metrics::Bin& bin : bins)
    counts += (counts.empty() ? "" : ", ") + std::to_string(bin.count);
  Figure figure{"reliability",
                utf8(QObject::tr("How well you know yourself")),
                utf8(QObject::tr("probability you stated")),
                utf8(QObject::tr("share accepted")),
                {},
                Json::object(),
                analysis::reliability_rows(utf8(QObject::tr("you")), bins)};
  const QString points = QString::number(std::round(std::abs(bias) * 100));
  const QString finding =
      std::abs(bias) < kSmallBias ? QObject::tr("on the whole you are as right as you say")
      : bias > 0
          ? QObject::tr("below the diagonal you promise too much: by %1 points on the whole")
                .arg(points)
          : QObject::tr(
                "above the diagonal you trust yourself too little: by %1 points on the whole")
                .arg(points);
  figure.see = utf8(QObject::tr("%1. Answers in each point, from the left: %2.")
                        .arg(finding, QString::fromStdString(counts)));
  return figure;
}

Figure numbersOf(const metrics::Scored& scored, std::size_t answers, double bias) {
  const double rate = scored.base_rate();
  Frame::Builder builder;
  builder
      .add("name", std::vector<std::string>{utf8(QObject::tr("answers")),
                                            utf8(QObject::tr("Brier score (0 is perfect)")),
                                            utf8(QObject::tr("Brier of always stating your rate")),
                                            utf8(QObject::tr("stated, on average")),
                                            utf8(QObject::tr("accepted")),
                                            utf8(QObject::tr("stated above accepted"))})
      .add("value", std::vector<double>{static_cast<double>(answers), metrics::brier(scored),
                                        rate * (1 - rate), metrics::mean_score(scored), rate, bias})
      .add("unit", std::vector<std::string>{"", "", "", "%", "%", "%"});
  return withRows(
      {"number", utf8(QObject::tr("Your own calibration")), {}, {}, {}, Json::object(), {}},
      std::move(builder));
}

}  // namespace

Figure acceptanceTrend(const ProgressInput& input, std::size_t window) {
  std::vector<std::string> series, style;
  std::vector<double> x, y, low, high;
  const std::string name = utf8(QObject::tr("accepted, of the last %1").arg(window));
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < input.attempts.size(); ++i) {
    accepted += input.attempts[i].accepted();
    if (i >= window) accepted -= input.attempts[i - window].accepted();
    if (i + 1 < kFirstPoint) continue;
    const auto trials = static_cast<double>(std::min(i + 1, window));
    const auto right = static_cast<double>(accepted);
    const metrics::Interval interval = metrics::wilson_interval(right, trials);
    for (const char* kind : {view_data::kBand, view_data::kSeries}) {
      const bool band = kind == view_data::kBand;
      series.push_back(name), style.emplace_back(kind);
      x.push_back(static_cast<double>(i + 1));
      y.push_back(band ? kNotDefined : right / trials);
      low.push_back(band ? interval.low : kNotDefined);
      high.push_back(band ? interval.high : kNotDefined);
    }
  }
  Frame::Builder builder;
  builder.add("series", series)
      .add("style", style)
      .add("x", std::move(x))
      .add("y", std::move(y))
      .add("low", std::move(low))
      .add("high", std::move(high));
  Figure figure{"line",
                utf8(QObject::tr("Share accepted, as it goes")),
                utf8(QObject::tr("submission")),
                utf8(QObject::tr("share accepted")),
                {},
                Json::object(),
                {}};
  figure.see = utf8(
      QObject::tr("the band is what so few submissions can say; a trend is one that leaves it."));
  figure.options["y_from_zero"] = true;
  return withRows(std::move(figure), std::move(builder));
}

OwnCalibration ownCalibration(const ProgressInput& input) {
  const Stated stated = statedOf(input);
  OwnCalibration own;
  own.answers = stated.probability.size();
  if (!own.enough()) return own;
  const auto scored = metrics::Scored::of(stated.probability, stated.accepted);
  if (!scored) return {};  // cannot be: only probabilities are taken
  const double bias = metrics::mean_score(*scored) - scored->base_rate();
  own.curve = curveOf(metrics::reliability_curve(*scored, kStatedBins), bias);
  own.numbers = numbersOf(*scored, own.answers, bias);
  return own;
}

Document progressReport(const ProgressInput& input) {
  Document document;
  document.title = utf8(QObject::tr("Progress"));
  document.subtitle =
      QDateTime::fromSecsSinceEpoch(input.now).toString(Qt::ISODate).left(10).toStdString() +
      fmt::format(": {} submissions, {} card reviews", input.attempts.size(), input.reviews.size());
  for (const Figure& figure : {keyNumbers(input), attemptsByDay(input), acceptanceTrend(input),
                               byCategory(input), byDrill(input), reviewsByDay(input)})
    if (figure.data.rows() > 0) document.blocks.emplace_back(figure);
  if (const OwnCalibration own = ownCalibration(input); own.enough()) {
    document.blocks.emplace_back(own.numbers);
    document.blocks.emplace_back(own.curve);
  }
  if (Figure incidents = byIncident(input); incidents.data.rows() > 0)
    document.blocks.emplace_back(std::move(incidents));
  return document;
}

}  // namespace rehearse::present
