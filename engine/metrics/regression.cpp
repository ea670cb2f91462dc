// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/regression.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace rehearse::metrics {
namespace {

// Weighted mean of a function of (prediction, label).
template <class Loss>
double mean_of(const Valued& data, const Loss& loss) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    sum += data.weight(i) * loss(data.predictions()[i], data.labels()[i]);
  return sum / data.total_weight();
}

double y_log_ratio(double y, double f) { return y > 0 ? y * std::log(y / f) : 0; }

// Why a deviance of counts does not exist on these rows; empty where it does.
std::string no_deviance(const Valued& data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data.labels()[i] < 0)
      return fmt::format("row {}: the label {} is negative, and a deviance is for counts", i + 1,
                         data.labels()[i]);
    if (!(data.predictions()[i] > 0))
      return fmt::format("row {}: the prediction {} is not above 0, so a count has no likelihood",
                         i + 1, data.predictions()[i]);
  }
  return "";
}

}  // namespace

double mean_squared_error(const Valued& data) {
  return mean_of(data, [](double f, double y) { return (y - f) * (y - f); });
}

double root_mean_squared_error(const Valued& data) { return std::sqrt(mean_squared_error(data)); }

double mean_absolute_error(const Valued& data) {
  return mean_of(data, [](double f, double y) { return std::abs(y - f); });
}

double mean_error(const Valued& data) {
  return mean_of(data, [](double f, double y) { return f - y; });
}

double max_error(const Valued& data) {
  double greatest = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.weight(i) > 0)
      greatest = std::max(greatest, std::abs(data.labels()[i] - data.predictions()[i]));
  return greatest;
}

double median_absolute_error(const Valued& data) {
  std::vector<std::pair<double, double>> errors;  // error, weight
  errors.reserve(data.size());
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.weight(i) > 0)
      errors.emplace_back(std::abs(data.labels()[i] - data.predictions()[i]), data.weight(i));
  std::sort(errors.begin(), errors.end());
  const double half = data.total_weight() / 2;
  double before = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    before += errors[i].second;
    if (before > half || i + 1 == errors.size()) return errors[i].first;
    if (before == half) return (errors[i].first + errors[i + 1].first) / 2;
  }
  return errors.back().first;
}

Measure r_squared(const Valued& data) {
  double mean = 0;
  for (std::size_t i = 0; i < data.size(); ++i) mean += data.weight(i) * data.labels()[i];
  mean /= data.total_weight();
  const double spread = mean_of(data, [mean](double, double y) { return (y - mean) * (y - mean); });
  if (spread <= 0) return undefined("all labels are alike, so there is no variance to explain");
  return {1 - mean_squared_error(data) / spread, ""};
}

Measure mean_absolute_percentage_error(const Valued& data) {
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.labels()[i] == 0)
      return undefined(
          fmt::format("row {}: the label is 0, and a percentage of 0 does not exist", i + 1));
  return {mean_of(data, [](double f, double y) { return std::abs((y - f) / y); }), ""};
}

Measure root_mean_squared_log_error(const Valued& data) {
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.labels()[i] <= -1 || data.predictions()[i] <= -1)
      return undefined(fmt::format("row {}: the logarithm of 1 + a value of -1 or less", i + 1));
  return {std::sqrt(mean_of(data,
                            [](double f, double y) {
                              const double d = std::log1p(f) - std::log1p(y);
                              return d * d;
                            })),
          ""};
}

double pinball_loss(const Valued& data, double q) {
  assert(q >= 0 && q <= 1);
  return mean_of(data,
                 [q](double f, double y) { return std::max(q * (y - f), (q - 1) * (y - f)); });
}

double share_at_or_below(const Valued& data) {
  return mean_of(data, [](double f, double y) { return y <= f ? 1.0 : 0.0; });
}

Measure poisson_deviance(const Valued& data) {
  if (auto why = no_deviance(data); !why.empty()) return undefined(std::move(why));
  return {mean_of(data, [](double f, double y) { return 2 * (y_log_ratio(y, f) - y + f); }), ""};
}

Measure negative_binomial_deviance(const Valued& data, double dispersion) {
  assert(dispersion >= 0);
  if (dispersion == 0) return poisson_deviance(data);
  if (auto why = no_deviance(data); !why.empty()) return undefined(std::move(why));
  return {mean_of(data,
                  [dispersion](double f, double y) {
                    return 2 * (y_log_ratio(y, f) -
                                (y + 1 / dispersion) *
                                    (std::log1p(dispersion * y) - std::log1p(dispersion * f)));
                  }),
          ""};
}

Measure value_ratio(const Valued& data) {
  double predicted = 0, came = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    predicted += data.weight(i) * data.predictions()[i], came += data.weight(i) * data.labels()[i];
  if (came <= 0) return undefined("the labels sum to 0 or less, so there is no ratio to them");
  return {predicted / came, ""};
}

Result<IntervalQuality> interval_quality(std::span<const double> low, std::span<const double> high,
                                         std::span<const double> labels, double level) {
  assert(level > 0 && level < 1);
  if (low.size() != labels.size() || high.size() != labels.size())
    return fail(Code::invalid_argument,
                "an interval and a label are due a row: {}, {} and {} were given", low.size(),
                high.size(), labels.size());
  if (labels.empty()) return fail(Code::bad_data, "there are no rows to measure");
  IntervalQuality sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!std::isfinite(low[i]) || !std::isfinite(high[i]) || !std::isfinite(labels[i]))
      return fail(Code::bad_data, "row {}: an end of the interval or the label is not finite",
                  i + 1);
    if (low[i] > high[i])
      return fail(Code::bad_data,
                  "row {}: the interval begins at {} and ends at {}; quantiles that cross must be "
                  "sorted first",
                  i + 1, low[i], high[i]);
    const double outside = std::max({0.0, low[i] - labels[i], labels[i] - high[i]});
    sum.coverage += outside > 0 ? 0 : 1;
    sum.mean_width += high[i] - low[i];
    sum.interval_score += high[i] - low[i] + 2 / (1 - level) * outside;
  }
  const double n = static_cast<double>(labels.size());
  return IntervalQuality{sum.coverage / n, sum.mean_width / n, sum.interval_score / n};
}

}  // namespace rehearse::metrics
