// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nominal beside measured: each test of the room run on many experiments whose truth is known. What
// a 95% interval covers, how often a test of nothing rejects at 5%, how often it finds the effect.
// Used by a test (few repetitions, wide limits) and by a benchmark (many, printed as a table).
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/experiment/adjustment.hpp"
#include "engine/experiment/clusters.hpp"
#include "engine/experiment/instrument.hpp"
#include "engine/experiment/multiplicity.hpp"
#include "engine/experiment/permutation.hpp"
#include "engine/experiment/ratio.hpp"
#include "engine/experiment/srm.hpp"

namespace rehearse::experiment::rates {

struct Reading {
  double p = 1;
  bool covers = false;  // the interval has the true effect
};

struct Study {
  std::string name;
  double nominal = 0.05;  // of rejections of nothing
  bool honest = true;     // false: there to show what goes wrong
  // One experiment with this true effect (in the study's own unit), by replicate.
  std::function<Reading(double effect, std::uint64_t replicate)> run;
  double effect = 0;     // for coverage and power
  bool interval = true;  // false: a p-value alone
};

struct Measured {
  double false_alarms = 0, coverage = 0, power = 0;
};

inline Measured measure(const Study& study, int replicates) {
  Measured measured;
  for (int r = 0; r < replicates; ++r) {
    const auto replicate = static_cast<std::uint64_t>(r);
    measured.false_alarms += study.run(0, replicate).p < study.nominal;
    const Reading with = study.run(study.effect, replicate);
    measured.coverage += with.covers, measured.power += with.p < study.nominal;
  }
  for (double* share : {&measured.false_alarms, &measured.coverage, &measured.power})
    *share /= replicates;
  return measured;
}

inline Reading reading_of(const Result<Contrast>& contrast, double truth) {
  if (!contrast || std::isnan(contrast->p)) return {};
  return {contrast->p, contrast->ci_low <= truth && truth <= contrast->ci_high};
}

struct World {
  std::vector<std::uint8_t> treated;
  std::vector<double> outcome, before, arms[2], sessions[2];
  std::vector<std::int32_t> strata;
  std::vector<std::int64_t> clusters;
  Units units() const { return {treated, outcome, {std::span<const double>(before)}}; }
};

// Users with a covariate (correlation about 0.7 with the outcome), three strata, and a skewed
// outcome; an effect that varies between users around its mean.
inline World skewed(double effect, std::uint64_t replicate, int n) {
  World w;
  Stream stream(11, "rates.skewed", static_cast<std::uint32_t>(replicate), 0);
  for (int i = 0; i < n; ++i) {
    const double x = stream.normal();
    const bool treated = stream.bernoulli(0.5);
    const double y = std::exp(0.5 * x + 0.5 * stream.normal()) +
                     (treated ? effect * (1 + 0.5 * stream.normal()) : 0);
    w.treated.push_back(treated), w.before.push_back(x), w.outcome.push_back(y);
    w.strata.push_back(x < -0.5 ? 0 : x < 0.5 ? 1 : 2);
    w.arms[treated].push_back(y);
  }
  return w;
}

inline Reading proportions_case(double effect, std::uint64_t replicate) {
  Stream stream(11, "rates.proportion", static_cast<std::uint32_t>(replicate), 0);
  Successes arms[2];
  for (int arm = 0; arm < 2; ++arm)
    for (int i = 0; i < 600; ++i)
      arms[arm].successes += stream.bernoulli(0.2 + arm * effect), arms[arm].trials += 1;
  return reading_of(two_proportions(arms[0], arms[1]), effect);
}

// Clicks of each user's impressions; the rate differs between users.
inline Reading ratio_case(double effect, std::uint64_t replicate, bool naive) {
  Stream stream(11, "rates.ratio", static_cast<std::uint32_t>(replicate), 0);
  std::vector<double> x[2], y[2];
  Successes rows[2];
  for (int arm = 0; arm < 2; ++arm)
    for (int user = 0; user < 300; ++user) {
      const double own = stream.beta(2, 8), shown = 1 + static_cast<double>(stream.poisson(12));
      double clicks = 0;
      for (int i = 0; i < shown; ++i) clicks += stream.bernoulli(own + arm * effect);
      x[arm].push_back(clicks), y[arm].push_back(shown);
      rows[arm].successes += clicks, rows[arm].trials += shown;
    }
  if (naive) return reading_of(two_proportions(rows[0], rows[1]), effect);
  return reading_of(ratio_contrast({x[0], y[0]}, {x[1], y[1]}), effect);
}

// Forty clusters of very different size, with an effect of the cluster on its members.
inline Reading cluster_case(double effect, std::uint64_t replicate, bool naive) {
  Stream stream(11, "rates.cluster", static_cast<std::uint32_t>(replicate), 0);
  World w;
  for (int cluster = 0; cluster < 40; ++cluster) {
    const double shared = 0.5 * stream.normal();
    const int size = 5 + static_cast<int>(stream.below(30));
    for (int i = 0; i < size; ++i) {
      w.treated.push_back(cluster % 2), w.clusters.push_back(cluster);
      w.outcome.push_back(shared + stream.normal() + (cluster % 2 ? effect : 0));
      w.arms[cluster % 2].push_back(w.outcome.back());
    }
  }
  if (naive) return reading_of(welch(w.arms[0], w.arms[1]), effect);
  const auto made = clustered({w.treated, w.outcome, {}}, w.clusters);
  return made ? reading_of(made->contrast, effect) : Reading{};
}

// Sixty in a hundred do as assigned; those who take it by themselves are better off anyway.
inline Reading instrument_case(double effect, std::uint64_t replicate, bool naive) {
  Stream stream(11, "rates.instrument", static_cast<std::uint32_t>(replicate), 0);
  std::vector<std::uint8_t> assigned;
  std::vector<double> taken, outcome;
  for (int i = 0; i < 600; ++i) {
    const double kind = stream.uniform();
    const bool z = stream.bernoulli(0.5), always = kind > 0.85, complies = kind > 0.25 && !always;
    const bool d = always || (complies && z);
    assigned.push_back(z), taken.push_back(d);
    outcome.push_back((always ? 1.5 : 0.0) + (d ? effect : 0) + stream.normal());
  }
  const auto made = instrumented({assigned, taken, outcome});
  if (!made) return {};
  return reading_of(naive ? made->as_treated : made->compliers, effect);
}

// The least p of twelve segments without an effect.
inline Reading segments_case(std::uint64_t replicate, bool adjusted) {
  Stream stream(11, "rates.segments", static_cast<std::uint32_t>(replicate), 0);
  std::vector<double> p;
  for (int segment = 0; segment < 12; ++segment) {
    Successes arms[2];
    for (int arm = 0; arm < 2; ++arm)
      for (int i = 0; i < 200; ++i)
        arms[arm].successes += stream.bernoulli(0.3), arms[arm].trials += 1;
    p.push_back(two_proportions(arms[0], arms[1])->p);
  }
  if (adjusted) p = holm(p);
  return {*std::min_element(p.begin(), p.end()), true};
}

inline Reading srm_case(std::uint64_t replicate) {
  Stream stream(11, "rates.srm", static_cast<std::uint32_t>(replicate), 0);
  std::vector<double> counts(2, 0);
  for (int i = 0; i < 1000; ++i) counts[stream.bernoulli(0.5)] += 1;
  return {sample_ratio(counts)->p, true};
}

inline std::vector<Study> studies() {
  const auto adjusted = [](auto method) {
    return [method](double effect, std::uint64_t r) {
      const World w = skewed(effect, r, 400);
      const auto made = method(w);
      return made ? reading_of(made->contrast, effect) : Reading{};
    };
  };
  return {{"two proportions, 600 each", 0.05, true, proportions_case, 0.05},
          {"Welch, skewed, 200 each", 0.05, true,
           [](double e, std::uint64_t r) {
             const World w = skewed(e, r, 400);
             return reading_of(welch(w.arms[0], w.arms[1]), e);
           },
           0.2},
          {"CUPED", 0.05, true, adjusted([](const World& w) { return cuped(w.units()); }), 0.2},
          {"regression (Lin, HC2)", 0.05, true,
           adjusted([](const World& w) { return regression_adjusted(w.units()); }), 0.2},
          {"post-stratified", 0.05, true,
           adjusted([](const World& w) { return stratified(w.units(), w.strata); }), 0.2},
          {"permutation, 199 splits", 0.05, true,
           [](double e, std::uint64_t r) {
             const World w = skewed(e, r, 60);
             const auto made = permutation_test(w.arms[0], w.arms[1], 199, r);
             return Reading{made ? made->p : 1, true};
           },
           0.4, false},
          {"ratio by users (delta)", 0.05, true,
           [](double e, std::uint64_t r) { return ratio_case(e, r, false); }, 0.02},
          {"ratio, rows as independent", 0.05, false,
           [](double e, std::uint64_t r) { return ratio_case(e, r, true); }, 0.02},
          {"clusters, robust, 20 each", 0.05, true,
           [](double e, std::uint64_t r) { return cluster_case(e, r, false); }, 0.4},
          {"clusters, members as independent", 0.05, false,
           [](double e, std::uint64_t r) { return cluster_case(e, r, true); }, 0.4},
          {"instrument (compliers)", 0.05, true,
           [](double e, std::uint64_t r) { return instrument_case(e, r, false); }, 0.5},
          {"as treated", 0.05, false,
           [](double e, std::uint64_t r) { return instrument_case(e, r, true); }, 0.5},
          {"least p of 12 segments, Holm", 0.05, true,
           [](double, std::uint64_t r) { return segments_case(r, true); }, 0, false},
          {"least p of 12 segments, as it is", 0.05, false,
           [](double, std::uint64_t r) { return segments_case(r, false); }, 0, false},
          {"sample ratio mismatch, χ²", 0.05, true,
           [](double, std::uint64_t r) { return srm_case(r); }, 0, false}};
}

}  // namespace rehearse::experiment::rates
