// SPDX-License-Identifier: GPL-3.0-or-later
//
// XGBoost's C API behind owning handles and Results: the only place that knows the library.
//
// It is loaded when the first model is trained and never before: linking it would add about 3 ms
// to the start of every command. One thread always (more were never faster here, and could not give
// the same bytes). Handles are used by one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::models {

// Rows for training or validation. NaN is missing.
class BoostedMatrix {
 public:
  // Row-major, `width` numbers a row; copied. Errors: the library is not installed, or refuses.
  static Result<BoostedMatrix> of(std::span<const float> values, std::size_t width);
  Result<void> set(const char* field, std::span<const float> numbers);  // "label", "weight"
  std::size_t rows() const { return rows_; }
  void* handle() const { return handle_.get(); }

 private:
  std::shared_ptr<void> handle_;
  std::size_t rows_ = 0;
};

class Booster {
 public:
  using Settings = std::vector<std::pair<std::string, std::string>>;
  // The matrices are those it will be asked about while it grows: it remembers its sums for them.
  static Result<Booster> create(std::span<const BoostedMatrix> known, const Settings& settings);
  static Result<Booster> load(std::string_view serialized);

  Result<void> grow(int round, const BoostedMatrix& train);  // by its objective
  Result<void> grow(const BoostedMatrix& train, std::vector<float>& gradient,
                    std::vector<float>& curvature);
  Result<std::vector<float>> margins(const BoostedMatrix& rows) const;
  // One number a feature and the base last, per row (Lundberg, Erion, Lee 2018: TreeSHAP).
  Result<std::vector<float>> contributions(const BoostedMatrix& rows) const;
  // The first `rounds` trees. Errors: there are fewer.
  Result<Booster> first(int rounds) const;
  Result<std::string> serialized(const char* format) const;  // "json", "ubj"

 private:
  Result<std::vector<float>> predict(const BoostedMatrix& rows, int type) const;
  std::shared_ptr<void> handle_;
};

}  // namespace rehearse::models
