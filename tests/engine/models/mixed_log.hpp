// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small table for tests of models: numbers with holes, texts of few and of many levels, and three
// labels that depend on them (a click, a count, a heavy-tailed value).
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/base/scorer.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::models::mixed {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

inline Frame mixed_log(std::size_t n, std::uint64_t seed = 3) {
  Stream stream(seed, "test.boosted");
  std::vector<double> age, votes, seconds;
  std::vector<std::string> place, group;
  std::vector<std::uint8_t> click;
  std::vector<std::int64_t> id, comments;
  for (std::size_t i = 0; i < n; ++i) {
    const auto level = stream.below(3), many = stream.below(40);
    const double a = stream.uniform(0, 10), v = stream.exponential(0.1);
    const bool hole = stream.bernoulli(0.2);
    const double logit = -2 + (a > 5 && level == 1 ? 2 : 0) + (hole ? 1 : 0) + 0.03 * v;
    id.push_back(static_cast<std::int64_t>(i) * 7 + 1);
    age.push_back(a), votes.push_back(hole ? kMissing : v);
    place.push_back(std::string(1, static_cast<char>('a' + level)));
    group.push_back("g" + std::to_string(many));
    click.push_back(stream.bernoulli(metrics::sigmoid(logit)));
    comments.push_back(stream.poisson(std::exp(0.2 * a - 1)));
    seconds.push_back(std::exp(stream.normal(a / 5, 0.5)));
  }
  const ColumnInfo feature{.role = Role::feature}, label{.role = Role::label};
  Frame::Builder b;
  b.add("id", std::move(id), {.role = Role::id}).add("age", std::move(age), feature);
  b.add("votes", std::move(votes), feature).add("place", place, feature);
  b.add("group", group, feature).add("click", std::move(click), label);
  b.add("comments", std::move(comments), label).add("seconds", std::move(seconds), label);
  return *std::move(b).build();
}

inline double fact_of(const Scorer& model, const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return value;
  return kMissing;
}

inline double loss_of(const Scorer& model, const Frame& rows) {
  const auto scores = *model.score(rows);
  const auto labels = rows.find("click")->numbers();
  return metrics::log_loss(*metrics::Scored::of(scores, labels));
}

}  // namespace rehearse::models::mixed
