// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/pooling.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/models/labels.hpp"
#include "engine/models/lbfgs.hpp"

namespace rehearse::models {
namespace {

constexpr double kMostWorth = 1e8;  // a prior worth more rows than this leaves no room to differ

// -ln Π B(a + s, b + n - s) / B(a, b), and its slopes in ln a, ln b.
double beta_binomial_loss(const std::vector<GroupSum>& groups, std::span<const double> logs,
                          std::span<double> slopes) {
  using boost::math::digamma;
  const double a = std::exp(logs[0]), b = std::exp(logs[1]);
  double loss = 0, by_a = 0, by_b = 0, n = 0;
  for (const GroupSum& g : groups) {
    const double misses = g.rows - g.sum;
    loss -= std::lgamma(a + g.sum) - std::lgamma(a) + std::lgamma(b + misses) - std::lgamma(b) -
            std::lgamma(a + b + g.rows) + std::lgamma(a + b);
    const double both = digamma(a + b) - digamma(a + b + g.rows);
    by_a -= digamma(a + g.sum) - digamma(a) + both;
    by_b -= digamma(b + misses) - digamma(b) + both;
    n += g.rows;
  }
  slopes[0] = a * by_a / n, slopes[1] = b * by_b / n;
  return loss / n;
}

double total_rows(const std::vector<GroupSum>& groups) {
  double rows = 0;
  for (const GroupSum& group : groups) rows += group.rows;
  return rows;
}

double overall_mean(const std::vector<GroupSum>& groups) {
  double sum = 0;
  for (const GroupSum& group : groups) sum += group.sum;
  return sum / total_rows(groups);
}

}  // namespace

Result<PooledPrior> fit_beta_binomial(const std::vector<GroupSum>& groups) {
  if (groups.empty()) return fail(Code::bad_data, "there is no group to pool");
  const double mean = overall_mean(groups);
  if (mean <= 0 || mean >= 1) return PooledPrior{mean, std::numeric_limits<double>::infinity()};
  // Over mean and worth: from a prior worth ten rows; bounded, since groups that do not differ push
  // the worth to infinity.
  const auto loss = [&](std::span<const double> x, std::span<double> slopes) {
    const double worth = std::exp(std::clamp(x[1], -12.0, std::log(kMostWorth)));
    const double share = 1 / (1 + std::exp(-x[0]));
    const double logs[2] = {std::log(worth * share), std::log(worth * (1 - share))};
    double inner[2];
    const double value = beta_binomial_loss(groups, logs, inner);
    slopes[0] = inner[0] * (1 - share) - inner[1] * share;
    slopes[1] = inner[0] + inner[1];
    return value;
  };
  auto found = minimize(loss, {std::log(mean / (1 - mean)), std::log(10.0)},
                        {.iterations = 300, .tolerance = 1e-12});
  if (!found) return fail(found.error());
  const double worth = std::exp(std::clamp(found->x[1], -12.0, std::log(kMostWorth)));
  return PooledPrior{1 / (1 + std::exp(-found->x[0])),
                     worth < kMostWorth / 10 ? worth : std::numeric_limits<double>::infinity()};
}

Result<PooledPrior> fit_normal_normal(const std::vector<GroupSum>& groups) {
  if (groups.empty()) return fail(Code::bad_data, "there is no group to pool");
  constexpr double kNever = std::numeric_limits<double>::infinity();
  const double rows = total_rows(groups), count = static_cast<double>(groups.size());
  double within = 0;
  for (const GroupSum& g : groups) within += std::max(0.0, g.square - g.sum * g.sum / g.rows);
  if (count < 2) return PooledPrior{overall_mean(groups), kNever};
  if (rows <= count || within <= 0)  // no group tells how rows vary: every mean is taken as it is
    return PooledPrior{overall_mean(groups), 0};
  within /= rows - count;
  const auto centre = [&](double between) {
    double sum = 0, weight_sum = 0;
    for (const GroupSum& g : groups) {
      const double weight = 1 / (between + within / g.rows);
      sum += weight * g.sum / g.rows, weight_sum += weight;
    }
    return sum / weight_sum;
  };
  const auto loss = [&](double log_between) {
    const double between = std::exp(log_between), mean = centre(between);
    double total = 0;
    for (const GroupSum& g : groups) {
      const double variance = between + within / g.rows, apart = g.sum / g.rows - mean;
      total += std::log(variance) + apart * apart / variance;
    }
    return total;
  };
  const double lowest = std::log(within) - 20, highest = std::log(within) + 20;
  const double found = boost::math::tools::brent_find_minima(loss, lowest, highest, 40).first;
  if (found < lowest + 1) return PooledPrior{centre(0), kNever};
  return PooledPrior{centre(std::exp(found)), within / std::exp(found)};
}

double PooledModel::trust(const GroupSum& group) const {
  if (group.rows == 0 || options_.pooling == Pooling::full) return 0;
  if (options_.pooling == Pooling::none) return 1;
  return std::isinf(prior_.worth) ? 0 : group.rows / (group.rows + prior_.worth);
}

double PooledModel::predict(const GroupSum& group) const {
  const double base = options_.pooling == Pooling::partial ? prior_.mean : overall_;
  const double own = group.rows > 0 ? group.sum / group.rows : 0;
  return base + trust(group) * (own - base);
}

Result<std::vector<double>> PooledModel::score(const Frame& rows) const {
  auto by = rows.require(options_.by);
  if (!by) return fail(by.error());
  std::map<std::string, double> known;
  std::vector<double> scores(rows.rows());
  for (std::size_t row = 0; row < scores.size(); ++row) {
    const std::string group = (*by)->cell(row);
    auto at = known.find(group);
    if (at == known.end()) {
      const auto found = groups_.find(group);
      at = known.emplace(group, predict(found == groups_.end() ? GroupSum{} : found->second)).first;
    }
    scores[row] = at->second;
  }
  return scores;
}

std::string PooledModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  switch (options_.pooling) {
    case Pooling::none: return "no pooling by " + options_.by;
    case Pooling::full: return "full pooling";
    case Pooling::partial: return "partial pooling by " + options_.by;
  }
  return "";
}

std::size_t PooledModel::bytes() const {
  return sizeof *this + groups_.size() * (sizeof(GroupSum) + sizeof(std::string) + 48);
}

Facts PooledModel::facts() const {
  Facts facts = {{"rows_trained", rows_},
                 {"groups", static_cast<double>(groups_.size())},
                 {"overall_mean", overall_}};
  if (options_.pooling != Pooling::partial) return facts;
  facts.emplace_back("prior_mean", prior_.mean);
  if (!std::isinf(prior_.worth)) facts.emplace_back("prior_worth", prior_.worth);
  return facts;
}

Result<Frame> PooledModel::trail(const Frame& rows, std::size_t row) const {
  if (auto there = require_row(rows, row); !there) return fail(there.error());
  auto by = rows.require(options_.by);
  if (!by) return fail(by.error());
  const auto found = groups_.find((*by)->cell(row));
  const GroupSum group = found == groups_.end() ? GroupSum{} : found->second;
  const bool partial = options_.pooling == Pooling::partial;
  Frame::Builder table;
  table.add("group", std::vector<std::string>{(*by)->cell(row)});
  table.add("rows", std::vector<double>{group.rows});
  table.add("own_mean", std::vector<double>{group.rows > 0 ? group.sum / group.rows : 0});
  table.missing({static_cast<std::uint8_t>(group.rows > 0)});
  table.add("prior_mean", std::vector<double>{partial ? prior_.mean : overall_});
  table.add("prior_worth", std::vector<double>{prior_.worth});
  table.missing({static_cast<std::uint8_t>(partial)});
  table.add("trust", std::vector<double>{trust(group)});
  table.add("prediction", std::vector<double>{predict(group)});
  return std::move(table).build();
}

Result<Frame> PooledModel::group_table() const {
  std::vector<std::pair<std::string, GroupSum>> order(groups_.begin(), groups_.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.second.rows > b.second.rows; });
  std::vector<std::string> name;
  std::vector<double> rows, own, trusted, prediction;
  for (const auto& [group, sum] : order) {
    name.push_back(group), rows.push_back(sum.rows), own.push_back(sum.sum / sum.rows);
    trusted.push_back(trust(sum)), prediction.push_back(predict(sum));
  }
  Frame::Builder table;
  table.add("group", name).add("rows", std::move(rows)).add("own_mean", std::move(own));
  table.add("trust", std::move(trusted)).add("prediction", std::move(prediction));
  return std::move(table).build();
}

Result<std::shared_ptr<const PooledModel>> train_pooled(const Frame& rows,
                                                        const PoolingOptions& options) {
  auto by = rows.require(options.by);
  if (!by) return fail(by.error());
  auto label = label_column(rows, options.label);
  if (!label) return fail(label.error());
  auto y = value_labels(**label);
  if (!y) return fail(y.error());
  if (y->empty()) return fail(Code::bad_data, "there are no rows to pool");
  auto model = std::make_shared<PooledModel>();
  model->options_ = options;
  model->rows_ = static_cast<double>(y->size());
  model->binary_ = std::all_of(y->begin(), y->end(), [](double v) { return v == 0 || v == 1; });
  for (std::size_t row = 0; row < y->size(); ++row) {
    GroupSum& group = model->groups_[(*by)->cell(row)];
    const double value = (*y)[row];
    ++group.rows, group.sum += value, group.square += value * value;
  }
  std::vector<GroupSum> groups;
  for (const auto& [name, group] : model->groups_) groups.push_back(group);
  model->overall_ = overall_mean(groups);
  if (options.pooling == Pooling::partial) {
    auto prior = model->binary_ ? fit_beta_binomial(groups) : fit_normal_normal(groups);
    if (!prior) return fail(prior.error());
    model->prior_ = *prior;
  }
  return std::shared_ptr<const PooledModel>(std::move(model));
}

}  // namespace rehearse::models
