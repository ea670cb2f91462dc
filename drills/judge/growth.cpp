// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/growth.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/number_words.hpp"

namespace rehearse::judge {
namespace {

struct NamedClass {
  const char* name;
  double (*f)(double);
};

double log2_of(double n) { return std::log2(std::max(n, 2.0)); }

constexpr NamedClass kClasses[] = {
    {"1", [](double) { return 1.0; }},
    {"log n", [](double n) { return log2_of(n); }},
    {"sqrt n", [](double n) { return std::sqrt(n); }},
    {"n", [](double n) { return n; }},
    {"n log n", [](double n) { return n * log2_of(n); }},
    {"n log^2 n", [](double n) { return n * log2_of(n) * log2_of(n); }},
    {"n sqrt n", [](double n) { return n * std::sqrt(n); }},
    {"n^1.5", [](double n) { return n * std::sqrt(n); }},
    {"n^2", [](double n) { return n * n; }},
    {"n^2 log n", [](double n) { return n * n * log2_of(n); }},
    {"n^3", [](double n) { return n * n * n; }},
};

constexpr double kFirstCap = 20e6;     // instructions at the smallest size
constexpr double kEarlyExcess = 1.2;   // a run this far above the claim's exponent is not finished
constexpr double kBudgetSteps = 60e6;  // beyond, a growth that is plain already is not measured on
constexpr std::uint64_t kSamples = 64;
constexpr int kLeastRounds = 3, kMostRounds = 11;
constexpr double kLeastMicroseconds = 0.1;
constexpr double kPlainlyFine = 0.15;  // above the claim at most: no more rounds than the least
// Of processor time: after the least rounds no further one is begun beyond it.
constexpr double kClockedMs = 400;

double slope_of_class(const std::string& name, const std::vector<std::int64_t>& sizes) {
  auto f = growth_class(name);
  if (!f) return 0;
  std::vector<double> costs;
  for (std::int64_t n : sizes) costs.push_back((*f)(static_cast<double>(n)));
  return log_log_slope(sizes, costs);
}

// "like n²", "like n^1.6": near a plain power that power is meant.
std::string words(double slope) {
  if (slope < 0.15) return "hardly";
  if (std::abs(slope - 1) < 0.12) return "like n";
  if (std::abs(slope - 2) < 0.2) return "like n²";
  if (std::abs(slope - 3) < 0.3) return "like n³";
  return fmt::format("like n^{:.1f}", slope);
}

std::string times(double ratio) {
  return ratio < 10 ? fmt::format("{:.1f}", ratio) : fmt::format("{:.0f}", ratio);
}

}  // namespace

Result<std::function<double(double)>> growth_class(const std::string& name) {
  std::string known;
  for (const NamedClass& candidate : kClasses) {
    if (name == candidate.name) return std::function<double(double)>(candidate.f);
    known += (known.empty() ? "" : ", ") + std::string(candidate.name);
  }
  return fail(Code::bad_data, "`{}` is not a growth class; known are {}", name, known);
}

double log_log_slope(const std::vector<std::int64_t>& sizes, const std::vector<double>& costs) {
  std::size_t count = std::min(sizes.size(), costs.size());
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < count; ++i) {
    mean_x += std::log(static_cast<double>(sizes[i])) / static_cast<double>(count);
    mean_y += std::log(std::max(costs[i], kLeastMicroseconds)) / static_cast<double>(count);
  }
  double xy = 0, xx = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double x = std::log(static_cast<double>(sizes[i])) - mean_x;
    xy += x * (std::log(std::max(costs[i], kLeastMicroseconds)) - mean_y);
    xx += x * x;
  }
  return xx > 0 ? xy / xx : 0;
}

void judge_growth(GrowthFit& fit) {
  std::vector<std::int64_t> measured(
      fit.sizes.begin(), fit.sizes.begin() + static_cast<std::ptrdiff_t>(
                                                 std::min(fit.sizes.size(), fit.costs.size())));
  bool memory = fit.unit == "bytes";
  std::vector<double> costs = fit.costs;
  if (memory) {
    for (double& cost : costs) cost += fit.unnoticed_bytes;
  }
  fit.slope = log_log_slope(measured, costs);
  fit.claimed_slope = slope_of_class(fit.claimed, measured);
  fit.refused = measured.size() >= 2 && fit.slope > fit.claimed_slope + kSlopeAllowance;
  const std::string due = fit.claimed == "1" ? "a constant amount" : fit.claimed;
  fit.sentence = fmt::format("{} grows {}; the drill asks for {}", memory ? "Memory" : "Time",
                             words(fit.slope), due);
  if (measured.size() >= 2)
    fit.sentence += fmt::format(
        "; n = {} {} as n = {}", grouped(static_cast<double>(measured.back())),
        fmt::format(fmt::runtime(memory ? "needed {} times as much" : "took {} times as long"),
                    times(fit.costs[measured.size() - 1] / std::max(fit.costs.front(), 0.1))),
        grouped(static_cast<double>(measured.front())));
  fit.sentence += ".";
}

namespace {

// One growth measurement: runs the sizes in order and stops early where the outcome is plain.
class Measurement {
 public:
  Measurement(Program& program, const Drill& drill, const std::vector<GrowthInput>& inputs,
              std::uint64_t seed, const std::stop_token& stop)
      : program_(program), drill_(drill), inputs_(inputs), seed_(seed), stop_(stop) {}

  void time(GrowthOutcome& result) {
    GrowthFit fit = start(drill_.growth.time, "instructions");
    double spent = 0;
    for (const GrowthInput& input : inputs_) {
      double cap = cap_for(input.n, fit);
      Metered metered{wire::Metering::instructions, static_cast<std::uint64_t>(cap), 0};
      Outcome outcome = program_.run(input.input, seed_, metered, stop_);
      bool too_dear = outcome.how == Outcome::How::capped || outcome.how == Outcome::How::cpu;
      if (too_dear && !fit.costs.empty()) {
        // At least this much was spent, which is already far beyond the claim.
        fit.costs.push_back(std::max(cap, static_cast<double>(outcome.instructions)));
        close(fit, true);
        result.time = fit;
        return;
      }
      if (outcome.how != Outcome::How::answered) return note_failure(result, outcome, input.n);
      fit.costs.push_back(static_cast<double>(outcome.instructions));
      spent += fit.costs.back();
      if (plain_enough(fit, spent)) break;
    }
    close(fit, false);
    result.time = fit;
  }

  // By the processor's clock: the medians of rounds over all sizes, so that what disturbs the
  // machine for a while meets every size.
  void clocked_time(GrowthOutcome& result) {
    GrowthFit fit = start(drill_.growth.time, "microseconds");
    std::vector<std::vector<double>> spent(inputs_.size());
    double spent_ms = 0;
    for (int round = 0; round < kMostRounds && (round < kLeastRounds || spent_ms < kClockedMs);
         ++round) {
      program_.end_worker();  // who has seen an input could answer it from memory
      if (round > 0) program_.run(inputs_.front().input, seed_, {}, stop_);  // its code is read in
      for (std::size_t i = 0; i < inputs_.size(); ++i) {
        Outcome outcome = program_.run(inputs_[i].input, seed_, {wire::Metering::clock}, stop_);
        const bool too_dear = outcome.how == Outcome::How::cpu && i > 0 && round == 0;
        if (!too_dear && outcome.how != Outcome::How::answered)
          return note_failure(result, outcome, inputs_[i].n);
        spent_ms += outcome.cpu_ms;
        spent[i].push_back(std::max(kLeastMicroseconds,
                                    1e3 * (too_dear ? program_.limits().cpu_ms : outcome.cpu_ms)));
        fit.costs = medians(spent);
        if (round == 0 && (too_dear || (clearly_dear(fit) && still_dear(fit, i)))) {
          close(fit, true);
          result.time = fit;
          return;
        }
      }
      if (round + 1 >= kLeastRounds && plainly_fine(fit, spent)) break;
    }
    close(fit, false);
    result.time = fit;
  }

  void memory(GrowthOutcome& result) {
    GrowthFit fit = start(drill_.growth.memory, "bytes");
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!program_.metered()) program_.end_worker();  // what one input left is not the next one's
      std::uint64_t steps = result.time && i < result.time->costs.size()
                                ? static_cast<std::uint64_t>(result.time->costs[i])
                                : static_cast<std::uint64_t>(inputs_[i].n) * 20;
      Metered metered{wire::Metering::memory, 0, std::max<std::uint64_t>(steps / kSamples, 1)};
      Outcome outcome = program_.run(inputs_[i].input, seed_, metered, stop_);
      if (outcome.how != Outcome::How::answered) return note_failure(result, outcome, inputs_[i].n);
      fit.costs.push_back(static_cast<double>(outcome.live_bytes));
    }
    close(fit, false);
    result.memory = fit;
  }

 private:
  GrowthFit start(const std::string& claimed, const char* unit) const {
    GrowthFit fit;
    fit.claimed = claimed;
    fit.unit = unit;
    fit.unnoticed_bytes = program_.unnoticed_bytes();
    for (const GrowthInput& input : inputs_) fit.sizes.push_back(input.n);
    return fit;
  }

  // Far above what the claim would cost here, judged by the smallest size.
  double cap_for(std::int64_t n, const GrowthFit& fit) const {
    if (fit.costs.empty()) return kFirstCap;
    auto f = growth_class(fit.claimed);
    double first = static_cast<double>(fit.sizes.front()), here = static_cast<double>(n);
    double claimed = f ? (*f)(here) / (*f)(first) : 1;
    return std::max(1e6, fit.costs.front() * claimed * std::pow(here / first, kEarlyExcess));
  }

  // Of each size that has run, in microseconds to a tenth.
  static std::vector<double> medians(const std::vector<std::vector<double>>& spent) {
    std::vector<double> costs;
    for (std::vector<double> one : spent) {
      if (one.empty()) break;
      std::nth_element(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(one.size() / 2),
                       one.end());
      costs.push_back(std::round(10 * one[one.size() / 2]) / 10);
    }
    return costs;
  }

  // By the medians and by the least of the rounds: where both grow hardly faster than the claim,
  // more rounds would not refuse it.
  static bool plainly_fine(const GrowthFit& fit, const std::vector<std::vector<double>>& spent) {
    std::vector<double> least;
    for (const auto& one : spent) least.push_back(*std::min_element(one.begin(), one.end()));
    return std::max(log_log_slope(fit.sizes, fit.costs), log_log_slope(fit.sizes, least)) <=
           slope_of_class(fit.claimed, fit.sizes) + kPlainlyFine;
  }

  // What the next size will cost, where the sizes so far are far above the claim already.
  std::optional<double> next_of_far_above(const GrowthFit& fit) const {
    const std::size_t done = fit.costs.size();
    if (done < 2 || done == fit.sizes.size()) return {};
    const std::vector<std::int64_t> sizes(fit.sizes.begin(),
                                          fit.sizes.begin() + static_cast<std::ptrdiff_t>(done));
    if (log_log_slope(sizes, fit.costs) <= slope_of_class(fit.claimed, sizes) + 2 * kSlopeAllowance)
      return {};
    return fit.costs[done - 1] * fit.costs[done - 1] /
           std::max(fit.costs[done - 2], kLeastMicroseconds);
  }

  // In the first round: the next size would cost more than the whole measurement should.
  bool clearly_dear(const GrowthFit& fit) const {
    return next_of_far_above(fit).value_or(0) > 1e3 * kClockedMs;
  }

  // One disturbed run decides nothing: the last two sizes once more, and the less of both.
  bool still_dear(GrowthFit& fit, std::size_t last) {
    for (std::size_t i = last - 1; i <= last; ++i) {
      Outcome outcome = program_.run(inputs_[i].input, seed_, {wire::Metering::clock}, stop_);
      if (outcome.how == Outcome::How::answered)
        fit.costs[i] = std::min(fit.costs[i], std::max(kLeastMicroseconds, 1e3 * outcome.cpu_ms));
    }
    return clearly_dear(fit);
  }

  // Larger sizes would only cost time.
  bool plain_enough(const GrowthFit& fit, double spent) const {
    const auto next = next_of_far_above(fit);
    return next && spent + *next >= kBudgetSteps;
  }

  static void close(GrowthFit& fit, bool ended_early) {
    judge_growth(fit);
    if (!ended_early) return;
    fit.refused = true;
    const std::size_t last = fit.costs.size() - 1;
    fit.sentence = fmt::format(
        "Time grows much faster than {}: n = {} took more than {} times as long as n = {}.",
        fit.claimed, grouped(static_cast<double>(fit.sizes[last])),
        times(fit.costs[last] / std::max(fit.costs.front(), 0.1)),
        grouped(static_cast<double>(fit.sizes.front())));
  }

  static void note_failure(GrowthOutcome& result, const Outcome& outcome, std::int64_t n) {
    result.failure = outcome;
    result.failed_n = n;
  }

  Program& program_;
  const Drill& drill_;
  const std::vector<GrowthInput>& inputs_;
  std::uint64_t seed_;
  const std::stop_token& stop_;
};

}  // namespace

GrowthOutcome measure_growth(Program& program, const Drill& drill,
                             const std::vector<GrowthInput>& inputs, std::uint64_t seed,
                             double budget_ms, const std::stop_token& stop) {
  GrowthOutcome result;
  ProgramLimits limits = program.limits(), patient = limits;
  patient.cpu_ms = budget_ms;
  program.set_limits(patient);
  Measurement measurement(program, drill, inputs, seed, stop);
  if (!drill.growth.time.empty()) {
    if (program.metered())
      measurement.time(result);
    else
      measurement.clocked_time(result);
  }
  bool time_fine = !result.failure && !(result.time && result.time->refused);
  if (time_fine && !drill.growth.memory.empty()) measurement.memory(result);
  result.finished = !result.failure;
  program.set_limits(limits);
  return result;
}

}  // namespace rehearse::judge
