// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/expectation.hpp"

#include <cmath>
#include <limits>

#include "engine/base/number_words.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plan {
namespace {

std::string bound_words(const Expectation& e, bool held) {
  constexpr int kDigits = 6;  // as a script writes a bound
  const std::string low = number_words(e.low, kDigits), high = number_words(e.high, kDigits);
  switch (e.kind) {
    case Expectation::Kind::below: return fmt::format("{} {}", held ? "below" : "not below", high);
    case Expectation::Kind::above: return fmt::format("{} {}", held ? "above" : "not above", low);
    case Expectation::Kind::between:
      return fmt::format("{} {} and {}", held ? "between" : "not between", low, high);
  }
  return "";
}

bool holds(const Expectation& e, double value) {
  switch (e.kind) {
    case Expectation::Kind::below: return value < e.high;
    case Expectation::Kind::above: return value > e.low;
    case Expectation::Kind::between: return value >= e.low && value <= e.high;
  }
  return false;
}

}  // namespace

Check judge(const Expectation& expectation, const ArtifactPtr& measured) {
  Check check{expectation, Check::State::inactive, std::numeric_limits<double>::quiet_NaN(), ""};
  if (!expectation.active) {
    check.sentence = expectation.metric + " is not asked for with these knobs";
    return check;
  }
  const Column* value = measured ? measured->as_frame().find("value") : nullptr;
  const Column* why = measured ? measured->as_frame().find("why") : nullptr;
  if (value && value->size() == 1 && !value->missing(0)) check.value = value->number(0);
  if (std::isfinite(check.value)) {
    const bool held = holds(expectation, check.value);
    check.state = held ? Check::State::held : Check::State::broken;
    check.sentence = fmt::format("{} is {}, {}", expectation.metric, number_words(check.value),
                                 bound_words(expectation, held));
    return check;
  }
  const std::string reason =
      why && why->size() == 1 && !why->missing(0) ? why->cell(0) : "it was not measured";
  // Undefined for want of truth is no failure; undefined for any other reason is.
  check.state = reason == view_data::kNoTruth ? Check::State::unknown : Check::State::broken;
  check.sentence = fmt::format("{} is undefined: {}", expectation.metric, reason);
  return check;
}

}  // namespace rehearse::plan
