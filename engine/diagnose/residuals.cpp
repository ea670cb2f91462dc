// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/residuals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "engine/base/random.hpp"

namespace rehearse::diagnose {
namespace {

Result<void> check_predicted(const Frame& rows, const Predicted& p) {
  if (p.scores.size() != rows.rows() || p.labels.size() != rows.rows())
    return fail(Code::invalid_argument, "{} rows, {} scores, {} labels", rows.rows(),
                p.scores.size(), p.labels.size());
  for (std::size_t row = 0; row < rows.rows(); ++row)
    if (!std::isfinite(p.scores[row]) || !std::isfinite(p.labels[row]))
      return fail(Code::bad_data, "row {}: the score or the label is not finite", row + 1);
  return {};
}

// Pearson's residual of a probability; the plain one of a value.
double scaled_residual(const Predicted& p, std::size_t row) {
  const double e = p.labels[row] - p.scores[row];
  if (!p.probabilistic) return e;
  const double s = std::clamp(p.scores[row], 1e-6, 1 - 1e-6);
  return e / std::sqrt(s * (1 - s));
}

Result<std::vector<std::uint64_t>> clusters_of(const Frame& rows, const std::string& name) {
  std::vector<std::uint64_t> ids;
  if (name.empty()) return ids;
  auto column = rows.require(name);
  if (!column) return fail(column.error());
  std::unordered_map<std::string, std::uint64_t> known;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    ids.push_back(known.emplace((*column)->cell(row), known.size()).first->second);
  return ids;
}

}  // namespace

ClusteredMean clustered_mean(std::span<const double> values,
                             std::span<const std::uint64_t> cluster) {
  ClusteredMean result;
  const auto n = static_cast<double>(values.size());
  if (values.empty()) return result;
  for (const double v : values) result.mean += v;
  result.mean /= n;
  std::unordered_map<std::uint64_t, double> sums;
  double squares = 0;
  if (cluster.empty()) {
    for (const double v : values) squares += (v - result.mean) * (v - result.mean);
    result.clusters = values.size();
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) sums[cluster[i]] += values[i] - result.mean;
    for (const auto& [id, sum] : sums) squares += sum * sum;
    result.clusters = sums.size();
  }
  const auto g = static_cast<double>(result.clusters);
  result.standard_error =
      g > 1 ? std::sqrt(squares * g / (g - 1)) / n : std::numeric_limits<double>::quiet_NaN();
  return result;
}

Result<Frame> residuals_by_cohort(const Frame& rows, const Predicted& predicted,
                                  const CohortOptions& options) {
  if (auto fine = check_predicted(rows, predicted); !fine) return fail(fine.error());
  auto groups = groups_of(rows, options.by, options.groups);
  if (!groups) return fail(groups.error());
  auto clusters = clusters_of(rows, options.cluster);
  if (!clusters) return fail(clusters.error());
  const auto members = groups->rows();
  const double z = normal_quantile(1 - 0.025 / static_cast<double>(members.size()));
  std::vector<double> count, label, score, residual, low, high, ratio, spread, truth, flagged;
  for (const auto& in : members) {
    std::vector<double> errors;
    std::vector<std::uint64_t> owner;
    double labels = 0, scores = 0, known = 0, scaled = 0, squares = 0, variance = 0;
    for (const std::uint32_t row : in) {
      labels += predicted.labels[row], scores += predicted.scores[row];
      errors.push_back(predicted.labels[row] - predicted.scores[row]);
      if (!clusters->empty()) owner.push_back((*clusters)[row]);
      if (!predicted.truth.empty()) known += predicted.truth[row] - predicted.scores[row];
      if (predicted.probabilistic) variance += predicted.scores[row] * (1 - predicted.scores[row]);
      const double e = scaled_residual(predicted, row);
      scaled += e, squares += e * e;
    }
    const auto n = static_cast<double>(in.size());
    ClusteredMean mean = clustered_mean(errors, owner);
    // With few positives the rows show less spread than there is; a calibrated model's is known.
    mean.standard_error = std::max(mean.standard_error, std::sqrt(variance) / n);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    count.push_back(n), label.push_back(labels / n), score.push_back(scores / n);
    residual.push_back(mean.mean);
    low.push_back(mean.mean - z * mean.standard_error),
        high.push_back(mean.mean + z * mean.standard_error);
    ratio.push_back(labels != 0 ? scores / labels : nan);
    spread.push_back(
        n > 1 ? std::sqrt(std::max(0.0, squares / n - std::pow(scaled / n, 2)) * n / (n - 1))
              : nan);
    truth.push_back(predicted.truth.empty() ? nan : known / n);
    flagged.push_back(low.back() > 0 || high.back() < 0);
  }
  Frame::Builder builder;
  builder.add("cohort", groups->names)
      .add("rows", std::move(count))
      .add("mean_label", std::move(label));
  builder.add("mean_score", std::move(score)).add("residual", std::move(residual));
  builder.add("low", std::move(low)).add("high", std::move(high)).add("ratio", std::move(ratio));
  builder.add("spread", std::move(spread));
  builder.add("true_residual", std::move(truth), {.role = Role::truth});
  builder.add("flagged", std::move(flagged));
  return std::move(builder).build();
}

Result<Frame> cohort_facts(const Frame& cohorts) {
  double rows = 0, flagged = 0, largest = 0;
  for (const char* name : {"rows", "flagged", "residual"})
    if (auto column = cohorts.require(name); !column) return fail(column.error());
  for (std::size_t row = 0; row < cohorts.rows(); ++row) {
    rows += cohorts.find("rows")->number(row), flagged += cohorts.find("flagged")->number(row);
    largest = std::max(largest, std::abs(cohorts.find("residual")->number(row)));
  }
  const auto n = static_cast<double>(cohorts.rows());
  Frame::Builder builder;
  builder.add("rows", std::vector<double>{rows}).add("cohorts", std::vector<double>{n});
  builder.add("flagged", std::vector<double>{n > 0 ? flagged / n : 0});
  builder.add("largest_residual", std::vector<double>{largest});
  return std::move(builder).build();
}

Result<BreuschPagan> breusch_pagan(std::span<const double> residuals, const Design& design) {
  std::vector<double> squares;
  for (const double e : residuals) squares.push_back(e * e);
  auto fit = least_squares(design, squares);
  if (!fit) return fail(fit.error());
  BreuschPagan test;
  test.statistic = static_cast<double>(residuals.size()) * fit->r_squared;
  test.degrees = fit->rank - 1;
  test.p = chi_square_tail(test.statistic, test.degrees);
  return test;
}

Result<Frame> heteroscedasticity(const Frame& rows, const Predicted& predicted,
                                 const std::vector<std::string>& columns) {
  if (auto fine = check_predicted(rows, predicted); !fine) return fail(fine.error());
  std::vector<double> residuals;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    residuals.push_back(scaled_residual(predicted, row));
  std::vector<std::string> column;
  std::vector<double> statistic, degrees, p;
  const auto add = [&](const std::string& name,
                       const std::vector<std::string>& used) -> Result<void> {
    auto design = predictors(rows, used);
    if (!design) return fail(design.error());
    auto test = breusch_pagan(residuals, *design);
    if (!test) return fail(test.error());
    column.push_back(name), statistic.push_back(test->statistic);
    degrees.push_back(test->degrees), p.push_back(test->p);
    return {};
  };
  for (const std::string& name : columns)
    if (auto added = add(name, {name}); !added) return fail(added.error());
  if (columns.size() > 1)
    if (auto added = add("all of them", columns); !added) return fail(added.error());
  Frame::Builder builder;
  builder.add("column", column).add("statistic", std::move(statistic));
  builder.add("degrees", std::move(degrees)).add("p", std::move(p));
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
