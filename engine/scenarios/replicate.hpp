// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same experiment many times: a world is drawn anew, the analysis is run, and what it said is
// kept, so that bias, coverage, power and false discoveries are counted and not asserted.
//
// Use it to ask whether a procedure can be trusted. It says nothing of one experiment that was
// really run. Counted shares carry Wilson's interval (1927); sign and exaggeration errors are those
// of Gelman, Carlin (2014); the false discovery rate is that of Benjamini, Hochberg (1995).
//
// A body is called with 0 … repeats - 1 and gives back one table for each series (a way of
// analysing: plain, CUPED, …). It must be a function of that number. Repetitions run in parallel;
// the same bytes come out on any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::scenarios {

using RepeatedBody = std::function<Result<std::vector<Frame>>(std::uint64_t replicate)>;

struct ReplicateOptions {
  std::uint64_t repeats = 1000;  // [2, 100000]
  unsigned threads = 1;          // 0: as many as the machine has
  double alpha = 0.05;           // (0, 1): an effect is claimed where p < alpha
  std::string p = "p";           // the column that holds p
  // For each table that the body returns, its name; missing ones are numbered.
  std::vector<std::string> series;
  std::string by;  // a column of texts whose value names a row's series instead; empty: the table
  // One series more: in each repetition the row with the least p, as somebody reports it who tries
  // all and picks the best. Its name; empty: none.
  std::string pick;
};

struct Replicated {
  // A row per repetition, series and row of its table: replicate int64, series text, then the
  // columns of the tables (numbers as double, texts as texts), missing where a table has none.
  Frame runs;
  // A row per series:
  //   series text, repeats int64 (rows that were counted),
  //   effect, true_effect (means), bias, bias_low, bias_high (95%, normal), sd (of the effects),
  //   ci_width (mean), coverage, coverage_low, coverage_high,
  //   claimed, claimed_low, claimed_high: share with p < alpha (power where there is an effect, the
  //   rate of false positives where there is none),
  //   wrong_sign: share of the claims whose sign is not the truth's,
  //   exaggeration: mean |effect| of the claims over the mean |true effect| of theirs,
  //   any_false: share of repetitions with a claim about a true effect of zero (several rows in a
  //   table: the family-wise error), false_discoveries: mean share of such claims among all of a
  //   repetition's claims, 0 where it has none.
  // Read from columns effect, true_effect, ci_low, ci_high, covers_truth and p; what a
  // table does not have is missing.
  Frame summary;
};

// Errors: options out of range, what the body returns as an error (its repetition in front), tables
// of no rows at all, cancelled.
Result<Replicated> replicate(const ReplicateOptions& options, const RepeatedBody& body,
                             const Progress& progress = {});

}  // namespace rehearse::scenarios
