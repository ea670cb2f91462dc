// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of tests/oracles/models/linear.json, and what tests of linear models ask of a model.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "tests/oracles/oracle.hpp"

namespace rehearse::linear_tables {

inline const Json& oracle() {
  static const Json json = oracle::read("models/linear.json");
  return json;
}

// Columns a, b as features, and one label of the fixture.
inline Frame fixture(const std::string& label) {
  Frame::Builder b;
  b.add("a", oracle::numbers(oracle()["a"]), {.role = Role::feature});
  b.add("b", oracle::numbers(oracle()["b"]), {.role = Role::feature});
  b.add(label, oracle::numbers(oracle()[label]), {.role = Role::label});
  return *std::move(b).build();
}

inline double fact_of(const Scorer& model, const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return value;
  return std::nan("");
}

inline void check_close(const std::vector<double>& got, const Json& wanted, double margin) {
  const auto numbers = oracle::numbers(wanted);
  REQUIRE(got.size() == numbers.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    INFO("at " << i << ": " << got[i] << " for " << numbers[i]);
    REQUIRE(std::abs(got[i] - numbers[i]) <= margin * std::max(1.0, std::abs(numbers[i])));
  }
}

}  // namespace rehearse::linear_tables
