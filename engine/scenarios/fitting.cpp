// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/fitting.hpp"

#include <algorithm>
#include <array>

namespace rehearse::scenarios {

Result<double> Yardstick::operator()(const Scorer& model, const Frame& rows) const {
  auto value = measure(model, rows);
  if (!value) return fail(value.error());
  if (!value->defined()) return fail(Code::bad_data, "a fold cannot be measured: {}", value->why);
  return value->value;
}

bool higher_is_better(std::string_view metric) {
  static constexpr std::array<std::string_view, 12> kGains = {
      "roc_auc", "average_precision", "ks",  "r2",     "accuracy",     "balanced_accuracy",
      "f1",      "precision",         "mcc", "recall", "best_roc_auc", "ndcg"};
  return std::find(kGains.begin(), kGains.end(), metric) != kGains.end();
}

}  // namespace rehearse::scenarios
