// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pieces of which the documents of analyses are made: key numbers, a list of what to look at next,
// and texts of numbers that may be undefined.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::analysis {

// Rows of the kind `number`.
class KeyNumbers {
 public:
  KeyNumbers& add(std::string name, double value, std::string why = {}, std::string unit = {});
  KeyNumbers& add(std::string name, const metrics::Measure& measure);
  // Errors: none; an empty figure where nothing was added.
  Figure figure(std::string title, std::string see) const;

 private:
  std::vector<std::string> names_, units_, why_;
  std::vector<double> values_;
};

// Rows of the kind `reliability`: one curve, under this name.
Frame reliability_rows(const std::string& series, const std::vector<metrics::Bin>& bins);

// "0.4321", or "undefined: " and the reason.
std::string shown(const metrics::Measure& measure);

// A heading and its sentences as a list; nothing where there are none.
void append_list(Document& document, const std::string& heading,
                 const std::vector<std::string>& sentences);

// Values of a column of numbers. Errors: not there, texts, a row without a value (which row).
Result<std::vector<double>> numbers_of(const Frame& frame, const std::string& name);

// The same of a column of outcomes. Errors: also a value that is not 0 or 1 (which row).
Result<std::vector<double>> labels_of(const Frame& frame, const std::string& name);

}  // namespace rehearse::analysis
