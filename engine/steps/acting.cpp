// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/acting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rehearse::steps {

Result<Acting> Acting::of(const Frame& rows, const std::string& label, double gain, double cost) {
  auto happened = labels_of(rows, label);
  if (!happened) return fail(happened.error());
  for (std::size_t row = 0; row < happened->size(); ++row)
    if (!std::isfinite((*happened)[row]))
      return fail(Code::bad_data, "row {}: the label `{}` is missing or infinite", row, label);
  const auto truth = truth_of(rows, label);
  Acting acting;
  acting.truth_known_ = !truth.empty();
  acting.worth_ = truth.empty() ? std::move(*happened) : truth;
  for (double& worth : acting.worth_) worth = gain * worth - cost;
  return acting;
}

double Acting::per_thousand(std::span<const std::uint32_t> acted) const {
  double sum = 0;
  for (std::uint32_t row : acted) sum += worth_[row];
  return worth_.empty() ? 0 : 1000 * sum / static_cast<double>(worth_.size());
}

std::vector<std::uint32_t> Acting::ranked(std::span<const double> scores) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  return order;
}

std::vector<plan::Parameter> acting_parameters() {
  return {{.name = "label",
           .type = ParameterType::text,
           .sentence = "what an action hopes for: an event of 0 or 1, or an amount"},
          {.name = "gain",
           .initial = 1.0,
           .low = 0,
           .high = 1e9,
           .sentence = "earned by an event, or by each unit of an amount"},
          {.name = "cost", .initial = 0.1, .low = 0, .high = 1e9, .sentence = "of every action"}};
}

Result<Acting> acting_of(const StepCall& call) {
  return Acting::of(call.input("on")->as_frame(), call.text("label"), call.number("gain"),
                    call.number("cost"));
}

}  // namespace rehearse::steps
