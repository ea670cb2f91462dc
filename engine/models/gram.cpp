// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/gram.hpp"

#include <Eigen/Dense>
#include <cassert>

namespace rehearse::models {

Result<void> require_few_parameters(const Encoding& encoding, const char* who) {
  if (encoding.parameters() <= kMostNormalParameters) return {};
  return fail(Code::limit,
              "{}: {} parameters are too many for its exact solution, which takes {}; leave out "
              "columns with many levels",
              who, encoding.parameters(), kMostNormalParameters);
}

std::vector<double> weighted_least_squares(const EncodedRows& x, std::size_t parameters,
                                           std::span<const double> y, std::span<const double> c,
                                           double lambda) {
  assert(y.size() == x.rows && (c.empty() || c.size() == x.rows));
  const auto p = static_cast<Eigen::Index>(parameters);
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(p, p);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(p);
  for (std::size_t row = 0; row < x.rows; ++row) {
    const double weight = c.empty() ? 1 : c[row];
    const std::uint32_t* index = x.index.data() + row * x.width;
    const double* value = x.value.data() + row * x.width;
    for (std::size_t a = 0; a < x.width; ++a) {
      const double scaled = weight * value[a];
      if (scaled == 0) continue;
      right[index[a]] += scaled * y[row];
      for (std::size_t b = 0; b < x.width; ++b) gram(index[b], index[a]) += scaled * value[b];
    }
  }
  for (Eigen::Index j = 1; j < p; ++j) gram(j, j) += lambda;
  Eigen::VectorXd w;
  const Eigen::LLT<Eigen::MatrixXd> cholesky(gram);
  const bool sure = cholesky.info() == Eigen::Success && cholesky.rcond() > 1e-13;
  if (sure)
    w = cholesky.solve(right);
  else
    w = Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd>(gram).solve(right);
  return {w.data(), w.data() + p};
}

}  // namespace rehearse::models
