// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernel of alternating least squares: sums of weighted outer products of factor rows, and the
// solution of the small system that they make.
//
//   A = G + Σ w_n y_n y_nᵀ,   b = Σ v_n y_n,   A x = b
//
// Rows are padded with zeros to a multiple of four, so that the inner loop is whole vectors. The
// arithmetic is the same element by element whatever the machine's vectors are, without fused
// multiply-add: the same bytes with and without AVX2, which is used where the processor has it.
// Cholesky is written out here, since ALS solves tens of thousands of systems of some 32 unknowns:
// a general one, made for large matrices, took four times as long.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rehearse::recommend {

// `rows` vectors of `size` numbers, one after another, each padded to `stride`.
class FactorTable {
 public:
  FactorTable(std::size_t rows, std::size_t size)
      : rows_(rows), size_(size), stride_((size + 3) / 4 * 4), values_(rows * stride_, 0.0) {}
  std::size_t rows() const { return rows_; }
  std::size_t size() const { return size_; }
  std::size_t stride() const { return stride_; }
  std::span<const double> row(std::size_t r) const {
    return std::span(values_).subspan(r * stride_, size_);
  }
  std::span<double> row(std::size_t r) { return std::span(values_).subspan(r * stride_, size_); }
  const double* padded(std::size_t r) const { return values_.data() + r * stride_; }
  std::size_t bytes() const { return values_.capacity() * sizeof(double); }

 private:
  std::size_t rows_, size_, stride_;
  std::vector<double> values_;
};

// Σ a b, summed in four strands.
double dot(std::span<const double> a, std::span<const double> b);

// One system of `size` unknowns, used again and again.
class NormalEquations {
 public:
  explicit NormalEquations(std::size_t size);
  // A = 0 (lower triangle, column by column), b = 0.
  void clear();
  // A and b of another one of the same size.
  void start_from(const NormalEquations& base);
  // A += Σ weight[n] y yᵀ and b += Σ value[n] y over the rows of `table` that are listed.
  // O(n size²/2).
  void add(const FactorTable& table, std::span<const std::uint32_t> rows,
           std::span<const double> weights, std::span<const double> values);
  // As add with all rows, weight 1 and value 0: the Gram matrix.
  void add_all(const FactorTable& table);
  void add_diagonal(double value);
  double at(std::size_t row, std::size_t column) const;  // of A, symmetric
  // A x = b by Cholesky, which overwrites A. False where A is not positive definite in the
  // arithmetic of doubles. O(size³/3).
  bool solve(std::span<double> x);
  // After solve: A x = y for further right sides, with the factor that solve left.
  void solve_again(std::span<double> right) const;

 private:
  std::size_t size_, stride_;
  std::vector<double> a_, b_;
  std::vector<double> scratch_;  // of add: rows times their weights
};

}  // namespace rehearse::recommend
