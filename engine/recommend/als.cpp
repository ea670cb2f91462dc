// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/als.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/base/random.hpp"

namespace rehearse::recommend {
namespace {

constexpr double kInitialSd = 0.1;
constexpr std::size_t kRowsBetweenReports = 256;

// The interactions of one side: of a user the items, of an item the users.
struct Side {
  const Interactions& training;
  bool users;
  std::size_t rows() const { return users ? training.users() : training.items(); }
  std::span<const std::uint32_t> others(std::uint32_t row) const {
    return users ? training.items_of(row) : training.users_of(row);
  }
  std::span<const std::uint32_t> counts(std::uint32_t row) const {
    return users ? training.counts_of_user(row) : training.counts_of_item(row);
  }
};

NormalEquations shared_by_all(const FactorTable& fixed, double lambda) {
  NormalEquations shared(fixed.size());
  shared.add_all(fixed);
  shared.add_diagonal(lambda);
  return shared;
}

// α count for the matrix and 1 + α count for the right side, of one row.
struct Confidences {
  std::vector<double> extra, whole;
  void read(std::span<const std::uint32_t> counts, double alpha) {
    extra.clear(), whole.clear();
    for (const std::uint32_t count : counts) {
      extra.push_back(alpha * count);
      whole.push_back(1 + alpha * count);
    }
  }
};

Error unsolvable(const char* whom, std::uint32_t row) {
  return {Code::bad_data,
          fmt::format("the least squares of {} {} cannot be solved in double precision; use a "
                      "larger lambda or a smaller alpha",
                      whom, row)};
}

// Solves every row of `solved` against `fixed`. A row without interactions is 0, the least of its
// loss.
Result<void> solve_side(const Side& side, const FactorTable& fixed, FactorTable& solved,
                        const AlsOptions& options, const Progress& progress, double begin,
                        double end) {
  const NormalEquations shared = shared_by_all(fixed, options.lambda);
  NormalEquations own(fixed.size());
  Confidences confidence;
  for (std::uint32_t row = 0; row < side.rows(); ++row) {
    if (row % kRowsBetweenReports == 0 &&
        !progress.report(begin + (end - begin) * row / static_cast<double>(side.rows())))
      return cancelled();
    const auto others = side.others(row);
    if (others.empty()) {
      std::fill(solved.row(row).begin(), solved.row(row).end(), 0.0);
      continue;
    }
    confidence.read(side.counts(row), options.alpha);
    own.start_from(shared);
    own.add(fixed, others, confidence.extra, confidence.whole);
    if (!own.solve(solved.row(row)))
      return tl::unexpected(unsolvable(side.users ? "user" : "item", row));
  }
  return {};
}

Result<void> check_als(const Interactions& training, const AlsOptions& options) {
  if (training.pairs() == 0)
    return fail(Code::bad_data, "ALS needs interactions to learn from; there are none");
  if (options.factors < 1 || options.factors > 512)
    return fail(Code::invalid_argument, "ALS has 1 to 512 factors, not {}", options.factors);
  if (options.iterations < 1) return fail(Code::invalid_argument, "ALS needs at least 1 iteration");
  if (!(options.alpha >= 0) || std::isinf(options.alpha))
    return fail(Code::invalid_argument, "alpha of ALS is {:g}; it is 0 or more", options.alpha);
  if (!(options.lambda > 0) || std::isinf(options.lambda))
    return fail(Code::invalid_argument, "lambda of ALS is {:g}; it is above 0", options.lambda);
  return {};
}

}  // namespace

std::string Als::describe() const {
  return fmt::format("implicit ALS: {} factors, {} iterations, alpha {:g}, lambda {:g}, seed {}",
                     options_.factors, options_.iterations, options_.alpha, options_.lambda,
                     options_.seed);
}

void Als::score(std::uint32_t user, std::span<double> scores) const {
  assert(user < users_.rows() && scores.size() == items_.rows());
  const auto x = users_.row(user);
  for (std::size_t item = 0; item < scores.size(); ++item) scores[item] = dot(x, items_.row(item));
}

double als_loss(const Interactions& training, const FactorTable& users, const FactorTable& items,
                const AlsOptions& options) {
  // Over all pairs Σ (x·y)² = ⟨XᵀX, YᵀY⟩; where there is an interaction, its true term replaces
  // the one of an absence.
  NormalEquations of_users(users.size()), of_items(items.size());
  of_users.add_all(users), of_items.add_all(items);
  double loss = 0;
  for (std::size_t i = 0; i < users.size(); ++i) {
    for (std::size_t j = 0; j < users.size(); ++j) loss += of_users.at(i, j) * of_items.at(i, j);
    loss += options.lambda * (of_users.at(i, i) + of_items.at(i, i));
  }
  for (std::uint32_t user = 0; user < training.users(); ++user) {
    const auto had = training.items_of(user), counts = training.counts_of_user(user);
    double own = 0;
    for (std::size_t n = 0; n < had.size(); ++n) {
      const double predicted = dot(users.row(user), items.row(had[n]));
      own += (1 + options.alpha * counts[n]) * (1 - predicted) * (1 - predicted) -
             predicted * predicted;
    }
    loss += own;
  }
  return loss;
}

Result<std::shared_ptr<const Als>> fit_als(const Interactions& training, const AlsOptions& options,
                                           const Progress& progress) {
  if (auto fine = check_als(training, options); !fine) return fail(fine.error());
  FactorTable users(training.users(), options.factors), items(training.items(), options.factors);
  const StreamKey initial = stream_key(options.seed, "als.item");
  for (std::size_t item = 0; item < items.rows(); ++item) {
    Stream stream(initial, 0, item);
    for (double& value : items.row(item)) value = stream.normal(0, kInitialSd);
  }
  std::vector<double> losses;
  const auto turns = static_cast<double>(2 * options.iterations);
  for (std::size_t i = 0; i < options.iterations; ++i) {
    const auto turn = static_cast<double>(2 * i);
    if (auto done = solve_side({training, true}, items, users, options, progress, turn / turns,
                               (turn + 1) / turns);
        !done)
      return fail(done.error());
    if (auto done = solve_side({training, false}, users, items, options, progress,
                               (turn + 1) / turns, (turn + 2) / turns);
        !done)
      return fail(done.error());
    losses.push_back(als_loss(training, users, items, options));
  }
  return std::make_shared<const Als>(training, options, std::move(users), std::move(items),
                                     std::move(losses));
}

Result<UserStep> explain_user(const Als& model, std::uint32_t user, std::uint32_t item) {
  const Interactions& training = model.training();
  const FactorTable& items = model.item_factors();
  if (user >= training.users() || item >= training.items())
    return fail(Code::invalid_argument, "user {} and item {}, where there are {} and {}", user,
                item, training.users(), training.items());
  UserStep step;
  NormalEquations own = shared_by_all(items, model.options().lambda);
  for (std::size_t i = 0; i < items.size(); ++i) step.shared_trace += own.at(i, i);
  Confidences confidence;
  const auto had = training.items_of(user), counts = training.counts_of_user(user);
  confidence.read(counts, model.options().alpha);
  own.add(items, had, confidence.extra, confidence.whole);
  for (std::size_t i = 0; i < items.size(); ++i) step.own_trace += own.at(i, i);
  step.own_trace -= step.shared_trace;
  step.factors.resize(items.size());
  if (!own.solve(step.factors)) return tl::unexpected(unsolvable("user", user));

  std::vector<double> seen_by_user(items.row(item).begin(), items.row(item).end());
  own.solve_again(seen_by_user);  // A⁻¹ y_item
  for (std::size_t n = 0; n < had.size(); ++n) {
    const auto y = items.row(had[n]);
    const double similarity = dot(seen_by_user, y);
    step.had.push_back({had[n], counts[n], confidence.whole[n],
                        dot(model.user_factors().row(user), y), dot(step.factors, y), similarity,
                        confidence.whole[n] * similarity});
  }
  std::stable_sort(step.had.begin(), step.had.end(),
                   [](const auto& a, const auto& b) { return a.contribution > b.contribution; });
  step.score = dot(step.factors, items.row(item));
  return step;
}

}  // namespace rehearse::recommend
