// SPDX-License-Identifier: GPL-3.0-or-later
//
// Executor: runs a plan's nodes in topological order, in parallel where independent, re-using every
// result whose content hash is in the cache. The same plan gives the same bytes on any number of
// threads. A cancelled or failed run leaves the cache valid.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"

namespace rehearse::plan {

// Results by content hash within a byte budget, least recently used out first. Thread-safe.
class Cache {
 public:
  explicit Cache(std::size_t budget_bytes = std::size_t{1} << 30);
  ~Cache();
  std::shared_ptr<const Outputs> find(std::uint64_t hash);
  void insert(std::uint64_t hash, std::shared_ptr<const Outputs> outputs);
  std::size_t bytes() const;
  std::size_t entries() const;
  void clear();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct NodeEvent {
  int node = -1;
  std::string step;     // "train.ftrl"
  double fraction = 0;  // of this node
  double overall = 0;   // of the run
};

struct RunOptions {
  unsigned threads = 1;  // 0: as many as the machine has
  std::stop_token stop;
  std::function<void(const NodeEvent&)> on_progress;  // any thread
  std::map<std::string, Frame> inputs;                // replacements for sources, by source name
  // Steps that repeat an experiment (StepInfo::repeats) run only where their result is in the cache
  // already; otherwise they and all that depends on them is left out.
  bool leave_repeats = false;
};

struct Check {
  Expectation expectation;
  enum class State {
    held,
    broken,
    inactive,
    unknown
  };  // unknown: needs a truth that the data lacks
  State state = State::unknown;
  double value = 0;
  std::string sentence;  // "ece of fixed on live is 0.0041, below 0.02"
};

struct Run {
  std::vector<std::shared_ptr<const Outputs>> outputs;  // by node; null where not reached
  std::vector<bool> reran;                              // by node
  std::size_t reran_count = 0, node_count = 0;
  double elapsed_ms = 0;
  std::vector<Check> checks;  // the plan's expectations
  std::vector<Check> goals;
  bool has_truth = true;
  std::vector<bool> left;  // by node: left out, see RunOptions::leave_repeats

  ArtifactPtr at(Ref ref) const;
};

// Errors carry the script's file and line of the node that failed.
Result<Run> execute(const Plan& plan, Cache& cache, const RunOptions& options = {});

}  // namespace rehearse::plan
