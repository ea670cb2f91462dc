// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/time_scope.hpp"

namespace rehearse::features {

const char* looks_at(TimeScope scope) {
  switch (scope) {
    case TimeScope::row_alone: return "the row's own columns";
    case TimeScope::fit_rows:
      return "all fitting rows whatever their time, and none of their labels";
    case TimeScope::other_folds: return "labels of fitting rows that stand in another fold";
    case TimeScope::known_before:
      return "rows before its own, and the labels that had arrived by then";
    case TimeScope::own_label: return "the label of the very row that it encodes";
  }
  return "";
}

Result<void> require_honest(TimeScope scope, bool allow_leak, const std::string& what) {
  if (scope != TimeScope::own_label || allow_leak) return {};
  return fail(Code::invalid_argument,
              "{} looks at {}, which no live model can: use another method, or say "
              "`allow_leak = true` to show what the mistake does",
              what, looks_at(scope));
}

}  // namespace rehearse::features
