// SPDX-License-Identifier: GPL-3.0-or-later
//
// Profile: what to know of a table before the first model. Types, gaps, cardinality, moments,
// quantiles, and suspicions: things that are usually a bug of whoever wrote the data. A suspicion
// is a question to ask, not a verdict.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/json.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::diagnose {

struct Suspicion {
  std::string column, kind, why;
};
// Kinds:
//   leak         this column alone ranks the label with AUC ≥ 0.98 (or ≤ 0.02)
//   constant     one value in every row that has one
//   empty        no value, or fewer than 1 row in 20 has one
//   id-like      whole numbers or texts that (nearly) never repeat
//   duplicate    the same cells as an earlier column
//   numbers as text   19 of 20 texts are numbers
//   casing       levels that differ by case or spaces alone
//   sentinel     a value such as -1 or 9999 far from all others stands in 1 row of 200 or more
//   unit jump    two heaps of values a hundredfold or more apart with little between
//   not finite   NaN or infinity stands as a value
//   imbalance    a label whose rarer class is under 1 in 100

struct Level {
  std::string name;
  std::size_t count = 0;
};

struct ColumnProfile {
  std::string name, type, role;
  std::size_t rows = 0, missing = 0, distinct = 0;
  // Numbers; NaN where undefined. `deviation` with n - 1; skewness and excess kurtosis are the
  // moment ratios g1, g2 (SciPy's defaults). Infinite and NaN values are counted and left out.
  double mean = 0, deviation = 0, skewness = 0, kurtosis = 0, least = 0, greatest = 0;
  std::vector<double> quantiles;  // at kProfileQuantiles, type 7
  std::size_t zeros = 0, negative = 0, not_finite = 0;
  std::vector<Level> levels;   // the commonest, at most 10 (texts, booleans, few values)
  double imbalance_ratio = 0;  // commonest over rarest level where there are 2 to 20; else NaN
  double entropy_bits = 0;     // of the levels of a text; else NaN
  double auc = 0;              // alone against the label; NaN where there is none
};
inline constexpr double kProfileQuantiles[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

struct Profile {
  std::size_t rows = 0;
  std::vector<ColumnProfile> columns;
  std::vector<Suspicion> suspicions;
};

struct ProfileOptions {
  std::string label;  // a 0/1 column: adds AUC alone and leaks; empty: none
};
// Errors: no such label, a label that is not 0 or 1. O(n log n) a column.
Result<Profile> profile(const Frame& table, const ProfileOptions& options = {},
                        const Progress& progress = {});

// {rows, columns: {name: {…}}, suspicions: [{column, kind, why}]}; an undefined number is null.
Json to_json(const Profile& profile);
// A row a column; and a row a suspicion.
Frame to_frame(const Profile& profile);
Frame suspicion_table(const Profile& profile);

}  // namespace rehearse::diagnose
