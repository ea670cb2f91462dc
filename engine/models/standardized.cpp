// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/standardized.hpp"

#include <cmath>
#include <numeric>

namespace rehearse::models {

Result<StandardizedRows> StandardizedRows::fit(const Frame& rows,
                                               const std::vector<std::string>& columns) {
  if (rows.rows() == 0) return fail(Code::bad_data, "there are no rows to learn from");
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  auto encoding = TreeEncoding::fit(rows, columns, Categorical::automatic, all);
  if (!encoding) return fail(encoding.error());
  auto values = encoding->matrix(rows);
  if (!values) return fail(values.error());
  StandardizedRows made;
  made.encoding_ = *std::move(encoding);
  const std::size_t width = made.width();
  for (std::size_t c = 0; c < width; ++c) {
    double count = 0, mean = 0, squares = 0;  // Welford
    for (std::size_t i = c; i < values->size(); i += width) {
      const auto value = static_cast<double>((*values)[i]);
      if (std::isnan(value)) continue;
      const double off = value - mean;
      mean += off / ++count, squares += off * (value - mean);
    }
    const double sd = count > 0 ? std::sqrt(squares / count) : 0;
    made.mean_.push_back(mean), made.scale_.push_back(sd > 1e-9 * std::abs(mean) ? 1 / sd : 0);
  }
  return made;
}

Result<std::vector<double>> StandardizedRows::matrix(const Frame& rows) const {
  auto values = encoding_.matrix(rows);
  if (!values) return fail(values.error());
  std::vector<double> out(values->size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t c = i % width();
    const auto value = static_cast<double>((*values)[i]);
    out[i] = std::isnan(value) ? 0 : (value - mean_[c]) * scale_[c];
  }
  return out;
}

}  // namespace rehearse::models
