// SPDX-License-Identifier: GPL-3.0-or-later
//
// Triage: one attempt at an incident, without a screen: page, dashboard, probes at a price in
// minutes, a commitment, a graded debrief. Command line and window both play through it.
//
//   auto triage = Triage::open("designs/incident-null-feature.lua", 7);
//   triage->pager(); triage->dashboard();
//   triage->probe("missing values");                    // the incident clock moves
//   triage->commit("a feature is missing", "fix upstream", "CTR is down 12% since …");
//
// The seed draws what happens (sometimes nothing), when it began and how hard it is; the same seed
// gives the same attempt to the byte. What the on-call sees ends at the hour of the page; the rest
// of the world is played only for the debrief. Nothing is kept between attempts. Not thread-safe:
// one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/stop.hpp"
#include "engine/plan/executor.hpp"
#include "engine/triage/grade.hpp"

namespace rehearse::triage {

struct ProbeAnswer {
  std::string name, says;
  std::vector<Figure> figures;
  double minutes = 0;    // what it cost: nothing when it was asked before
  double clock_min = 0;  // minutes since the page, this probe included
};

class Triage {
 public:
  // `path` is an incident's file. Without a seed, the file's own.
  // Errors: no such file, a design that is no incident, its script's own errors, cancelled.
  // A `cache` may be shared between attempts, which then simulate the same seed once.
  static Result<Triage> open(const std::string& path, std::optional<std::uint64_t> seed,
                             const Progress& progress = {},
                             std::shared_ptr<plan::Cache> cache = {});

  const std::string& id() const { return plan_.id; }
  const std::string& title() const { return plan_.title; }
  const std::string& asks() const { return plan_.asks; }
  std::uint64_t seed() const { return plan_.seed; }
  // The page as it reached the on-call, with its numbers.
  const std::string& pager() const { return pager_; }
  std::vector<Figure> dashboard() const;

  const std::vector<plan::IncidentProbe>& probes() const { return incident().probes; }
  const std::vector<std::string>& diagnoses() const { return incident().diagnoses; }
  const std::vector<plan::IncidentAction>& actions() const { return incident().actions; }

  // Errors: no such probe (those there are are listed), after the commitment.
  Result<ProbeAnswer> probe(const std::string& name);
  const std::vector<std::string>& asked() const { return asked_; }  // in order, each once
  double clock_min() const { return clock_min_; }

  // Ends the attempt: every action is simulated from this minute on and the attempt is graded.
  // Errors: no such diagnosis or action, a second commitment, an update over 4000 characters.
  // By value: the lists of this attempt, from which names come, are made anew.
  Result<Debrief> commit(std::string diagnosis, std::string action, std::string update,
                         const Progress& progress = {});
  bool committed() const { return committed_; }

 private:
  friend Result<Debrief> play_best(Triage triage);
  friend Result<Debrief> play_worst(Triage triage);
  const plan::Incident& incident() const { return *plan_.incident; }
  std::vector<Figure> chapter_figures(int chapter) const;
  Result<void> simulate(const Progress& progress);

  std::string path_, pager_;
  plan::Plan plan_;
  plan::Run run_;
  std::shared_ptr<plan::Cache> cache_;
  std::vector<std::string> asked_;
  double clock_min_ = 0;
  bool committed_ = false;
};

// The attempt as a file to keep: what was seen, done and said, and the whole debrief.
Json to_json(const Triage& triage, const Debrief& debrief);

// The play that the incident's author holds to be the best: the probes that settle it, the true
// diagnosis, the right action, the model update. `triage` is an attempt as it was opened. Errors:
// those of Triage.
Result<Debrief> play_best(Triage triage);
// No probe, a false diagnosis, the most harmful action, an empty update.
Result<Debrief> play_worst(Triage triage);

// What is wrong with an incident's file, beyond what tracing says: for each variant, over a few
// seeds, the best play must score full marks and the worst must not pass; the action that the
// author calls right must be the one that loses least. Empty: nothing is wrong.
Result<std::vector<std::string>> lint(const std::string& path);

}  // namespace rehearse::triage
