// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/scenarios/tuning.hpp"

namespace rehearse::scenarios {
namespace {

// The log loss of each model on each row of the pool.
struct Losses {
  std::vector<std::vector<float>> of_row;  // by model, then row
  std::vector<double> fresh;               // by model: what it is worth on the whole pool
};

Result<Losses> losses_of(const Frame& past, const Frame& pool, std::span<const double> labels,
                         const Tunable& model, const PeekingOptions& o, const Progress& progress) {
  validation::SearchOptions random;
  random.method = validation::Search::random, random.budget = o.trials, random.seed = o.seed;
  const Progress inner(progress.token(), {});
  Losses losses;
  const auto try_one = [&](const validation::Setting& setting, int) -> Result<double> {
    auto fitted = model.fit(past, setting, o.seed, inner);
    if (!fitted) return fail(fitted.error());
    auto scores = (*fitted)->score(pool);
    if (!scores) return fail(scores.error());
    std::vector<float> each(scores->size());
    double sum = 0;
    for (std::size_t row = 0; row < each.size(); ++row) {
      const double p = std::clamp((*scores)[row], metrics::kLogLossClip, 1 - metrics::kLogLossClip);
      each[row] = static_cast<float>(-std::log(labels[row] > 0 ? p : 1 - p));
      sum += static_cast<double>(each[row]);
    }
    losses.fresh.push_back(sum / static_cast<double>(each.size()));
    losses.of_row.push_back(std::move(each));
    return losses.fresh.back();
  };
  auto trials = validation::search(model.dimensions, try_one, random, progress);
  if (!trials) return fail(trials.error());
  return losses;
}

// 1, 2, 3, 5, 8 … and the last.
std::vector<std::size_t> counts_to(std::size_t last) {
  std::vector<std::size_t> counts;
  for (std::size_t a = 1, b = 2; a < last; std::swap(a, b), b += a) counts.push_back(a);
  counts.push_back(last);
  return counts;
}

// Sums over replicates, by number of trials.
struct Curves {
  std::vector<double> chosen, fresh, best;
  explicit Curves(std::size_t n) : chosen(n), fresh(n), best(n) {}
};

// One validation set: the models are tried in an order of its own.
void try_in_order(const Losses& losses, std::span<const std::uint32_t> rows, Stream& stream,
                  Curves& curves) {
  std::vector<std::uint32_t> order(losses.fresh.size());
  std::iota(order.begin(), order.end(), 0U);
  stream.shuffle(std::span(order));
  std::vector<double> on_set(order.size());
  double luck = 0;  // how much dearer the set is than the pool to all models alike
  for (std::size_t m = 0; m < order.size(); ++m) {
    for (const std::uint32_t row : rows) on_set[m] += static_cast<double>(losses.of_row[m][row]);
    on_set[m] /= static_cast<double>(rows.size());
    luck += (on_set[m] - losses.fresh[m]) / static_cast<double>(order.size());
  }
  double seen = INFINITY, real = INFINITY, best = INFINITY;
  for (std::size_t t = 0; t < order.size(); ++t) {
    const std::uint32_t m = order[t];
    if (on_set[m] < seen) seen = on_set[m], real = losses.fresh[m];
    best = std::min(best, losses.fresh[m]);
    curves.chosen[t] += seen - luck, curves.fresh[t] += real, curves.best[t] += best;
  }
}

Result<Frame> to_curve(const Curves& curves, double replicates) {
  std::vector<std::int32_t> trials;
  std::vector<std::string> series;
  std::vector<double> value;
  for (const auto& [name, sums] : {std::pair("on the rows that chose it", &curves.chosen),
                                   std::pair("on rows that chose nothing", &curves.fresh),
                                   std::pair("best possible choice", &curves.best)})
    for (const std::size_t count : counts_to(sums->size())) {
      trials.push_back(static_cast<std::int32_t>(count));
      series.emplace_back(name), value.push_back((*sums)[count - 1] / replicates);
    }
  Frame::Builder b;
  b.add("trials", std::move(trials)).add("series", series).add("value", std::move(value));
  return std::move(b).build();
}

Result<void> validate_peeking(const Frame& pool, std::span<const double> labels,
                              const PeekingOptions& o) {
  if (o.trials < 2 || o.trials > 500)
    return fail(Code::invalid_argument, "trials is {}; it lies between 2 and 500", o.trials);
  if (o.rows < 20 || static_cast<std::size_t>(o.rows) * 2 > pool.rows())
    return fail(Code::invalid_argument,
                "validation sets of {} rows from a pool of {}: at least 20, and at most half, so "
                "that two of them are not the same rows",
                o.rows, pool.rows());
  if (o.replicates < 1 || o.replicates > 100000)
    return fail(Code::invalid_argument, "replicates is {}; it lies between 1 and 100,000",
                o.replicates);
  if (labels.size() != pool.rows()) return fail(Code::internal, "labels do not fit the pool");
  return {};
}

}  // namespace

Result<Peeking> peeking(const Frame& past, const Frame& pool, std::span<const double> labels,
                        const Tunable& model, const PeekingOptions& o, const Progress& progress) {
  if (auto fine = validate_peeking(pool, labels, o); !fine) return fail(fine.error());
  auto losses = losses_of(past, pool, labels, model, o, progress);
  if (!losses) return fail(losses.error());
  const auto models = losses->fresh.size();
  Curves curves(models);
  const StreamKey key = stream_key(o.seed, "validation.peeking");
  std::vector<std::uint32_t> rows(pool.rows());
  for (int r = 0; r < o.replicates; ++r) {
    Stream stream(key, 0, static_cast<std::uint64_t>(r));
    std::iota(rows.begin(), rows.end(), 0U);
    for (std::size_t i = 0; i < static_cast<std::size_t>(o.rows); ++i)
      std::swap(rows[i], rows[i + stream.below(rows.size() - i)]);
    try_in_order(*losses, std::span(rows).first(static_cast<std::size_t>(o.rows)), stream, curves);
    if (progress.stop_requested()) return cancelled();
  }
  const double n = o.replicates;
  auto curve = to_curve(curves, n);
  if (!curve) return fail(curve.error());
  return Peeking{std::move(*curve), curves.chosen.back() / n, curves.fresh.back() / n,
                 curves.best.back() / n};
}

}  // namespace rehearse::scenarios
