// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/tuning.hpp"

#include <cmath>
#include <numeric>

namespace rehearse::scenarios {
namespace {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Fit fit_with(const Tunable& model, const validation::Setting& setting) {
  return [&model, setting](const Frame& rows, std::uint64_t seed, const Progress& progress) {
    return model.fit(rows, setting, seed, progress);
  };
}

// A search on folds; smaller is better inside, so a gain changes its sign.
Result<std::vector<validation::Trial>> search_on(const Frame& rows,
                                                 const std::vector<validation::Fold>& folds,
                                                 const Tunable& model, const Yardstick& yardstick,
                                                 const validation::SearchOptions& options,
                                                 std::uint64_t seed, const Progress& progress) {
  const double sign = yardstick.higher_is_better ? -1 : 1;
  const Progress inner(progress.token(), {});
  return validation::search(
      model.dimensions,
      [&](const validation::Setting& setting, int) -> Result<double> {
        auto values = fold_values(rows, folds, fit_with(model, setting), yardstick, seed, inner);
        if (!values) return fail(values.error());
        return sign * mean(*values);
      },
      options, progress);
}

struct TrialRows {
  std::vector<std::int32_t> trial;
  std::vector<double> loss, best, live;
  std::vector<std::string> chosen_by;
  std::vector<std::vector<double>> settings;

  Result<Frame> frame(const std::vector<validation::Dimension>& dimensions) && {
    Frame::Builder b;
    b.add("trial", std::move(trial)).add("value", std::move(loss));
    b.add("best_so_far", std::move(best)).add("live_of_best", std::move(live));
    b.add("chosen_by", chosen_by);
    for (std::size_t d = 0; d < dimensions.size(); ++d)
      b.add(dimensions[d].name, std::move(settings[d]));
    return std::move(b).build();
  }
};

const char* chooser(const validation::Trial& trial, validation::Search method) {
  if (trial.by_model) return "model";
  return method == validation::Search::random ? "random" : "start";
}

}  // namespace

Result<Tuned> tune(const Frame& past, const Frame& live, const Tunable& model,
                   const Yardstick& yardstick, const TuneOptions& o, std::uint64_t seed,
                   const Progress& progress) {
  auto folds = validation::make_folds(past, o.split);
  if (!folds) return fail(folds.error());
  auto trials = search_on(past, *folds, model, yardstick, o.search, seed, progress);
  if (!trials) return fail(trials.error());
  const double sign = yardstick.higher_is_better ? -1 : 1;
  const Progress inner(progress.token(), {});
  TrialRows rows;
  rows.settings.resize(model.dimensions.size());
  ScorerPtr winner;
  double winner_live = std::nan("");
  for (std::size_t t = 0; t < trials->size(); ++t) {
    const validation::Trial& trial = (*trials)[t];
    if (!winner || trial.loss < (*trials)[t - 1].best_so_far) {
      auto fitted = model.fit(past, trial.setting, seed, inner);
      if (!fitted) return fail(fitted.error());
      auto real = at("the live rows", yardstick(**fitted, live));
      if (!real) return fail(real.error());
      winner = std::move(*fitted), winner_live = *real;
    }
    rows.trial.push_back(static_cast<std::int32_t>(t + 1));
    rows.loss.push_back(sign * trial.loss), rows.best.push_back(sign * trial.best_so_far);
    rows.live.push_back(winner_live);
    rows.chosen_by.emplace_back(chooser(trial, o.search.method));
    for (std::size_t d = 0; d < trial.setting.size(); ++d)
      rows.settings[d].push_back(trial.setting[d]);
  }
  auto table = std::move(rows).frame(model.dimensions);
  if (!table) return fail(table.error());
  return Tuned{std::move(*table), std::move(winner)};
}

namespace {

// The search of one outer fold, judged on rows that it never saw.
Result<double> outer_value(const Frame& past, const validation::NestedFold& fold,
                           const Tunable& model, const Yardstick& yardstick, const TuneOptions& o,
                           std::uint64_t seed, const Progress& inner) {
  auto trials = search_on(past, fold.inner, model, yardstick, o.search, seed, inner);
  if (!trials) return fail(trials.error());
  auto winner =
      model.fit(past.take(fold.outer.train), validation::best_of(*trials).setting, seed, inner);
  if (!winner) return fail(winner.error());
  return yardstick(**winner, past.take(fold.outer.test));
}

Result<Frame> estimates(const std::vector<std::string>& names, std::vector<double> values,
                        std::vector<std::int32_t> fits, const Yardstick& yardstick) {
  std::vector<double> optimism;
  for (const double value : values) optimism.push_back(yardstick.optimism(value, values.back()));
  Frame::Builder b;
  b.add("estimate", names).add("value", std::move(values));
  b.add("optimism", std::move(optimism)).add("fits", std::move(fits));
  return std::move(b).build();
}

}  // namespace

Result<Frame> nested_validation(const Frame& past, const Frame& live, const Tunable& model,
                                const Yardstick& yardstick, const TuneOptions& o, int inner_folds,
                                std::uint64_t seed, const Progress& progress) {
  const Progress inner(progress.token(), {});
  auto nested = validation::make_nested_folds(past, o.split, inner_folds);
  if (!nested) return fail(nested.error());
  std::vector<double> outer;
  for (std::size_t f = 0; f < nested->size(); ++f) {
    auto value = at(fmt::format("outer fold {}", f + 1),
                    outer_value(past, (*nested)[f], model, yardstick, o, seed, inner));
    if (!value) return fail(value.error());
    outer.push_back(*value);
    if (!progress.report(0.8 * static_cast<double>(f + 1) / static_cast<double>(nested->size())))
      return cancelled();
  }
  std::vector<validation::Fold> folds;
  for (validation::NestedFold& fold : *nested) folds.push_back(std::move(fold.outer));
  auto trials = search_on(past, folds, model, yardstick, o.search, seed, inner);
  if (!trials) return fail(trials.error());
  const validation::Trial& best = validation::best_of(*trials);
  auto winner = model.fit(past, best.setting, seed, inner);
  if (!winner) return fail(winner.error());
  auto real = at("the live rows", yardstick(**winner, live));
  if (!real) return fail(real.error());
  const auto count = static_cast<std::int32_t>(trials->size()), k = o.split.folds;
  return estimates({"the winner's own score", "nested", "live"},
                   {yardstick.higher_is_better ? -best.loss : best.loss, mean(outer), *real},
                   {count * k, k * (count * inner_folds + 1), 1}, yardstick);
}

}  // namespace rehearse::scenarios
