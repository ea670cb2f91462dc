// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/drift.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr const char* kNumbers[] = {"user_activity", "user_tenure_days", "post_age_hours",
                                    "post_votes", "affinity"};
constexpr const char* kTexts[] = {"platform", "country", "community", "topic", "media"};

template <std::size_t N>
bool among(const char* const (&names)[N], const std::string& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

const char* drift_name(DriftKind kind) {
  switch (kind) {
    case DriftKind::none: return "none";
    case DriftKind::audience: return "audience";
    case DriftKind::concept_shift: return "concept";
    case DriftKind::broken_feature: return "broken-feature";
  }
  return "";
}

Result<DriftKind> parse_drift(std::string_view name) {
  for (DriftKind kind :
       {DriftKind::none, DriftKind::audience, DriftKind::concept_shift, DriftKind::broken_feature})
    if (name == drift_name(kind)) return kind;
  return fail(Code::invalid_argument,
              "`{}` is no kind of drift; there are none, audience, concept and broken-feature",
              name);
}

const char* breakage_name(Breakage breakage) {
  switch (breakage) {
    case Breakage::null: return "null";
    case Breakage::scaled: return "scaled";
    case Breakage::stale: return "stale";
    case Breakage::casing: return "casing";
  }
  return "";
}

Result<Breakage> parse_breakage(std::string_view name) {
  for (Breakage breakage : {Breakage::null, Breakage::scaled, Breakage::stale, Breakage::casing})
    if (name == breakage_name(breakage)) return breakage;
  return fail(Code::invalid_argument,
              "`{}` is no way to break a feature; there are null, scaled, stale and casing", name);
}

Result<void> validate(const Drift& drift) {
  if (auto fine = in_range("drift day", drift.day, 0, 366); !fine) return fine;
  if (auto fine = in_range("drift strength", drift.strength, 0, 1); !fine) return fine;
  if (drift.kind != DriftKind::broken_feature) return {};
  const bool number = among(kNumbers, drift.column), text = among(kTexts, drift.column);
  if (drift.breakage == Breakage::casing && !text)
    return fail(Code::invalid_argument,
                "the column `{}` has no casing that could break; these have: {}", drift.column,
                fmt::join(kTexts, ", "));
  if (!number &&
      !(text && (drift.breakage == Breakage::casing || drift.breakage == Breakage::null)))
    return fail(Code::invalid_argument, "the column `{}` cannot break by `{}`; these can: {}",
                drift.column, breakage_name(drift.breakage), fmt::join(kNumbers, ", "));
  return {};
}

bool breakable_number(const std::string& column) { return among(kNumbers, column); }

std::string breakable_numbers() { return fmt::format("{}", fmt::join(kNumbers, ", ")); }

}  // namespace rehearse::sim
