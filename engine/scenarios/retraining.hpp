// SPDX-License-Identifier: GPL-3.0-or-later
//
// The retraining loop: a model that is fitted again every few days on what was known by then and
// serves until the next time, beside one that was fitted once and left alone.
//
// At midnight before day d = first_day, first_day + every_days, … the body is called with the
// model that serves so far (null at first) and the rows of days [d - window_days, d). It sees the
// labels as they were known at that moment: a click that had not arrived counts as none, which is
// why the youngest day of a window always looks a little cold. What it returns serves days
// [d, d + every_days). The frozen model is what the first call returned.
//
// A body may be native (ftrl_body) or a design's traced sub-plan. It must be a function of its
// input: no call order, no global state. Replicates run in parallel; the same bytes come out on any
// number of threads. Judged days are measured with the labels as they are in the log, late ones
// included.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/base/frame.hpp"
#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/ftrl.hpp"

namespace rehearse::scenarios {

struct LoopInput {
  ScorerPtr state;  // the model serving so far; null in the first call
  int day = 0;      // the first day that the new model will serve
  int turn = 0;     // 0, 1, …: how many calls came before
  std::uint64_t replicate = 0;
  std::uint64_t seed = 0;  // differs by replicate, not by turn: for streams of the body
  Frame window;            // training rows; labels as known when day `day` begins
  Progress progress;       // stop token of the loop; the fraction is ignored
};

struct LoopOutput {
  ScorerPtr state;  // serves from now on; must not be null
  Frame rows;       // whatever the body wants to tell, may be empty
};

using LoopBody = std::function<Result<LoopOutput>(const LoopInput&)>;
// The log of a replicate: simulated anew, or the same each time.
using LogSource = std::function<Result<Frame>(std::uint64_t replicate)>;

struct RetrainingOptions {
  int first_day = 7;             // ≥ 1, and some day of the log lies before it
  int every_days = 7;            // ≥ 1
  int window_days = 14;          // ≥ 1; shorter where the log begins later
  std::uint64_t replicates = 1;  // [1, 10000]
  std::uint64_t seed = 1;
  unsigned threads = 1;  // 0: as many as the machine has
  std::string label = "click", arrival = "click_arrival", day = "day", time = "time",
              truth = "click_probability";
};

struct RetrainingResult {
  // A row per replicate, day and series, in that order:
  //   replicate int64, day int32, series text (`frozen`, `retrained`, `best possible`: the truth,
  //   only where the log has it), trained_on_day int32 (first day served; missing for the truth),
  //   rows int64, clicks int64, mean_score double, log_loss double, best_log_loss double,
  //   excess_log_loss double (log_loss / best_log_loss - 1), calibration_ratio double (Σp / Σy;
  //   missing without a click).
  // Days from first_day on that have rows. Without truth best and excess are missing.
  Frame days;
  // What the bodies told, with replicate and day in front (names of the body win); empty if
  // nothing.
  Frame told;
};

// Errors: a column is missing, options out of range, no rows before first_day or none after; what
// the body returns as an error (its day and replicate in front); cancelled.
Result<RetrainingResult> retraining_loop(const Frame& log, const RetrainingOptions& options,
                                         const LoopBody& body, const Progress& progress = {});
Result<RetrainingResult> retraining_loop(const LogSource& source, const RetrainingOptions& options,
                                         const LoopBody& body, const Progress& progress = {});

// Trains FTRL on each window from nothing (`warm`: from the model before). The options' seed is
// replaced by the replicate's. With keep_negatives below 1 scores are mapped back in closed form,
// q = p / (p + (1 - p) / w).
LoopBody ftrl_body(const models::FtrlOptions& options = {}, bool warm = false);

}  // namespace rehearse::scenarios
