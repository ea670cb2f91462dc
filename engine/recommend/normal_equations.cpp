// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/normal_equations.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace rehearse::recommend {
namespace {

// Four doubles that may stand anywhere; two registers where the machine has no wider ones.
using Four = double __attribute__((vector_size(32), aligned(8), may_alias));

constexpr std::size_t kChunk = 64;  // rows summed in registers before A is touched again

Four& four(double* at) { return *reinterpret_cast<Four*>(at); }
const Four& four(const double* at) { return *reinterpret_cast<const Four*>(at); }

// Some rows of a table; the kernel writes them down times their weights.
struct Chunk {
  std::size_t rows = 0;
  std::array<const double*, kChunk> y;
  std::array<double, kChunk> weight, value;
  double* weighted = nullptr;  // rows × stride
};

// One tile of A: columns c to c + 3, rows r to r + 3. Summed in the order of rows.
[[gnu::always_inline]] inline void add_tile(double* a, std::size_t stride, const Chunk& chunk,
                                            std::size_t c, std::size_t r) {
  double* at = a + c * stride + r;
  Four s0 = four(at), s1 = four(at + stride), s2 = four(at + 2 * stride),
       s3 = four(at + 3 * stride);
  const double* w = chunk.weighted + c;
  for (std::size_t n = 0; n < chunk.rows; ++n, w += stride) {
    const Four y = four(chunk.y[n] + r);
    s0 += w[0] * y, s1 += w[1] * y, s2 += w[2] * y, s3 += w[3] * y;
  }
  four(at) = s0, four(at + stride) = s1, four(at + 2 * stride) = s2, four(at + 3 * stride) = s3;
}

// Two tiles, one below the other, so that each weight is loaded once for both.
[[gnu::always_inline]] inline void add_two_tiles(double* a, std::size_t stride, const Chunk& chunk,
                                                 std::size_t c, std::size_t r) {
  double* at = a + c * stride + r;
  Four s0 = four(at), s1 = four(at + stride), s2 = four(at + 2 * stride),
       s3 = four(at + 3 * stride);
  at += 4;
  Four t0 = four(at), t1 = four(at + stride), t2 = four(at + 2 * stride),
       t3 = four(at + 3 * stride);
  const double* w = chunk.weighted + c;
  for (std::size_t n = 0; n < chunk.rows; ++n, w += stride) {
    const Four y = four(chunk.y[n] + r), z = four(chunk.y[n] + r + 4);
    s0 += w[0] * y, s1 += w[1] * y, s2 += w[2] * y, s3 += w[3] * y;
    t0 += w[0] * z, t1 += w[1] * z, t2 += w[2] * z, t3 += w[3] * z;
  }
  four(at) = t0, four(at + stride) = t1, four(at + 2 * stride) = t2, four(at + 3 * stride) = t3;
  at -= 4;
  four(at) = s0, four(at + stride) = s1, four(at + 2 * stride) = s2, four(at + 3 * stride) = s3;
}

[[gnu::always_inline]] inline void weigh(const Chunk& chunk, std::size_t stride, double* b) {
  double* weighted = chunk.weighted;
  for (std::size_t n = 0; n < chunk.rows; ++n, weighted += stride)
    for (std::size_t i = 0; i < stride; i += 4) {
      const Four y = four(chunk.y[n] + i);
      four(weighted + i) = chunk.weight[n] * y;
      four(b + i) += chunk.value[n] * y;
    }
}

// b, and the lower triangle of A in whole tiles.
[[gnu::always_inline]] inline void add_chunk(double* a, double* b, std::size_t stride,
                                             const Chunk& chunk) {
  weigh(chunk, stride, b);
  for (std::size_t c = 0; c < stride; c += 4)
    for (std::size_t r = c; r < stride;) {
      if (r + 4 < stride) {
        add_two_tiles(a, stride, chunk, c, r);
        r += 8;
      } else {
        add_tile(a, stride, chunk, c, r);
        r += 4;
      }
    }
}

// Cholesky of the lower triangle, column by column (A = L Lᵀ, in place); what lies above is left.
// False where a pivot is not positive.
[[gnu::always_inline]] inline bool factor_in_place(double* a, std::size_t stride,
                                                   std::size_t size) {
  for (std::size_t j = 0; j < size; ++j) {
    double* column = a + j * stride;
    const std::size_t from = j / 4 * 4;
    std::size_t t = 0;
    for (; t + 4 <= j; t += 4) {
      const double *l0 = a + t * stride, *l1 = l0 + stride, *l2 = l1 + stride, *l3 = l2 + stride;
      const double w0 = l0[j], w1 = l1[j], w2 = l2[j], w3 = l3[j];
      for (std::size_t i = from; i < stride; i += 4)
        four(column + i) -=
            (w0 * four(l0 + i) + w1 * four(l1 + i)) + (w2 * four(l2 + i) + w3 * four(l3 + i));
    }
    for (; t < j; ++t) {
      const double* l = a + t * stride;
      const double w = l[j];
      for (std::size_t i = from; i < stride; i += 4) four(column + i) -= w * four(l + i);
    }
    if (!(column[j] > 0) || !std::isfinite(column[j])) return false;
    const double inverse = 1 / std::sqrt(column[j]);
    for (std::size_t i = from; i < stride; i += 4) four(column + i) *= inverse;
  }
  return true;
}

[[gnu::always_inline]] inline double dot_of(const double* a, const double* b, std::size_t size) {
  Four sums{};  // one after another they would wait for each other
  std::size_t i = 0;
  for (; i + 4 <= size; i += 4) sums += four(a + i) * four(b + i);
  double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

// L Lᵀ x = b with the factor that stands below the diagonal of `a`; x holds b before.
[[gnu::always_inline]] inline void substitute(const double* a, std::size_t stride, std::size_t size,
                                              double* x) {
  for (std::size_t j = 0; j < size; ++j) {
    const double* column = a + j * stride;
    const double value = x[j] /= column[j];
    std::size_t i = j + 1;
    for (; i + 4 <= size; i += 4) four(x + i) -= value * four(column + i);
    for (; i < size; ++i) x[i] -= value * column[i];
  }
  for (std::size_t j = size; j-- > 0;) {
    const double* column = a + j * stride;
    x[j] = (x[j] - dot_of(column + j + 1, x + j + 1, size - j - 1)) / column[j];
  }
}

struct Kernel {
  void (*add)(double*, double*, std::size_t, const Chunk&);
  bool (*factor)(double*, std::size_t, std::size_t);
  void (*substitute)(const double*, std::size_t, std::size_t, double*);
};

void add_plain(double* a, double* b, std::size_t stride, const Chunk& chunk) {
  add_chunk(a, b, stride, chunk);
}
bool factor_plain(double* a, std::size_t stride, std::size_t size) {
  return factor_in_place(a, stride, size);
}
void substitute_plain(const double* a, std::size_t stride, std::size_t size, double* x) {
  substitute(a, stride, size, x);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void add_avx2(double* a, double* b, std::size_t stride,
                                              const Chunk& chunk) {
  add_chunk(a, b, stride, chunk);
}
__attribute__((target("avx2"))) bool factor_avx2(double* a, std::size_t stride, std::size_t size) {
  return factor_in_place(a, stride, size);
}
__attribute__((target("avx2"))) void substitute_avx2(const double* a, std::size_t stride,
                                                     std::size_t size, double* x) {
  substitute(a, stride, size, x);
}
#endif

const Kernel& kernel() {
  static constexpr Kernel kPlain{add_plain, factor_plain, substitute_plain};
#if defined(__x86_64__)
  static constexpr Kernel kAvx2{add_avx2, factor_avx2, substitute_avx2};
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  return avx2 ? kAvx2 : kPlain;
#else
  return kPlain;
#endif
}

}  // namespace

double dot(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  return dot_of(a.data(), b.data(), a.size());
}

NormalEquations::NormalEquations(std::size_t size)
    : size_(size),
      stride_((size + 3) / 4 * 4),
      a_(stride_ * stride_, 0.0),
      b_(stride_, 0.0),
      scratch_(kChunk * stride_) {}

void NormalEquations::clear() {
  std::fill(a_.begin(), a_.end(), 0.0);
  std::fill(b_.begin(), b_.end(), 0.0);
}

void NormalEquations::start_from(const NormalEquations& base) {
  assert(base.size_ == size_);
  a_ = base.a_, b_ = base.b_;
}

void NormalEquations::add(const FactorTable& table, std::span<const std::uint32_t> rows,
                          std::span<const double> weights, std::span<const double> values) {
  assert(table.stride() == stride_ && rows.size() == weights.size());
  assert(rows.size() == values.size());
  Chunk chunk;
  chunk.weighted = scratch_.data();
  for (std::size_t n = 0; n < rows.size(); ++n) {
    chunk.y[chunk.rows] = table.padded(rows[n]);
    chunk.weight[chunk.rows] = weights[n];
    chunk.value[chunk.rows++] = values[n];
    if (chunk.rows < kChunk && n + 1 < rows.size()) continue;
    kernel().add(a_.data(), b_.data(), stride_, chunk);
    chunk.rows = 0;
  }
}

void NormalEquations::add_all(const FactorTable& table) {
  assert(table.stride() == stride_);
  Chunk chunk;
  chunk.weighted = scratch_.data();
  chunk.weight.fill(1), chunk.value.fill(0);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    chunk.y[chunk.rows++] = table.padded(row);
    if (chunk.rows < kChunk && row + 1 < table.rows()) continue;
    kernel().add(a_.data(), b_.data(), stride_, chunk);
    chunk.rows = 0;
  }
}

void NormalEquations::add_diagonal(double value) {
  for (std::size_t i = 0; i < size_; ++i) a_[i * stride_ + i] += value;
}

double NormalEquations::at(std::size_t row, std::size_t column) const {
  assert(row < size_ && column < size_);
  return a_[std::min(row, column) * stride_ + std::max(row, column)];
}

bool NormalEquations::solve(std::span<double> x) {
  assert(x.size() == size_);
  if (!kernel().factor(a_.data(), stride_, size_)) return false;
  std::copy(b_.begin(), b_.begin() + static_cast<std::ptrdiff_t>(size_), x.begin());
  solve_again(x);
  return true;
}

void NormalEquations::solve_again(std::span<double> right) const {
  assert(right.size() == size_);
  kernel().substitute(a_.data(), stride_, size_, right.data());
}

}  // namespace rehearse::recommend
