// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one passage says to a question after a value: the second step of reader.hpp.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/retrieval/reader.hpp"

namespace rehearse::retrieval {

struct SoughtValue {
  std::string unit;
  std::optional<std::size_t> thing;                           // any, where it is not known
  const std::unordered_map<std::string, std::size_t>* names;  // of things, by word
  bool named_only;
};

struct Evidence {
  std::string value;
  std::optional<double> day;
  Citation source;
};

// Appends. The passage is well-formed UTF-8, and its context no longer than its text (asserted).
void add_evidence(const SoughtValue& sought, const Passage& passage, std::size_t place,
                  std::vector<Evidence>& evidence);

}  // namespace rehearse::retrieval
