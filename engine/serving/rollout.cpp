// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/rollout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/random.hpp"

namespace rehearse::serving {
namespace {

constexpr std::size_t kRates = 3, kConversion = 2;
constexpr const char* kGuardrails[kRates] = {"failures", "slow", "conversion"};
constexpr double kOverloadShare = 0.3, kLeakMinutes = 180, kCohort = 0.1, kSkewedDecisions = 0.08;
constexpr int kBaselineMinutes = 60;
constexpr double kTurn = 2 * std::numbers::pi;

using Rates = std::array<double, kRates>;

// What the fault adds to each rate of the candidate, `minute` after the deploy.
Rates harm_of(const DeployFault& fault, const Site& site, int minute, double share) {
  const double size = fault.size;
  if (fault.kind == "crash") return {size, 0, 0};
  if (fault.kind == "leak") return {size * std::min(1.0, minute / kLeakMinutes), 0, 0};
  if (fault.kind == "slow") return {0, size, 0};
  if (fault.kind == "overload") return {0, share >= kOverloadShare ? size : 0, 0};
  if (fault.kind == "skew" || fault.kind == "worse") return {0, 0, -size * site.conversion};
  if (fault.kind == "cohort") return {size * kCohort, 0, 0};
  return {0, 0, 0};
}

double hurt_by(const Rates& harm) { return harm[0] + harm[1] - harm[kConversion]; }

class Counts {
 public:
  Counts(const Site& site, std::uint64_t seed, std::uint64_t deploy)
      : site_(site),
        deploy_(deploy),
        count_(stream_key(seed, "rollout.count")),
        phase_(Stream(seed, "rollout.weather", 0, deploy).uniform(0, kTurn)) {}

  // The common wave of six hours, with a phase of its own for each deploy.
  double weather(int minute) const {
    return 1 + site_.weather * std::numbers::sqrt2 * std::sin(phase_ + minute * kTurn / 360);
  }
  double rate(std::size_t which, int minute) const {
    return which == 0   ? site_.failures
           : which == 1 ? site_.slow
                        : site_.conversion * weather(minute);
  }
  // Events of one rate among `requests` in a minute (which may lie before the deploy).
  double events(std::size_t which, int version, int minute, double requests, double rate) const {
    const double mean = requests * std::clamp(rate, 0.0, 1.0);
    if (mean <= 0) return 0;
    const auto entity = static_cast<std::uint64_t>(minute + 2 * kBaselineMinutes) * 8 +
                        static_cast<std::uint64_t>(version) * 4 + which;
    Stream stream(count_, deploy_, entity);
    return static_cast<double>(stream.poisson(mean));
  }

 private:
  const Site& site_;
  std::uint64_t deploy_;
  StreamKey count_;
  double phase_;
};

// Sums over the last minutes.
class Window {
 public:
  explicit Window(int minutes) : rows_(static_cast<std::size_t>(minutes)) {}
  void add(double requests, const Rates& events) {
    Row& row = rows_[next_++ % rows_.size()];
    sum_.requests += requests - row.requests;
    for (std::size_t i = 0; i < kRates; ++i) sum_.events[i] += events[i] - row.events[i];
    row = {requests, events};
  }
  double requests() const { return sum_.requests; }
  double rate(std::size_t i) const {
    return sum_.requests > 0.5 ? sum_.events[i] / sum_.requests
                               : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  struct Row {
    double requests = 0;
    Rates events = {};
  };
  std::vector<Row> rows_;
  Row sum_;
  std::size_t next_ = 0;
};

class Rollout {
 public:
  Rollout(const RolloutPolicy& policy, const Site& site, const DeployFault& fault,
          std::uint64_t seed, std::uint64_t deploy, bool keep_minutes)
      : policy_(policy),
        site_(site),
        fault_(fault),
        counts_(site, seed, deploy),
        keep_(keep_minutes),
        canary_(policy.window_minutes),
        control_(policy.window_minutes) {}

  Deploy run() {
    if (policy_.shadow_minutes > 0 && refused_by_shadow()) return std::move(result_);
    measure_hour_before();
    int minute = 0;
    for (const Stage& stage : policy_.stages)
      for (int i = 0; i < stage.minutes; ++i, ++minute)
        if (step(minute, stage.share)) {
          finish(minute, stage.share);
          return std::move(result_);
        }
    // Nothing was found: the fault goes on until somebody else finds it.
    const double share = policy_.stages.back().share;
    result_.outcome.minute = minute, result_.outcome.share = share;
    for (; minute < site_.horizon; ++minute) expose(minute, share);
    return std::move(result_);
  }

 private:
  // Failures, slow requests and decisions of the copied traffic. A shadow converts nobody.
  bool refused_by_shadow() {
    const double requests =
        site_.requests_per_minute * policy_.shadow_share * policy_.shadow_minutes;
    const Rates harm = harm_of(fault_, site_, policy_.shadow_minutes / 2, 0);
    const double thresholds[] = {policy_.failures, policy_.slow};
    DeployOutcome& outcome = result_.outcome;
    for (std::size_t i = 0; i < kConversion; ++i) {
      const double before = counts_.rate(i, 0);
      const double seen =
          counts_.events(i, 0, -2 * kBaselineMinutes, requests, before + harm[i]) / requests;
      if (seen - before > thresholds[i]) outcome.guardrail = kGuardrails[i];
    }
    const double agreement = site_.agreement - (fault_.kind == "skew" ? kSkewedDecisions : 0);
    const double differ = counts_.events(3, 0, -2 * kBaselineMinutes, requests, 1 - agreement);
    if (1 - differ / requests < policy_.least_agreement) outcome.guardrail = "agreement";
    outcome.refused_by_shadow = !outcome.guardrail.empty();
    return outcome.refused_by_shadow;
  }

  void measure_hour_before() {
    Rates events = {};
    for (int minute = -kBaselineMinutes; minute < 0; ++minute)
      for (std::size_t i = 0; i < kRates; ++i)
        events[i] +=
            counts_.events(i, 1, minute, site_.requests_per_minute, counts_.rate(i, minute));
    for (std::size_t i = 0; i < kRates; ++i)
      before_[i] = events[i] / (site_.requests_per_minute * kBaselineMinutes);
  }

  void expose(int minute, double share) {
    const double requests = site_.requests_per_minute * share;
    result_.outcome.exposed += requests;
    result_.outcome.hurt += requests * hurt_by(harm_of(fault_, site_, minute, share));
  }

  // One minute. True when a guardrail rolls back.
  bool step(int minute, double share) {
    expose(minute, share);
    const Rates harm = harm_of(fault_, site_, minute, share);
    const double ours = site_.requests_per_minute * share,
                 theirs = site_.requests_per_minute - ours;
    Rates canary = {}, control = {}, truth = {};
    for (std::size_t i = 0; i < kRates; ++i) {
      const double rate = counts_.rate(i, minute);
      truth[i] = rate + harm[i];
      canary[i] = counts_.events(i, 0, minute, ours, truth[i]);
      control[i] = counts_.events(i, 1, minute, theirs, rate);
    }
    canary_.add(ours, canary), control_.add(theirs, control);
    const std::size_t breached = breach(share);
    run_ = breached < kRates ? run_ + 1 : 0;
    if (breached < kRates) result_.outcome.guardrail = kGuardrails[breached];
    if (keep_) remember(minute, share, truth, breached < kRates);
    return run_ >= policy_.sustained;
  }

  // The first guardrail that is breached; kRates where none is.
  std::size_t breach(double share) const {
    if (canary_.requests() < policy_.least_requests) return kRates;
    const double thresholds[kRates] = {policy_.failures, policy_.slow, policy_.conversion};
    const bool control = policy_.against_control && share < 1;
    for (std::size_t i = 0; i < kRates; ++i) {
      const double other = control ? control_.rate(i) : before_[i];
      const double sign = i == kConversion ? -1 : 1;
      if (sign * (canary_.rate(i) - other) > thresholds[i]) return i;
    }
    return kRates;
  }

  void finish(int minute, double share) {
    DeployOutcome& outcome = result_.outcome;
    outcome.rolled_back = true, outcome.minute = minute + 1, outcome.share = share;
    for (int i = 1; i <= policy_.rollback_minutes; ++i) {
      expose(minute + i, share);
    }
  }

  void remember(int minute, double share, const Rates& truth, bool breached) {
    RolloutMinute row;
    row.minute = minute, row.share = share, row.breached = breached;
    for (std::size_t i = 0; i < kRates; ++i) {
      row.canary[i] = canary_.rate(i), row.truth[i] = truth[i];
      row.control[i] = share < 1 ? control_.rate(i) : before_[i];
    }
    result_.minutes.push_back(row);
  }

  const RolloutPolicy& policy_;
  const Site& site_;
  const DeployFault& fault_;
  Counts counts_;
  bool keep_;
  Window canary_, control_;
  Rates before_ = {};
  int run_ = 0;
  Deploy result_;
};

}  // namespace

Result<Deploy> simulate_deploy(const RolloutPolicy& policy, const Site& site,
                               const DeployFault& fault, std::uint64_t seed, std::uint64_t deploy,
                               bool keep_minutes) {
  if (auto sound = check(policy); !sound) return fail(sound.error());
  if (auto sound = check(site); !sound) return fail(sound.error());
  if (auto sound = check(fault); !sound) return fail(sound.error());
  Deploy result = Rollout(policy, site, fault, seed, deploy, keep_minutes).run();
  if (!result.outcome.rolled_back && !result.outcome.refused_by_shadow)
    result.outcome.guardrail.clear();
  return result;
}

Result<std::vector<FaultReport>> replay_faults(const RolloutPolicy& policy, const Site& site,
                                               const std::vector<DeployFault>& faults, int deploys,
                                               std::uint64_t seed, const Progress& progress) {
  if (deploys < 1 || deploys > 100000)
    return fail(Code::invalid_argument, "{} deploys; give 1 to 100,000", deploys);
  std::vector<FaultReport> reports;
  for (const DeployFault& fault : faults) {
    FaultReport report;
    report.fault = fault;
    double minutes = 0, share = 0, stopped = 0;
    for (int i = 0; i < deploys; ++i) {
      auto deploy = simulate_deploy(policy, site, fault, seed, static_cast<std::uint64_t>(i));
      if (!deploy) return fail(deploy.error());
      const DeployOutcome& o = deploy->outcome;
      report.in_shadow += o.refused_by_shadow, report.hurt += o.hurt;
      report.caught += o.refused_by_shadow || o.rolled_back;
      if (o.rolled_back) minutes += o.minute, share += o.share, stopped += 1;
      if (i % 16 == 0 && progress.stop_requested()) return cancelled();
    }
    const double n = deploys, none = std::numeric_limits<double>::quiet_NaN();
    report.caught /= n, report.in_shadow /= n, report.hurt /= n;
    report.minutes = stopped > 0 ? minutes / stopped : none;
    report.share = stopped > 0 ? share / stopped : none;
    for (int minute = 0; minute < site.horizon; ++minute)
      report.hurt_unguarded += site.requests_per_minute * hurt_by(harm_of(fault, site, minute, 1));
    reports.push_back(std::move(report));
    if (!progress.report(static_cast<double>(reports.size()) / static_cast<double>(faults.size())))
      return cancelled();
  }
  return reports;
}

}  // namespace rehearse::serving
