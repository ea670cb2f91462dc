// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names behind the codes of a column, shared by all tables that hold the column.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace rehearse::sim {

using SharedNames = std::shared_ptr<const std::vector<std::string>>;

inline SharedNames shared_names(std::vector<std::string> names) {
  return std::make_shared<const std::vector<std::string>>(std::move(names));
}

// "user 1", "user 2" …
inline SharedNames numbered_names(const char* word, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(fmt::format("{} {}", word, i + 1));
  return shared_names(std::move(names));
}

}  // namespace rehearse::sim
