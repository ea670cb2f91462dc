// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/ease.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <new>

namespace rehearse::recommend {
namespace {

using Matrix = Eigen::MatrixXd;
using Index = Eigen::Index;

constexpr Index kPanel = 64;  // columns between two looks at the stop token

// Shares of the work, by the multiplications of each stage.
constexpr double kAfterFactor = 0.4, kAfterInverse = 0.7;

double gigabytes(std::size_t bytes) { return static_cast<double>(bytes) / 1e9; }

// XᵀX + λI, lower triangle.
void fill_gram(const Interactions& training, double lambda, Matrix& gram) {
  gram.setZero();
  for (std::uint32_t user = 0; user < training.users(); ++user) {
    const auto had = training.items_of(user);
    for (std::size_t a = 0; a < had.size(); ++a)
      for (std::size_t b = a; b < had.size(); ++b) gram(had[b], had[a]) += 1;
  }
  gram.diagonal().array() += lambda;
}

// Cholesky in place (lower), panel by panel, so that it can be stopped.
Result<void> factor(Matrix& a, const Progress& progress) {
  const Index n = a.rows();
  for (Index at = 0; at < n; at += kPanel) {
    const double share = static_cast<double>(at) / static_cast<double>(n);
    if (!progress.report(kAfterFactor * (1 - std::pow(1 - share, 3)))) return cancelled();
    const Index width = std::min(kPanel, n - at), below = n - at - width;
    auto corner = a.block(at, at, width, width);
    const Eigen::LLT<Matrix> small(corner);
    if (small.info() != Eigen::Success)
      return fail(Code::bad_data,
                  "EASE: the items' table cannot be inverted in double precision; use a larger "
                  "lambda");
    corner.triangularView<Eigen::Lower>() = small.matrixL();
    if (below == 0) break;
    auto panel = a.block(at + width, at, below, width);
    small.matrixU().solveInPlace<Eigen::OnTheRight>(panel);
    a.block(at + width, at + width, below, below)
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(panel, -1);
  }
  return {};
}

// L⁻¹ (lower) into `inverse`: of a panel of columns only the rows from its own on are not 0.
Result<void> invert_lower(const Matrix& l, Eigen::Map<Matrix>& inverse, const Progress& progress) {
  const Index n = l.rows();
  inverse.setZero();
  for (Index at = 0; at < n; at += kPanel) {
    const double share = static_cast<double>(at) / static_cast<double>(n);
    if (!progress.report(kAfterFactor +
                         (kAfterInverse - kAfterFactor) * (1 - std::pow(1 - share, 3))))
      return cancelled();
    const Index width = std::min(kPanel, n - at);
    auto columns = inverse.block(at, at, n - at, width);
    columns.topRows(width).setIdentity();
    l.block(at, at, n - at, n - at).triangularView<Eigen::Lower>().solveInPlace(columns);
  }
  return {};
}

// P = L⁻ᵀ L⁻¹, lower triangle, into `p`.
Result<void> multiply(const Eigen::Map<Matrix>& inverse, Matrix& p, const Progress& progress) {
  const Index n = inverse.rows();
  for (Index at = 0; at < n; at += kPanel) {
    const double share = static_cast<double>(at) / static_cast<double>(n);
    if (!progress.report(kAfterInverse + (1 - kAfterInverse) * share)) return cancelled();
    const Index width = std::min(kPanel, n - at);
    // Rows `at` on of P's columns 0 … at + width: what both columns have in common lies below `at`.
    p.block(at, 0, width, at + width).noalias() =
        inverse.block(at, at, n - at, width).transpose() * inverse.block(at, 0, n - at, at + width);
  }
  return {};
}

// B, row by row.
Result<std::vector<double>> item_weights(const Interactions& training, double lambda,
                                         const Progress& progress) {
  const std::size_t items = training.items();
  const auto n = static_cast<Index>(items);
  std::vector<double> weights(items * items);  // L⁻¹ first, B in the end
  Eigen::Map<Matrix> inverse(weights.data(), n, n);
  Matrix gram(n, n);  // then its factor L, then P
  fill_gram(training, lambda, gram);
  if (auto done = factor(gram, progress); !done) return fail(done.error());
  if (auto done = invert_lower(gram, inverse, progress); !done) return fail(done.error());
  if (auto done = multiply(inverse, gram, progress); !done) return fail(done.error());
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j)
      weights[static_cast<std::size_t>(i) * items + static_cast<std::size_t>(j)] =
          i == j ? 0 : -gram(std::max(i, j), std::min(i, j)) / gram(j, j);
  return weights;
}

}  // namespace

std::size_t ease_bytes(std::size_t items) { return 2 * items * items * sizeof(double); }

void Ease::score(std::uint32_t user, std::span<double> scores) const {
  assert(scores.size() == training_.items());
  std::fill(scores.begin(), scores.end(), 0.0);
  for (const std::uint32_t had : training_.items_of(user)) {
    const double* row = weights_.data() + had * training_.items();
    for (std::size_t item = 0; item < scores.size(); ++item) scores[item] += row[item];
  }
}

Result<std::shared_ptr<const Ease>> fit_ease(const Interactions& training,
                                             const EaseOptions& options, const Progress& progress) {
  if (training.pairs() == 0)
    return fail(Code::bad_data, "EASE needs interactions to learn from; there are none");
  if (!(options.lambda > 0) || std::isinf(options.lambda))
    return fail(Code::invalid_argument, "lambda of EASE is {:g}; it is above 0", options.lambda);
  if (ease_bytes(training.items()) > options.most_bytes)
    return fail(Code::limit,
                "EASE holds two tables of {0} × {0} items, {1:.3g} GB, above the bound of {2:.3g} "
                "GB; leave out the rarest items, use als or item-knn, or raise the bound "
                "(memory_gb)",
                training.items(), gigabytes(ease_bytes(training.items())),
                gigabytes(options.most_bytes));
  try {
    auto weights = item_weights(training, options.lambda, progress);
    if (!weights) return fail(weights.error());
    return std::make_shared<const Ease>(training, options, std::move(*weights));
  } catch (const std::bad_alloc&) {
    return fail(Code::limit,
                "this machine does not give EASE the {:.3g} GB for {} items; leave out the rarest "
                "items, or use als or item-knn",
                gigabytes(ease_bytes(training.items())), training.items());
  }
}

}  // namespace rehearse::recommend
