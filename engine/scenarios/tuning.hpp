// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tuning: a search over a model's settings, each judged on folds of the past; nested, to know what
// the search is worth; and peeking, to see how a winner flatters itself.
//
// The winner of T trials has the least of T noisy losses, hence one that is too low by about
// σ √(2 ln T) when the trials are equally good, σ being the noise of one validation set. Nothing is
// wrong with the winner; its score is a promise nobody made. Nested validation (Cawley, Talbot
// 2010) repeats the whole search inside each outer fold and judges its winner on rows that chose
// nothing.
#pragma once

#include <span>
#include <vector>

#include "engine/scenarios/cross_validation.hpp"
#include "engine/validation/search.hpp"

namespace rehearse::scenarios {

// A model with settings worth searching.
struct Tunable {
  std::string name;
  std::vector<validation::Dimension> dimensions;
  std::function<Result<ScorerPtr>(const Frame& rows, const validation::Setting& setting,
                                  std::uint64_t seed, const Progress& progress)>
      fit;
};
struct TunableChoice {
  std::vector<std::string> features = {};  // empty: all
  std::string label = {};
};
// One entry a model: whatever learns from rows alone. Error: no such model (they are listed).
const std::vector<std::string>& tunable_names();
Result<Tunable> tunable(std::string_view name, const TunableChoice& choice = {});

struct Tuned {
  // A row a trial: trial (from 1), value, best_so_far, live_of_best (what the best so far is worth
  // on the live rows), chosen_by (`start`, `model` or the method), and a column a dimension.
  // Values are those of the yardstick.
  Frame trials;
  ScorerPtr model;  // the winner, trained on all of the past
};

struct TuneOptions {
  validation::SplitOptions split = {.folds = 2};
  validation::SearchOptions search = {};
};

Result<Tuned> tune(const Frame& past, const Frame& live, const Tunable& model,
                   const Yardstick& yardstick, const TuneOptions& options, std::uint64_t seed,
                   const Progress& progress = {});

// Three rows: what the search says of its winner (`the winner's own score`), what nested
// validation says (`nested`), and the winner on the live rows (`live`): estimate, value, optimism,
// fits (models trained for it).
Result<Frame> nested_validation(const Frame& past, const Frame& live, const Tunable& model,
                                const Yardstick& yardstick, const TuneOptions& options,
                                int inner_folds, std::uint64_t seed, const Progress& progress = {});

struct PeekingOptions {
  int trials = 40;       // [2, 500] models with random settings
  int rows = 500;        // of a validation set, [20, half of the pool]
  int replicates = 200;  // validation sets, [1, 100000]
  std::uint64_t seed = 1;
};
// Trains `trials` models on `past` once, then draws validation sets from `pool` again and again;
// in each the models are tried in another order and the best so far is kept. Log loss throughout.
//   trials int, series text (`on the rows that chose it`, `on rows that chose nothing`, `best
//   possible choice`), value double (mean over replicates): a row a series for 1, 2, 3, 5, 8 …
// The pool is the population that the sets are drawn from: what a model is worth is its loss there.
// A set's mean luck over all models, which is 0 in expectation and favours none, is taken off its
// losses (a control variate), so that a few hundred sets show the luck of choosing alone.
struct Peeking {
  Frame curve;
  double chosen = 0, fresh = 0, best = 0;  // after all trials; best: the best of them on the pool
};
Result<Peeking> peeking(const Frame& past, const Frame& pool, std::span<const double> labels,
                        const Tunable& model, const PeekingOptions& options,
                        const Progress& progress = {});

}  // namespace rehearse::scenarios
