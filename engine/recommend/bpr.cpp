// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/bpr.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::recommend {
namespace {

constexpr double kBprInitialSd = 0.1;
constexpr std::size_t kStepsBetweenReports = 4096;

void initialize(FactorTable& table, std::uint64_t seed, const char* process) {
  const StreamKey key = stream_key(seed, process);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Stream stream(key, 0, row);
    for (double& value : table.row(row)) value = stream.normal(0, kBprInitialSd);
  }
}

// The r-th item, from 0, that is not among `had` (ascending). O(log n): had[t] - t items are free
// below had[t].
std::uint32_t nth_free(std::span<const std::uint32_t> had, std::uint32_t r) {
  std::size_t low = 0, high = had.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (had[middle] - middle <= r)
      low = middle + 1;
    else
      high = middle;
  }
  return r + static_cast<std::uint32_t>(low);
}

// Distinct (user, item) pairs one after another, for a uniform draw; only of users who lack
// something.
struct Pairs {
  std::vector<std::uint32_t> user, item;
  explicit Pairs(const Interactions& training) {
    for (std::uint32_t u = 0; u < training.users(); ++u) {
      const auto had = training.items_of(u);
      if (had.size() == training.items()) continue;
      user.insert(user.end(), had.size(), u);
      item.insert(item.end(), had.begin(), had.end());
    }
  }
};

Result<void> check_bpr(const Interactions& training, const BprOptions& options) {
  if (training.pairs() == 0)
    return fail(Code::bad_data, "BPR needs interactions to learn from; there are none");
  if (options.factors < 1 || options.factors > 512)
    return fail(Code::invalid_argument, "BPR has 1 to 512 factors, not {}", options.factors);
  if (options.epochs < 1) return fail(Code::invalid_argument, "BPR needs at least 1 epoch");
  if (!(options.learning_rate > 0) || std::isinf(options.learning_rate))
    return fail(Code::invalid_argument, "the learning rate of BPR is {:g}; it is above 0",
                options.learning_rate);
  if (!(options.regularization >= 0) || std::isinf(options.regularization))
    return fail(Code::invalid_argument, "the regularization of BPR is {:g}; it is 0 or more",
                options.regularization);
  return {};
}

}  // namespace

double bpr_step(BprFactors& factors, std::uint32_t user, std::uint32_t had, std::uint32_t other,
                double learning_rate, double regularization) {
  double* x = factors.users.row(user).data();
  double* yi = factors.items.row(had).data();
  double* yj = factors.items.row(other).data();
  const std::size_t k = factors.users.size();
  double& bi = factors.bias[had];
  double& bj = factors.bias[other];
  double d = bi - bj;
  for (std::size_t f = 0; f < k; ++f) d += x[f] * (yi[f] - yj[f]);
  const double g = 1 / (1 + std::exp(d));
  for (std::size_t f = 0; f < k; ++f) {
    const double own = x[f], difference = yi[f] - yj[f];
    x[f] += learning_rate * (g * difference - regularization * own);
    yi[f] += learning_rate * (g * own - regularization * yi[f]);
    yj[f] += learning_rate * (-g * own - regularization * yj[f]);
  }
  bi += learning_rate * (g - regularization * bi);
  bj += learning_rate * (-g - regularization * bj);
  return metrics::softplus(-d);
}

std::string Bpr::describe() const {
  return fmt::format(
      "BPR: {} factors and a bias, {} epochs, learning rate {:g}, regularization {:g}, seed {}",
      options_.factors, options_.epochs, options_.learning_rate, options_.regularization,
      options_.seed);
}

std::size_t Bpr::bytes() const {
  return factors_.users.bytes() + factors_.items.bytes() +
         factors_.bias.capacity() * sizeof(double);
}

void Bpr::score(std::uint32_t user, std::span<double> scores) const {
  assert(user < factors_.users.rows() && scores.size() == factors_.items.rows());
  if (training_.items_of(user).empty()) {  // factors that nothing has moved say nothing
    std::fill(scores.begin(), scores.end(), 0.0);
    return;
  }
  const auto x = factors_.users.row(user);
  for (std::size_t item = 0; item < scores.size(); ++item)
    scores[item] = factors_.bias[item] + dot(x, factors_.items.row(item));
}

Result<std::shared_ptr<const Bpr>> fit_bpr(const Interactions& training, const BprOptions& options,
                                           const Progress& progress) {
  if (auto fine = check_bpr(training, options); !fine) return fail(fine.error());
  const Pairs pairs(training);
  if (pairs.user.empty())
    return fail(Code::bad_data,
                "every user has had every item: there is no pair of had and not had to learn from");
  BprFactors factors{FactorTable(training.users(), options.factors),
                     FactorTable(training.items(), options.factors),
                     std::vector<double>(training.items(), 0.0)};
  initialize(factors.users, options.seed, "bpr.user");
  initialize(factors.items, options.seed, "bpr.item");
  std::vector<double> losses;
  const std::size_t steps = pairs.user.size();
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    Stream draw(options.seed, "bpr.triple", 0, epoch);
    double loss = 0;
    for (std::size_t step = 0; step < steps; ++step) {
      if (step % kStepsBetweenReports == 0 &&
          !progress.report((static_cast<double>(epoch) +
                            static_cast<double>(step) / static_cast<double>(steps)) /
                           static_cast<double>(options.epochs)))
        return cancelled();
      const std::size_t pair = draw.below(steps);
      const std::uint32_t user = pairs.user[pair];
      const auto had = training.items_of(user);
      const std::uint32_t other =
          nth_free(had, static_cast<std::uint32_t>(draw.below(training.items() - had.size())));
      loss += bpr_step(factors, user, pairs.item[pair], other, options.learning_rate,
                       options.regularization);
    }
    losses.push_back(loss / static_cast<double>(steps));
    if (!std::isfinite(loss) || loss > 1e9 * static_cast<double>(steps))
      return fail(
          Code::invalid_argument,
          "BPR: the factors grew beyond all bounds in epoch {}; use a smaller learning rate "
          "than {:g}, or less regularization than {:g}",
          epoch + 1, options.learning_rate, options.regularization);
  }
  return std::make_shared<const Bpr>(training, options, std::move(factors), std::move(losses));
}

}  // namespace rehearse::recommend
