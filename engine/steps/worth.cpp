// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/worth.hpp"

namespace rehearse::steps {
namespace {

constexpr double kPerRows = 1000, kDecided = 0.5;

plan::Parameter worth_parameter(const char* name, double initial, const char* sentence) {
  return {.name = name, .initial = initial, .low = -1e9, .high = 1e9, .sentence = sentence};
}

}  // namespace

std::vector<plan::Parameter> with_worth(std::vector<plan::Parameter> others) {
  std::vector<plan::Parameter> all = {
      worth_parameter("true_positive", 1.0, "worth of acting on a positive"),
      worth_parameter("false_positive", -0.05, "worth of acting on a negative"),
      worth_parameter("false_negative", 0.0, "worth of leaving a positive"),
      worth_parameter("true_negative", 0.0, "worth of leaving a negative")};
  all.insert(all.end(), std::make_move_iterator(others.begin()),
             std::make_move_iterator(others.end()));
  return all;
}

metrics::UtilityMatrix worth_of(const StepCall& call) {
  return {call.number("true_positive"), call.number("false_positive"),
          call.number("false_negative"), call.number("true_negative")};
}

bool is_utility_metric(const std::string& name) {
  return name == "utility" || name == "expected_utility" || name == "best_utility" ||
         name == "utility_share";
}

Result<metrics::Measure> utility_figure(const calibration::Decision& decision,
                                        const std::string& name, const Judged& decided) {
  const auto scored = decided.scored();
  if (!scored) return fail(scored.error());
  const metrics::UtilityMatrix& worth = decision.worth();
  if (name == "utility")
    return metrics::Measure{kPerRows * metrics::mean_utility(*scored, kDecided, worth), ""};
  if (decided.truth.empty()) return metrics::undefined(view_data::kNoTruth);
  const double expected = metrics::expected_utility(decided.scores, decided.truth, kDecided, worth);
  const auto best = metrics::best_utility(decided.truth, worth);
  if (!best) return fail(best.error());
  if (name == "expected_utility") return metrics::Measure{kPerRows * expected, ""};
  if (name == "best_utility") return metrics::Measure{kPerRows * *best, ""};
  if (*best <= 0)
    return metrics::undefined("even with the truth nothing can be earned on these rows");
  return metrics::Measure{expected / *best, ""};
}

}  // namespace rehearse::steps
