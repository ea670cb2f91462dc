// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/glm.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <cmath>

#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"
#include "engine/models/smooth_fit.hpp"

namespace rehearse::models {
namespace {

constexpr double kLeastAlpha = 1e-8, kMostAlpha = 1e6;

struct CountRows {
  Encoding encoding;
  Sample sample;
  double mean = 0;
  double count() const { return static_cast<double>(sample.y.size()); }
};

Result<CountRows> count_rows(const Frame& rows, const CountOptions& options, const char* who) {
  if (auto fine = check_options(
          who, {{"l2", options.l2, options.l2 >= 0 && options.l2 <= 1e6, "[0, 1e6]"},
                {"tolerance", options.tolerance, options.tolerance > 0 && options.tolerance < 1,
                 "(0, 1)"},
                {"iterations", double(options.iterations),
                 options.iterations >= 1 && options.iterations <= 10000, "[1, 10000]"}});
      !fine)
    return fail(fine.error());
  auto column = label_column(rows, options.label);
  if (!column) return fail(column.error());
  auto y = count_labels(**column);
  if (!y) return fail(y.error());
  double sum = 0;
  for (double count : *y) sum += count;
  if (sum == 0)
    return fail(Code::bad_data, "{}: no row of `{}` is above 0, so there is nothing to learn", who,
                (*column)->name());
  auto encoding = Encoding::fit(rows, (*column)->name(), options.encoding);
  if (!encoding) return fail(encoding.error());
  auto x = encoding->encode(rows);
  if (!x) return fail(x.error());
  const double mean = sum / static_cast<double>(y->size());
  return CountRows{std::move(*encoding), Sample{std::move(*x), std::move(*y)}, mean};
}

Result<SmoothResult> fit_poisson(const CountRows& data, const CountOptions& options,
                                 const Progress& progress) {
  return fit_smooth(data.sample, data.encoding.parameters(), {LossKind::poisson},
                    {.l2 = options.l2, .search = {options.iterations, 10, options.tolerance}},
                    {std::log(data.mean)}, progress);
}

// ln Π_{k<y} (1 + αk) and its slope in α, for every count up to the largest: once an evaluation.
struct RisingTable {
  std::vector<double> log, slope;

  RisingTable(double most, double alpha) : log(1), slope(1) {
    for (double k = 0; k < std::min(most, 1e5); ++k) {
      log.push_back(log.back() + std::log1p(alpha * k));
      slope.push_back(slope.back() + k / (1 + alpha * k));
    }
  }
  Loss::Both of(double y, double alpha) const {
    if (y < static_cast<double>(log.size()))
      return {log[static_cast<std::size_t>(y)], slope[static_cast<std::size_t>(y)]};
    const double r = 1 / alpha;
    return {std::lgamma(y + r) - std::lgamma(r) + y * std::log(alpha),
            y / alpha - r * r * (boost::math::digamma(y + r) - boost::math::digamma(r))};
  }
};

// Weights and ln α together, by L-BFGS; the last element is ln α.
Result<Minimum> fit_negative_binomial(const CountRows& data, const CountOptions& options,
                                      std::vector<double> start, const Progress& progress) {
  const EncodedRows& x = data.sample.x;
  const std::size_t p = data.encoding.parameters();
  const double most = *std::max_element(data.sample.y.begin(), data.sample.y.end());
  const auto objective = [&](std::span<const double> w, std::span<double> gradient) {
    const double alpha = std::clamp(std::exp(w[p]), kLeastAlpha, kMostAlpha);
    const RisingTable rising(most, alpha);
    const double r = 1 / alpha;
    std::fill(gradient.begin(), gradient.end(), 0.0);
    double total = 0;  // without ln y!, which no weight changes
    for (std::size_t row = 0; row < x.rows; ++row) {
      const double eta = std::clamp(x.dot(row, w), -700.0, 700.0), y = data.sample.y[row];
      const double mu = std::exp(eta), spread = std::log1p(alpha * mu);
      const Loss::Both rise = rising.of(y, alpha);
      total += (y + r) * spread - y * eta - rise.value;
      const double slope = (mu - y) / (1 + alpha * mu);
      for (std::size_t k = row * x.width; k < (row + 1) * x.width; ++k)
        gradient[x.index[k]] += slope * x.value[k];
      gradient[p] += alpha * (-spread * r * r + (y + r) * mu / (1 + alpha * mu) - rise.slope);
    }
    total /= data.count();
    for (double& g : gradient) g /= data.count();
    for (std::size_t j = 1; j < p; ++j) {
      total += options.l2 / 2 * w[j] * w[j];
      gradient[j] += options.l2 * w[j];
    }
    return total;
  };
  return minimize(objective, std::move(start), {options.iterations, 10, options.tolerance},
                  progress);
}

Training<LinearModel> count_model(CountRows data, const CountOptions& options, std::string name,
                                  std::vector<double> weights, Loss loss, int iterations,
                                  bool converged, bool stopped) {
  const double alpha = loss.kind == LossKind::negative_binomial ? loss.shape : 0;
  double deviance = 0, null_deviance = 0, pearson = 0;
  for (std::size_t row = 0; row < data.sample.y.size(); ++row) {
    const double y = data.sample.y[row];
    const double mu = std::exp(std::clamp(data.sample.x.dot(row, weights), -700.0, 700.0));
    deviance += count_deviance(y, mu, alpha);
    null_deviance += count_deviance(y, data.mean, alpha);
    pearson += (y - mu) * (y - mu) / (mu + alpha * mu * mu);
  }
  const auto parameters = static_cast<double>(data.encoding.parameters());
  Facts facts = {{"rows_trained", data.count()},
                 {"parameters", parameters},
                 {"iterations", iterations},
                 {"converged", converged},
                 {"deviance", deviance / data.count()},
                 {"null_deviance", null_deviance / data.count()},
                 {"dispersion", pearson / std::max(1.0, data.count() - parameters)}};
  if (alpha > 0) facts.emplace_back("alpha", alpha);
  return {std::make_shared<LinearModel>(
              LinearFit{.name = options.name.empty() ? std::move(name) : options.name,
                        .label = options.label,
                        .encoding = std::move(data.encoding),
                        .weights = std::move(weights),
                        .loss = loss,
                        .facts = std::move(facts)}),
          stopped};
}

}  // namespace

double count_deviance(double y, double mu, double alpha) {
  const double poisson = y > 0 ? y * std::log(y / mu) : 0;
  if (alpha <= 0) return 2 * (poisson - (y - mu));
  return 2 * (poisson - (y + 1 / alpha) * (std::log1p(alpha * y) - std::log1p(alpha * mu)));
}

Result<Training<LinearModel>> train_poisson(const Frame& rows, const CountOptions& options,
                                            const Progress& progress) {
  auto data = count_rows(rows, options, "Poisson regression");
  if (!data) return fail(data.error());
  auto fitted = fit_poisson(*data, options, progress);
  if (!fitted) return fail(fitted.error());
  return count_model(std::move(*data), options, "Poisson regression", std::move(fitted->weights),
                     {LossKind::poisson}, fitted->iterations, fitted->converged, fitted->stopped);
}

Result<Training<LinearModel>> train_negative_binomial(const Frame& rows,
                                                      const CountOptions& options,
                                                      const Progress& progress) {
  auto data = count_rows(rows, options, "negative binomial regression");
  if (!data) return fail(data.error());
  auto poisson = fit_poisson(*data, options, progress);
  if (!poisson) return fail(poisson.error());
  // α to begin with: what Pearson's χ² says of the Poisson fit.
  double surplus = 0;
  for (std::size_t row = 0; row < data->sample.y.size(); ++row) {
    const double eta = std::clamp(data->sample.x.dot(row, poisson->weights), -300.0, 300.0);
    const double mu = std::exp(eta), y = data->sample.y[row];
    surplus += ((y - mu) * (y - mu) - mu) / (mu * mu) / data->count();
  }
  std::vector<double> start = std::move(poisson->weights);
  start.push_back(std::log(std::clamp(surplus, 0.01, 10.0)));
  auto fitted = fit_negative_binomial(*data, options, std::move(start), progress);
  if (!fitted) return fail(fitted.error());
  const double alpha = std::clamp(std::exp(fitted->x.back()), kLeastAlpha, kMostAlpha);
  fitted->x.pop_back();
  return count_model(std::move(*data), options, "negative binomial regression",
                     std::move(fitted->x), {LossKind::negative_binomial, alpha},
                     poisson->iterations + fitted->iterations, fitted->converged,
                     poisson->stopped || fitted->stopped);
}

}  // namespace rehearse::models
