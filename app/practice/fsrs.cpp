// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/fsrs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rehearse::practice {
namespace {

constexpr double kLeastStability = 0.001;

// The formulas, with the weights named as in the published description.
class Model {
 public:
  explicit Model(const FsrsOptions& options)
      : w_(options.weights), decay_(-options.weights[20]), factor_(std::pow(0.9, 1 / decay_) - 1) {}

  double recall(double days, double stability) const {
    return std::pow(1 + factor_ * days / stability, decay_);
  }
  double interval(double retention, double stability) const {
    return stability / factor_ * (std::pow(retention, 1 / decay_) - 1);
  }

  double first_stability(int grade) const {
    return std::max(w_[static_cast<std::size_t>(grade - 1)], kLeastStability);
  }
  double first_difficulty(int grade) const { return clamp_difficulty(raw_difficulty(grade)); }

  double next_difficulty(double difficulty, int grade) const {
    const double delta = -w_[6] * (grade - 3);
    const double damped = difficulty + (10 - difficulty) * delta / 9;
    return clamp_difficulty(w_[7] * raw_difficulty(4) + (1 - w_[7]) * damped);
  }

  double same_day(double stability, int grade) const {
    double increase = std::exp(w_[17] * (grade - 3 + w_[18])) * std::pow(stability, -w_[19]);
    if (grade >= 3) increase = std::max(increase, 1.0);
    return std::max(stability * increase, kLeastStability);
  }

  double after_days(double difficulty, double stability, double recalled, int grade) const {
    return std::max(grade == 1 ? forgotten(difficulty, stability, recalled)
                               : kept(difficulty, stability, recalled, grade),
                    kLeastStability);
  }

 private:
  static double clamp_difficulty(double d) { return std::clamp(d, 1.0, 10.0); }
  double raw_difficulty(int grade) const { return w_[4] - std::exp(w_[5] * (grade - 1)) + 1; }

  double forgotten(double difficulty, double stability, double recalled) const {
    const double longer = w_[11] * std::pow(difficulty, -w_[12]) *
                          (std::pow(stability + 1, w_[13]) - 1) * std::exp((1 - recalled) * w_[14]);
    return std::min(longer, stability / std::exp(w_[17] * w_[18]));
  }

  double kept(double difficulty, double stability, double recalled, int grade) const {
    const double hard = grade == 2 ? w_[15] : 1, easy = grade == 4 ? w_[16] : 1;
    return stability * (1 + std::exp(w_[8]) * (11 - difficulty) * std::pow(stability, -w_[9]) *
                                (std::exp((1 - recalled) * w_[10]) - 1) * hard * easy);
  }

  const std::array<double, 21>& w_;
  double decay_, factor_;
};

std::int64_t days_between(std::int64_t from, std::int64_t to) {
  return to <= from ? 0 : (to - from) / kSecondsPerDay;
}

void update_memory(MemoryState& state, int grade, std::int64_t now, const Model& model) {
  if (state.fresh()) {
    state.stability = model.first_stability(grade);
    state.difficulty = model.first_difficulty(grade);
    return;
  }
  const std::int64_t days = days_between(state.last_review, now);
  const double recalled = model.recall(static_cast<double>(days), state.stability);
  const double old_difficulty = state.difficulty;
  state.stability = days < 1 ? model.same_day(state.stability, grade)
                             : model.after_days(old_difficulty, state.stability, recalled, grade);
  state.difficulty = model.next_difficulty(old_difficulty, grade);
}

// Rounds half to even whatever the caller's rounding mode.
std::int64_t whole_days(double days, const FsrsOptions& options) {
  const double floor = std::floor(days), rest = days - floor;
  double rounded = rest > 0.5 || (rest == 0.5 && std::fmod(floor, 2) != 0) ? floor + 1 : floor;
  rounded = std::clamp(rounded, 1.0, static_cast<double>(options.max_interval_days));
  return static_cast<std::int64_t>(rounded);
}

std::int64_t graduate(MemoryState& state, const Model& model, const FsrsOptions& options) {
  state.phase = CardPhase::review;
  state.step.reset();
  return whole_days(model.interval(options.desired_retention, state.stability), options) *
         kSecondsPerDay;
}

// Hard on the first step waits for the mean of the first two, or half as long again as the only
// one.
std::int64_t hard_wait(const std::vector<std::int64_t>& steps, int step) {
  if (step > 0) return steps[static_cast<std::size_t>(step)];
  return steps.size() == 1 ? steps[0] * 3 / 2 : (steps[0] + steps[1]) / 2;
}

std::int64_t step_through(MemoryState& state, Rating rating, const std::vector<std::int64_t>& steps,
                          const Model& model, const FsrsOptions& options) {
  const int step = state.step.value_or(0), count = static_cast<int>(steps.size());
  if (steps.empty() || (step >= count && rating != Rating::forgot))
    return graduate(state, model, options);
  switch (rating) {
    case Rating::forgot: state.step = 0; return steps[0];
    case Rating::hard: return hard_wait(steps, step);
    case Rating::recalled:
      if (step + 1 == count) return graduate(state, model, options);
      state.step = step + 1;
      return steps[static_cast<std::size_t>(step + 1)];
    case Rating::easy: return graduate(state, model, options);
  }
  return 0;
}

}  // namespace

const char* rating_label(Rating rating) {
  switch (rating) {
    case Rating::forgot: return "Forgot";
    case Rating::hard: return "Recalled, hard";
    case Rating::recalled: return "Recalled";
    case Rating::easy: return "Easy";
  }
  return "";
}

MemoryState review(const MemoryState& before, Rating rating, std::int64_t now,
                   const FsrsOptions& options) {
  const Model model(options);
  MemoryState after = before;
  update_memory(after, static_cast<int>(rating), now, model);
  std::int64_t wait = 0;
  switch (before.phase) {
    case CardPhase::learning:
      wait = step_through(after, rating, options.learning_steps_s, model, options);
      break;
    case CardPhase::relearning:
      wait = step_through(after, rating, options.relearning_steps_s, model, options);
      break;
    case CardPhase::review:
      if (rating == Rating::forgot && !options.relearning_steps_s.empty()) {
        after.phase = CardPhase::relearning;
        after.step = 0;
        wait = options.relearning_steps_s[0];
      } else {
        wait = graduate(after, model, options);
      }
      break;
  }
  after.last_review = now;
  after.due = now + wait;
  return after;
}

std::array<MemoryState, 4> preview(const MemoryState& before, std::int64_t now,
                                   const FsrsOptions& options) {
  return {review(before, Rating::forgot, now, options), review(before, Rating::hard, now, options),
          review(before, Rating::recalled, now, options),
          review(before, Rating::easy, now, options)};
}

double retrievability(const MemoryState& state, std::int64_t now, const FsrsOptions& options) {
  if (state.fresh()) return 0;
  return Model(options).recall(static_cast<double>(days_between(state.last_review, now)),
                               state.stability);
}

double interval_days(double stability, double retention, const FsrsOptions& options) {
  return Model(options).interval(retention, stability);
}

std::string interval_words(std::int64_t seconds) {
  if (seconds < 3600) return fmt::format("{} min", std::max<std::int64_t>(1, (seconds + 30) / 60));
  if (seconds < kSecondsPerDay) return fmt::format("{} h", seconds / 3600);
  const double days = static_cast<double>(seconds) / kSecondsPerDay;
  if (days < 60) return fmt::format("{:.0f} d", days);
  if (days < 365) return fmt::format("{:.1f} mo", days / 30.44);
  return fmt::format("{:.1f} y", days / 365.25);
}

}  // namespace rehearse::practice
