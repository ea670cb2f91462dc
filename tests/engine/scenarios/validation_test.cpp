// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cross-validation, tuning, peeking and the leakage hunt, on the simulated site.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/baselines.hpp"
#include "engine/models/ftrl.hpp"
#include "engine/scenarios/leakage_hunt.hpp"
#include "engine/scenarios/tuning.hpp"
#include "engine/sim/impressions.hpp"

namespace {

using namespace rehearse;
using scenarios::Yardstick;

struct Weeks {
  Frame past, live;
};

Weeks weeks(sim::DriftKind drift = sim::DriftKind::none) {
  sim::SiteOptions o;
  o.users = 900, o.days = 21, o.sessions_per_day = 0.5, o.base_ctr = 0.1, o.seed = 6;
  o.drift.kind = drift, o.drift.day = 10, o.drift.strength = 1;
  const Frame log = *sim::simulate_impressions(o);
  const std::vector<int> marks = {14};
  auto parts = *sim::split_by_day(log, marks);
  return {parts[0], parts[1]};
}

Yardstick log_loss() {
  return {[](const Scorer& model, const Frame& rows) -> Result<metrics::Measure> {
            auto scores = model.score(rows);
            if (!scores) return fail(scores.error());
            const auto labels = rows.find("click")->numbers();
            auto scored = metrics::Scored::of(*scores, labels);
            if (!scored) return fail(scored.error());
            return metrics::Measure{metrics::log_loss(*scored), {}};
          },
          false};
}

// Does not change with the base rate, so that weeks may be compared.
Yardstick roc_auc() {
  return {[](const Scorer& model, const Frame& rows) -> Result<metrics::Measure> {
            auto scores = model.score(rows);
            if (!scores) return fail(scores.error());
            const auto labels = rows.find("click")->numbers();
            auto scored = metrics::Scored::of(*scores, labels);
            if (!scored) return fail(scored.error());
            return metrics::roc_auc(*scored);
          },
          true};
}

scenarios::Fit ftrl_on(std::vector<std::string> columns) {
  return [columns](const Frame& rows, std::uint64_t, const Progress& p) -> Result<ScorerPtr> {
    models::FtrlOptions o;
    o.bits = 16, o.features.columns = columns;
    auto model = models::train_ftrl(rows, o, p);
    if (!model) return fail(model.error());
    return ScorerPtr(*model);
  };
}

double of_split(const Frame& summary, const char* split, const char* column) {
  for (std::size_t row = 0; row < summary.rows(); ++row)
    if (summary.find("split")->text(row) == split) return summary.find(column)->number(row);
  FAIL("no such split");
  return 0;
}

std::vector<validation::SplitOptions> splits(std::initializer_list<validation::Split> kinds) {
  std::vector<validation::SplitOptions> all;
  for (const auto kind : kinds) {
    validation::SplitOptions o;
    o.split = kind, o.folds = 4;
    all.push_back(o);
  }
  return all;
}

}  // namespace

TEST_CASE("cross-validation: a fold's value is what training and measuring by hand gives") {
  const Weeks w = weeks();
  const auto fit = [](const Frame& rows, std::uint64_t, const Progress&) {
    return models::prior_scorer(rows);
  };
  const auto options = splits({validation::Split::forward});
  const auto result = scenarios::cross_validate(w.past, w.live, fit, log_loss(), options, 1);
  REQUIRE(result);
  const auto folds = *validation::make_folds(w.past, options[0]);
  double mean = 0;
  for (std::size_t f = 0; f < 4; ++f) {
    double clicks = 0, loss = 0;
    for (const auto row : folds[f].train) clicks += w.past.find("click")->number(row);
    const double p = clicks / static_cast<double>(folds[f].train.size());
    for (const auto row : folds[f].test)
      loss -= std::log(w.past.find("click")->number(row) == 1 ? p : 1 - p);
    loss /= static_cast<double>(folds[f].test.size());
    CHECK(result->folds.find("value")->number(f) == Approx(loss));
    mean += loss / 4;
  }
  CHECK(of_split(result->summary, "forward", "value") == Approx(mean));
  CHECK(of_split(result->summary, "forward", "optimism") ==
        Approx(of_split(result->summary, "forward", "live") - mean));
  CHECK(result->folds.rows() == 8);  // four of the split, four of the truth
}

TEST_CASE(
    "cross-validation: after a shift, random folds flatter and the last forward block does not") {
  const Weeks w = weeks(sim::DriftKind::concept_shift);
  const auto result = scenarios::cross_validate(
      w.past, w.live, ftrl_on({"topic", "community", "affinity", "media", "position"}), roc_auc(),
      splits({validation::Split::random, validation::Split::forward}), 1);
  REQUIRE(result);
  const double random = of_split(result->summary, "random", "optimism"),
               last = of_split(result->summary, "forward", "last") -
                      of_split(result->summary, "forward", "live");
  INFO(random << " " << last);
  CHECK(random > 0);
  CHECK(std::abs(last) < random);
}

TEST_CASE("cross-validation: what goes wrong says in which split and fold") {
  const Weeks w = weeks();
  const auto broken = [](const Frame&, std::uint64_t, const Progress&) -> Result<ScorerPtr> {
    return fail(Code::bad_data, "no");
  };
  int calls = 0;
  const auto later = [&](const Frame& rows, std::uint64_t, const Progress&) -> Result<ScorerPtr> {
    if (calls++ == 2) return fail(Code::bad_data, "no");
    return models::prior_scorer(rows);
  };
  const auto options = splits({validation::Split::user});
  CHECK_FALSE(scenarios::cross_validate(w.past, w.live, broken, log_loss(), options, 1));
  CHECK(scenarios::cross_validate(w.past, w.live, later, log_loss(), options, 1).error().message ==
        "user: fold 2: no");
  CHECK_FALSE(scenarios::cross_validate(w.past, w.live, later, log_loss(), {}, 1));
}

TEST_CASE("tuning: trials, best so far and the winner's live loss fit together") {
  const Weeks w = weeks();
  scenarios::TuneOptions o;
  o.search.budget = 9;
  const auto model = scenarios::tunable("ftrl");
  REQUIRE(model);
  const auto tuned = scenarios::tune(w.past, w.live, *model, log_loss(), o, 1);
  REQUIRE(tuned);
  const Frame& t = tuned->trials;
  REQUIRE(t.rows() == 9);
  double best = INFINITY;
  for (std::size_t row = 0; row < 9; ++row) {
    best = std::min(best, t.find("value")->number(row));
    CHECK(t.find("best_so_far")->number(row) == best);
    CHECK(t.find("alpha")->number(row) >= 0.003);
  }
  CHECK(*log_loss()(*tuned->model, w.live) == Approx(t.find("live_of_best")->number(8)));
  CHECK(t.find("chosen_by")->text(0) == "start");
  CHECK(t.find("chosen_by")->text(8) == "model");
  CHECK(scenarios::tunable("xgb").error().message.find("ftrl") != std::string::npos);
}

TEST_CASE("tuning: every model that can be tuned learns with the middle of its settings") {
  const Weeks w = weeks();
  for (const std::string& name : scenarios::tunable_names()) {
    INFO(name);
    const auto model = scenarios::tunable(name, {.features = {"topic", "affinity", "position"}});
    REQUIRE(model);
    validation::Setting middle;
    for (const auto& dimension : model->dimensions) middle.push_back(dimension.value(0.5));
    const auto fitted = model->fit(w.past, middle, 1, {});
    INFO((fitted ? "" : fitted.error().message));
    REQUIRE(fitted);
    CHECK(*roc_auc()(**fitted, w.live) > 0.6);
  }
}

TEST_CASE("nested validation: three estimates, the last the truth, and the fits that they cost") {
  const Weeks w = weeks();
  scenarios::TuneOptions o;
  o.split.split = validation::Split::random, o.split.folds = 3;
  o.search.method = validation::Search::random, o.search.budget = 4;
  const auto table = scenarios::nested_validation(w.past, w.live, *scenarios::tunable("ftrl"),
                                                  log_loss(), o, 2, 1);
  REQUIRE(table);
  CHECK(table->find("estimate")->text(1) == "nested");
  CHECK(table->find("optimism")->number(2) == 0);
  CHECK(table->find("fits")->number(0) == 12);
  CHECK(table->find("fits")->number(1) == 27);
  // The best of four means cannot be above the mean loss of whatever the nested search chose.
  CHECK(table->find("value")->number(0) <= table->find("value")->number(1) + 0.01);
}

TEST_CASE("peeking: the more is tried, the more the winner's own score flatters; truth stays put") {
  const Weeks w = weeks();
  scenarios::PeekingOptions o;
  o.trials = 20, o.rows = 200, o.replicates = 300;
  const auto labels = w.live.find("click")->numbers();
  const auto result = scenarios::peeking(w.past, w.live, labels, *scenarios::tunable("ftrl"), o);
  REQUIRE(result);
  CHECK(result->chosen < result->fresh);
  CHECK(result->best <= result->fresh);
  const Frame& c = result->curve;
  double first_gap = 0, before = INFINITY;
  for (std::size_t row = 0; row < c.rows(); ++row)
    if (c.find("series")->text(row) == "on the rows that chose it") {
      CHECK(c.find("value")->number(row) <= before);
      before = c.find("value")->number(row);
      if (c.find("trials")->number(row) == 1) first_gap = c.find("value")->number(row);
    } else if (c.find("trials")->number(row) == 1 &&
               c.find("series")->text(row) == "on rows that chose nothing") {
      first_gap = c.find("value")->number(row) - first_gap;
    }
  // One trial chooses nothing.
  CHECK(std::abs(first_gap) < 0.2 * (result->fresh - result->chosen));
  o.rows = 10;
  CHECK_FALSE(scenarios::peeking(w.past, w.live, labels, *scenarios::tunable("ftrl"), o));
}

TEST_CASE("leakage hunt: finds a column that copies the outcome, and accuses no honest one") {
  Weeks w = weeks();
  for (Frame* part : {&w.past, &w.live}) {
    std::vector<double> copy;
    for (std::size_t row = 0; row < part->rows(); ++row) {
      Stream stream(8, "test.leak", 0, row);
      copy.push_back(part->find("click")->number(row) == 1 ? 5 + 60 * stream.uniform()
                                                           : 1 + stream.below(3));
    }
    Frame::Builder b;
    b.add("seconds_open", std::move(copy), {.role = Role::feature});
    *part = *part->with(std::move(b).build()->column(0));
  }
  scenarios::HuntOptions o;
  o.columns = {"seconds_open",  "topic", "affinity",     "position",
               "user_activity", "media", "click_arrival"};
  const scenarios::ColumnFit fit = [](const Frame& rows, const std::vector<std::string>& columns,
                                      const Progress& p) -> Result<ScorerPtr> {
    models::FtrlOptions options;
    options.bits = 16, options.features.columns = columns, options.features.allow_leak = true;
    auto model = models::train_ftrl(rows, options, p);
    if (!model) return fail(model.error());
    return ScorerPtr(*model);
  };
  const auto hunt = scenarios::leakage_hunt(w.past, w.live, fit, log_loss(), o);
  INFO((hunt ? "" : hunt.error().message));
  REQUIRE(hunt);
  CHECK(hunt->suspects.size() == 2);
  const Frame& c = hunt->columns;
  const auto row_of = [&](const char* name) {
    for (std::size_t row = 0; row < c.rows(); ++row)
      if (c.find("column")->text(row) == name) return row;
    FAIL(name);
    return std::size_t{0};
  };
  CHECK(c.find("late")->number(row_of("click_arrival")) > 0.05);
  CHECK(c.find("alone")->number(row_of("seconds_open")) > 0.9);
  CHECK(std::isnan(c.find("lagged")->number(row_of("topic"))));
  CHECK_FALSE(std::isnan(c.find("lagged")->number(row_of("user_activity"))));
  o.columns = {"topic"};
  CHECK_FALSE(scenarios::leakage_hunt(w.past, w.live, fit, log_loss(), o));
}
