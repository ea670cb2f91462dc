// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/lsa.hpp"

#include <Eigen/Dense>
#include <Eigen/Sparse>

#include <algorithm>
#include <cmath>
#include <new>

#include "engine/base/random.hpp"

namespace rehearse::retrieval {
namespace {

using Dense = Eigen::MatrixXd;
using Sparse = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using Points = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Singular values come as roots of a small matrix's eigenvalues, so the last digits of the smallest
// are noise.
constexpr double kNegligible = 1e-6;

Eigen::Index index_from(std::size_t size) { return static_cast<Eigen::Index>(size); }

double log_count(std::uint32_t count) { return 1 + std::log(static_cast<double>(count)); }

// Documents by terms, each row of length 1.
Sparse weighted(const InvertedIndex& index, std::span<const double> idf) {
  std::vector<double> squares(index.documents(), 0);
  std::vector<Eigen::Triplet<double>> cells;
  cells.reserve(index.postings());
  for (TermId term = 0; term < index.terms(); ++term) {
    const PostingList list = index.postings(term);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const double weight = log_count(list.counts[i]) * idf[term];
      squares[list.documents[i]] += weight * weight;
      cells.emplace_back(static_cast<int>(list.documents[i]), static_cast<int>(term), weight);
    }
  }
  Sparse matrix(index_from(index.documents()), index_from(index.terms()));
  matrix.setFromTriplets(cells.begin(), cells.end());
  for (int row = 0; row < matrix.outerSize(); ++row)
    for (Sparse::InnerIterator cell(matrix, row); cell; ++cell)
      cell.valueRef() /= std::sqrt(squares[static_cast<std::size_t>(row)]);
  return matrix;
}

Dense orthonormal(const Dense& columns) {
  const Eigen::HouseholderQR<Dense> qr(columns);
  return qr.householderQ() * Dense::Identity(columns.rows(), columns.cols());
}

Dense gaussian(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Dense directions(index_from(rows), index_from(columns));
  const StreamKey key = stream_key(seed, "lsa.directions");
  for (std::size_t row = 0; row < rows; ++row) {
    Stream stream(key, 0, row);
    for (std::size_t column = 0; column < columns; ++column)
      directions(index_from(row), index_from(column)) = stream.normal();
  }
  return directions;
}

// To length 1; what has next to nothing of the axes goes to the origin.
void scale_rows(Points& points) {
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    const float norm = points.row(row).norm();
    if (norm > kNegligible)
      points.row(row) /= norm;
    else
      points.row(row).setZero();
  }
}

// Directions sketched; there are no more than documents and terms.
std::size_t sketched_width(const InvertedIndex& index, const LsaOptions& options) {
  return std::min({options.dims + options.oversampling, index.documents(), index.terms()});
}

Result<void> check_lsa(const InvertedIndex& index, const LsaOptions& options) {
  if (options.dims < 1)
    return fail(Code::invalid_argument, "0 dimensions are asked for; 1 or more are possible");
  const std::size_t width = sketched_width(index, options);
  const double bytes =
      static_cast<double>(index.postings()) * 40 +
      static_cast<double>(index.documents() + index.terms()) * static_cast<double>(width) * 8 * 3;
  if (bytes > static_cast<double>(options.max_bytes))
    return fail(Code::limit,
                "{} dimensions of {} documents and {} words need about {:.0f} MB, more than {}; "
                "ask for fewer, or allow more memory",
                options.dims, index.documents(), index.terms(), bytes / 1048576,
                options.max_bytes >> 20);
  return {};
}

}  // namespace

Result<Lsa> Lsa::fit(const InvertedIndex& index, const LsaOptions& options,
                     const Progress& progress) try {
  if (auto fine = check_lsa(index, options); !fine) return fail(fine.error());
  Lsa lsa;
  const auto n = static_cast<double>(index.documents());
  for (TermId term = 0; term < index.terms(); ++term)
    lsa.idf_.push_back(std::log((1 + n) / (1 + static_cast<double>(index.postings(term).size()))) +
                       1);
  const Sparse matrix = weighted(index, lsa.idf_);
  const Sparse transposed = matrix.transpose();
  const std::size_t width = sketched_width(index, options);
  Dense range = orthonormal(matrix * gaussian(index.terms(), width, options.seed));
  for (std::size_t i = 0; i < options.power_iterations; ++i) {
    if (!progress.report(static_cast<double>(i) / static_cast<double>(options.power_iterations)))
      return cancelled();
    // Once an iteration: what both products do to the smallest axis that is kept, 1e-12 of the
    // greatest, is still above the rounding.
    range = orthonormal(matrix * (transposed * range));
  }
  const Dense projected = transposed * range;  // terms by width: V S Wᵀ
  const Eigen::SelfAdjointEigenSolver<Dense> squares(projected.transpose() * projected);
  const double greatest = std::sqrt(std::max(0.0, squares.eigenvalues()(index_from(width) - 1)));
  for (std::size_t i = 0; i < std::min(options.dims, width); ++i) {
    const double value = std::sqrt(std::max(0.0, squares.eigenvalues()(index_from(width - 1 - i))));
    if (value <= kNegligible * greatest) break;
    lsa.singular_values_.push_back(value);
  }
  Dense axes(projected.rows(), index_from(lsa.dims()));
  for (std::size_t i = 0; i < lsa.dims(); ++i)
    axes.col(index_from(i)) =
        projected * squares.eigenvectors().col(index_from(width - 1 - i)) / lsa.singular_values_[i];
  Points points = (matrix * axes).cast<float>();
  scale_rows(points);
  auto documents = ExactIndex::over({points.data(), points.data() + points.size()}, lsa.dims());
  if (!documents) return fail(documents.error());
  lsa.documents_ = std::move(*documents);
  const Points words = axes.cast<float>();
  lsa.terms_.assign(words.data(), words.data() + words.size());
  return lsa;
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "{} dimensions do not fit into memory; ask for fewer", options.dims);
}

std::vector<float> Lsa::embed(const Query& query) const {
  Eigen::VectorXf point = Eigen::VectorXf::Zero(index_from(dims()));
  for (const Query::Term& term : query.terms)
    point +=
        static_cast<float>(log_count(term.count) * idf_[term.id]) *
        Eigen::Map<const Eigen::VectorXf>(terms_.data() + term.id * dims(), index_from(dims()));
  if (const float norm = point.norm(); norm > 0) point /= norm;
  return {point.data(), point.data() + point.size()};
}

}  // namespace rehearse::retrieval
