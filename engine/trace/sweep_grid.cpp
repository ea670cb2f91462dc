// SPDX-License-Identifier: GPL-3.0-or-later
//
// Grids of knob values, as they are written and read.
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "engine/base/nearest.hpp"
#include "engine/trace/sweep.hpp"

namespace rehearse::trace {
namespace {

constexpr int kMostValues = 1000;

struct Span {
  std::string low, high;
  bool log = false;
  int count = 0;
};

// "0.01:1:log8" in parts. Nothing where it is not of that form.
std::optional<Result<Span>> read_span(const plan::Knob& knob, std::string_view text) {
  const auto first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string_view::npos) return {};
  const auto wrong = [&] {
    return std::optional<Result<Span>>(
        fail(Code::invalid_argument,
             "knob `{}`: `{}` is no grid; write low:high:linN or low:high:logN with N from 2 to {}",
             knob.name, text, kMostValues));
  };
  if (second == std::string_view::npos) return wrong();
  Span span{std::string(text.substr(0, first)),
            std::string(text.substr(first + 1, second - first - 1)), knob.log_scale, 0};
  std::string_view how = text.substr(second + 1);
  if (how.starts_with("log") || how.starts_with("lin")) {
    span.log = how.starts_with("log");
    how.remove_prefix(3);
  }
  const auto [end, error] = std::from_chars(how.data(), how.data() + how.size(), span.count);
  if (error != std::errc() || end != how.data() + how.size() || span.count < 2 ||
      span.count > kMostValues)
    return wrong();
  return std::optional<Result<Span>>(std::move(span));
}

double as_double(const plan::Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&value);
  return real ? *real : 0;
}

// A value that a person can say; the ends stay as they were written.
double rounded(double value) {
  if (value == 0) return 0;
  const double scale = std::pow(10, 3 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

Result<std::vector<plan::Value>> span_values(const plan::Knob& knob, const Span& span) {
  if (knob.kind != plan::Knob::Kind::slider)
    return fail(Code::invalid_argument,
                "knob `{}` is not a slider: write its values with commas between them", knob.name);
  auto first = plan::parse_knob(knob, span.low), last = plan::parse_knob(knob, span.high);
  if (!first) return fail(first.error());
  if (!last) return fail(last.error());
  const double low = as_double(*first), high = as_double(*last);
  if (!(low < high))
    return fail(Code::invalid_argument, "knob `{}`: its grid from {} to {} is empty", knob.name,
                span.low, span.high);
  if (span.log && low <= 0)
    return fail(Code::invalid_argument, "knob `{}`: a log scale cannot begin at {}", knob.name,
                span.low);
  std::vector<plan::Value> values;
  for (int i = 0; i < span.count; ++i) {
    const double part = static_cast<double>(i) / (span.count - 1);
    const bool end = i == 0 || i == span.count - 1;
    const double between = span.log ? low * std::pow(high / low, part) : low + part * (high - low);
    const double value = end ? (i == 0 ? low : high) : std::clamp(rounded(between), low, high);
    plan::Value made = value;
    if (std::holds_alternative<std::int64_t>(knob.initial))
      made = static_cast<std::int64_t>(std::llround(value));
    if (values.empty() || values.back() != made) values.push_back(std::move(made));
  }
  return values;
}

}  // namespace

Result<std::vector<plan::Value>> parse_grid(const plan::Knob& knob, std::string_view text) {
  if (knob.kind == plan::Knob::Kind::slider) {
    if (auto span = read_span(knob, text)) {
      if (!*span) return fail(span->error());
      return span_values(knob, **span);
    }
  }
  std::vector<plan::Value> values;
  while (true) {
    const auto comma = text.find(',');
    std::string_view one = text.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    auto value = plan::parse_knob(knob, one);
    if (!value) return fail(value.error());
    if (std::find(values.begin(), values.end(), *value) != values.end())
      return fail(Code::invalid_argument, "knob `{}`: {} stands in its grid twice", knob.name, one);
    values.push_back(*std::move(value));
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

Result<SweepAxis> parse_axis(const plan::Plan& plan, std::string_view text) {
  const auto equal = text.find('=');
  if (equal == std::string_view::npos || equal == 0)
    return fail(Code::invalid_argument,
                "--over \"{}\": write knob=grid, as in --over \"negatives kept=0.01:1:log5\"",
                text);
  const std::string name(text.substr(0, equal));
  std::vector<std::string> names;
  for (const plan::Knob& knob : plan.knobs) {
    if (knob.name != name) {
      names.push_back(knob.name);
      continue;
    }
    auto values = parse_grid(knob, text.substr(equal + 1));
    if (!values) return fail(values.error());
    return SweepAxis{name, *std::move(values)};
  }
  return fail(Code::invalid_argument, "`{}` has no knob `{}`; its knobs are {}", plan.id, name,
              names.empty() ? "none" : fmt::format("`{}`", fmt::join(names, "`, `")));
}

std::string usual_grid(const plan::Knob& knob, int count) {
  switch (knob.kind) {
    case plan::Knob::Kind::choice: return fmt::format("{}", fmt::join(knob.choices, ","));
    case plan::Knob::Kind::toggle: return "off,on";
    case plan::Knob::Kind::slider: break;
  }
  return fmt::format("{:g}:{:g}:{}{}", knob.low, knob.high, knob.log_scale ? "log" : "lin", count);
}

}  // namespace rehearse::trace
