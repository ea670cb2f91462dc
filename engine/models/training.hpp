// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every trainer of this room gives back, and what every model that can be stepped offers.
//
// A training that is told to stop keeps the best model so far and says so: a person who waits at a
// terminal wants it. A step of a design must not take it for the finished one (its result is kept
// by the hash of what was asked), so a step turns `stopped` into cancelled().
#pragma once

#include <memory>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::models {

template <class Model>
struct Training {
  std::shared_ptr<const Model> model;  // never null
  bool stopped = false;                // cut short by the stop token: the best so far
};

// A model whose arithmetic can be followed for one example.
class Stepped : public Scorer {
 public:
  // The calculation for one row as a table, named as in the model's formula. Without a label in
  // `rows` what needs it (loss, gradient) is missing.
  // Errors: there is no such row; a column that the model needs is missing.
  virtual Result<Frame> trail(const Frame& rows, std::size_t row) const = 0;
};

// There is a row `row`; else the error says which there are.
inline Result<void> require_row(const Frame& rows, std::size_t row) {
  if (row < rows.rows()) return {};
  return fail(Code::invalid_argument, "there is no row {}; the rows are 0 to {}", row,
              rows.rows() ? rows.rows() - 1 : 0);
}

}  // namespace rehearse::models
