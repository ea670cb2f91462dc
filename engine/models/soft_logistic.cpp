// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/soft_logistic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/metrics/probability.hpp"
#include "engine/models/hashing.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kHashedAtOnce = 4096;

Result<std::vector<std::uint32_t>> soft_hashed(const Frame& rows,
                                               const std::vector<std::string>& columns, int bits,
                                               std::size_t& width) {
  auto hasher = RowHasher::create(rows, columns, bits);
  if (!hasher) return fail(hasher.error());
  width = hasher->width();
  std::vector<std::uint32_t> index(rows.rows() * width), block;
  for (std::size_t begin = 0; begin < rows.rows(); begin += kHashedAtOnce) {
    block.resize(std::min(kHashedAtOnce, rows.rows() - begin));
    std::iota(block.begin(), block.end(), static_cast<std::uint32_t>(begin));
    hasher->hash(block, index.data() + begin * width);
  }
  return index;
}

}  // namespace

Result<std::vector<double>> SoftWeights::predict(const Frame& rows) const {
  std::size_t width = 0;
  auto index = soft_hashed(rows, columns, bits, width);
  if (!index) return fail(index.error());
  std::vector<double> all(rows.rows());
  for (std::size_t row = 0; row < all.size(); ++row) {
    double logit = intercept;
    for (std::size_t k = 0; k < width; ++k) logit += weights[(*index)[row * width + k]];
    all[row] = metrics::sigmoid(logit);
  }
  return all;
}

Result<SoftLogistic> SoftLogistic::create(const Frame& rows, std::vector<std::string> columns,
                                          double base_rate, const SoftLogisticOptions& options) {
  if (rows.rows() == 0) return fail(Code::bad_data, "there is no row to learn from");
  if (!(base_rate > 0 && base_rate < 1))
    return fail(Code::bad_data, "the rows have one class only: the base rate is {:g}", base_rate);
  if (!(options.alpha > 0 && options.beta > 0 && options.lambda2 >= 0) || options.bits < 4 ||
      options.bits > 26)
    return fail(Code::invalid_argument,
                "alpha and beta are above 0, lambda2 at least 0 and bits between 4 and 26");
  SoftLogistic learner;
  learner.options_ = options;
  auto index = soft_hashed(rows, columns, options.bits, learner.width_);
  if (!index) return fail(index.error());
  learner.index_ = std::move(*index);
  learner.columns_ = std::move(columns);
  learner.rows_ = rows.rows();
  learner.state_.resize(std::size_t{1} << options.bits);
  learner.base_ = metrics::logit(base_rate);
  return learner;
}

double SoftLogistic::weight(const State& state) const {
  return -state.z / ((options_.beta + std::sqrt(state.n)) / options_.alpha + options_.lambda2);
}

void SoftLogistic::update(State& state, double weight, double gradient) const {
  const double n = state.n + gradient * gradient;
  state.z += gradient - (std::sqrt(n) - std::sqrt(state.n)) / options_.alpha * weight;
  state.n = n;
}

bool SoftLogistic::pass(const Target& target, const Progress& progress) {
  std::vector<double> weights(width_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::uint32_t* index = index_.data() + row * width_;
    const double free = weight(free_);
    double logit = base_ + free;
    for (std::size_t k = 0; k < width_; ++k) logit += weights[k] = weight(state_[index[k]]);
    const double p = metrics::sigmoid(logit),
                 gradient = p - target(static_cast<std::uint32_t>(row), p);
    update(free_, free, gradient);
    for (std::size_t k = 0; k < width_; ++k) update(state_[index[k]], weights[k], gradient);
    if (row % 16384 == 0 && !progress.report(static_cast<double>(row) / static_cast<double>(rows_)))
      return false;
  }
  return !progress.stop_requested();
}

SoftWeights SoftLogistic::weights() const {
  SoftWeights all{columns_, {}, base_ + weight(free_), options_.bits};
  all.weights.reserve(state_.size());
  for (const State& state : state_) all.weights.push_back(weight(state));
  return all;
}

std::vector<double> SoftLogistic::predictions() const {
  const SoftWeights now = weights();
  std::vector<double> all(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    double logit = now.intercept;
    for (std::size_t k = 0; k < width_; ++k) logit += now.weights[index_[row * width_ + k]];
    all[row] = metrics::sigmoid(logit);
  }
  return all;
}

}  // namespace rehearse::models
