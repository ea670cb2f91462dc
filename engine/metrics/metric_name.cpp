// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/metric_name.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace rehearse::metrics {
namespace {

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace

Result<MetricName> parse_metric_name(std::string_view name) {
  if (const auto at = name.find('@'); at != std::string_view::npos) {
    const auto argument = finite_number(name.substr(at + 1));
    if (!argument)
      return fail(Code::invalid_argument,
                  "the metric `{}`: a number is due behind the @, as in `precision@0.3`", name);
    return MetricName{std::string(name.substr(0, at)), argument};
  }
  constexpr std::string_view kPinball = "pinball_";
  const std::size_t pinball = name.find(kPinball);
  if (pinball == std::string_view::npos) return MetricName{std::string(name), {}};
  const std::string_view digits = name.substr(pinball + kPinball.size());
  const bool whole = !digits.empty() && std::all_of(digits.begin(), digits.end(),
                                                    [](char c) { return c >= '0' && c <= '9'; });
  if (!whole) return MetricName{std::string(name), {}};
  return MetricName{std::string(name.substr(0, pinball + kPinball.size() - 1)),
                    finite_number("0." + std::string(digits))};
}

}  // namespace rehearse::metrics
