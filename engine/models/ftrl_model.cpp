// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/models/ftrl.hpp"
#include "engine/models/labels.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kScoreBlock = 512;

double ftrl_probability(double logit) { return 1 / (1 + std::exp(-logit)); }

double label_or_nan(const Frame& rows, const std::string& name, std::size_t row) {
  auto label = label_column(rows, name);
  return label && (*label)->numeric() ? (*label)->number(row)
                                      : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Result<std::vector<double>> FtrlModel::score(const Frame& rows) const {
  auto hasher = RowHasher::create(rows, columns_, options_.bits);
  if (!hasher) return fail(hasher.error());
  const std::size_t width = hasher->width();
  std::vector<double> scores(rows.rows());
  std::vector<std::uint32_t> block(kScoreBlock), index(kScoreBlock * width);
  for (std::size_t begin = 0; begin < scores.size(); begin += kScoreBlock) {
    const std::size_t count = std::min(kScoreBlock, scores.size() - begin);
    std::iota(block.begin(), block.end(), static_cast<std::uint32_t>(begin));
    hasher->hash(std::span(block).first(count), index.data());
    for (std::size_t i = 0; i < count; ++i) {
      double logit = 0;
      for (std::size_t k = 0; k < width; ++k) logit += weights_[index[i * width + k]];
      scores[begin + i] = ftrl_probability(logit);
    }
  }
  return scores;
}

std::string FtrlModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  if (options_.keep_negatives >= 1) return "FTRL";
  return fmt::format("FTRL on {:g}% of negatives", 100 * options_.keep_negatives);
}

std::size_t FtrlModel::bytes() const {
  std::size_t total = sizeof *this + state_.capacity() * sizeof(FtrlState) +
                      (weights_.capacity() + progressive_.capacity()) * sizeof(double);
  for (const std::string& name : columns_) total += sizeof(std::string) + name.capacity();
  return total;
}

std::vector<std::pair<std::string, double>> FtrlModel::facts() const {
  std::vector<std::pair<std::string, double>> facts = {
      {"rows_seen", static_cast<double>(rows_seen_)},
      {"rows_trained", static_cast<double>(rows_trained_)},
      {"positives", static_cast<double>(positives_)},
      {"nonzero_weights", static_cast<double>(nonzero_)},
      {"weights", static_cast<double>(weights_.size())},
          {"lookups", static_cast<double>(columns_.size() + 1)},  // to score a row
      {"progressive_log_loss", progressive_log_loss_},
      {"epochs", static_cast<double>(epochs_)},
      {"keep_negatives", options_.keep_negatives}};
  if (best_epoch_ > 0) {
    facts.emplace_back("validation_log_loss", validation_log_loss_);
    facts.emplace_back("best_epoch", best_epoch_);
  }
  return facts;
}

Result<Frame> FtrlModel::trail(const Frame& rows, std::size_t row) const {
  if (auto there = require_row(rows, row); !there) return fail(there.error());
  std::vector<std::string> feature = {"bias"};
  for (const std::string& name : columns_) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    feature.push_back(feature_text(**column, row));
  }
  const std::size_t width = feature.size();
  std::vector<std::int64_t> index(width);
  std::vector<double> z(width), n(width), weight(width), logit(width);
  double sum = 0;
  for (std::size_t k = 0; k < width; ++k) {
    index[k] = feature_index(feature[k], options_.bits);
    const FtrlState& state = state_[static_cast<std::size_t>(index[k])];
    z[k] = state.z, n[k] = state.n;
    weight[k] = weights_[static_cast<std::size_t>(index[k])];
    logit[k] = sum += weight[k];
  }
  const double p = ftrl_probability(sum), y = label_or_nan(rows, options_.label, row);
  const std::uint8_t known = y == 0 || y == 1;
  const double slope =
      FtrlEmphasis{options_.positive_weight, options_.focal_gamma}.gradient(p, sum, y == 1);
  const FtrlRates rates{options_.alpha, options_.beta, options_.lambda1, options_.lambda2};
  std::vector<double> z_after(width), n_after(width);
  for (std::size_t k = 0; k < width; ++k) {
    FtrlState state{z[k], n[k]};
    for (std::size_t earlier = 0; earlier < k; ++earlier)  // a shared coordinate moved already
      if (index[earlier] == index[k]) state = {z_after[earlier], n_after[earlier]};
    if (known) rates.update(state, weight[k], slope);
    z_after[k] = state.z, n_after[k] = state.n;
  }
  Frame::Builder table;
  table.add("feature", feature).add("index", std::move(index));
  table.add("z", std::move(z)).add("n", std::move(n)).add("weight", std::move(weight));
  table.add("logit", std::move(logit)).add("probability", std::vector<double>(width, p));
  const std::vector<std::uint8_t> marks(width, known);
  const auto learned = [&](const char* name, std::vector<double> values) {
    table.add(name, std::move(values));
    if (!known) table.missing(marks);
  };
  learned("gradient", std::vector<double>(width, known ? slope : 0));
  learned("z_after", std::move(z_after));
  learned("n_after", std::move(n_after));
  return std::move(table).build();
}

}  // namespace rehearse::models
