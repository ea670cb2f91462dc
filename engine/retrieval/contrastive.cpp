// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/contrastive.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::retrieval {
namespace {

// Points of length 1, and the lengths that they had.
struct UnitPoints {
  std::vector<double> points, lengths;
};

UnitPoints unit_points(std::span<const double> points, std::size_t dims) {
  UnitPoints made{{points.begin(), points.end()}, {}};
  for (std::size_t at = 0; at < points.size(); at += dims) {
    double squares = 0;
    for (std::size_t i = 0; i < dims; ++i) squares += points[at + i] * points[at + i];
    const double length = std::sqrt(squares);
    made.lengths.push_back(length);
    for (std::size_t i = 0; i < dims; ++i)
      made.points[at + i] = length > 0 ? points[at + i] / length : 0;
  }
  return made;
}

double inner(const double* a, const double* b, std::size_t dims) {
  double sum = 0;
  for (std::size_t i = 0; i < dims; ++i) sum += a[i] * b[i];
  return sum;
}

// From a slope by the unit point to one by the point: what lies along it changes its length alone.
void through_length(const UnitPoints& unit, std::size_t dims, std::vector<double>& slope) {
  for (std::size_t p = 0; p < unit.lengths.size(); ++p) {
    double* g = slope.data() + p * dims;
    const double* u = unit.points.data() + p * dims;
    const double along = inner(g, u, dims);
    for (std::size_t i = 0; i < dims; ++i)
      g[i] = unit.lengths[p] > 0 ? (g[i] - along * u[i]) / unit.lengths[p] : 0;
  }
}

}  // namespace

ContrastiveGradient contrastive_loss(const ContrastiveBatch& batch) {
  const std::size_t dims = batch.dims, n = batch.own.size(), m = batch.passages.size() / dims;
  assert(batch.questions.size() == n * dims && batch.allowed.size() == n * m);
  const UnitPoints u = unit_points(batch.questions, dims), v = unit_points(batch.passages, dims);
  ContrastiveGradient made{0, std::vector<double>(n * dims, 0), std::vector<double>(m * dims, 0)};
  std::vector<double> logits(m);
  for (std::size_t q = 0; q < n; ++q) {
    const std::uint8_t* allowed = batch.allowed.data() + q * m;
    double greatest = -INFINITY, sum = 0;
    for (std::size_t p = 0; p < m; ++p) {
      if (!allowed[p]) continue;
      logits[p] =
          inner(u.points.data() + q * dims, v.points.data() + p * dims, dims) / batch.temperature;
      greatest = std::max(greatest, logits[p]);
    }
    for (std::size_t p = 0; p < m; ++p)
      if (allowed[p]) sum += std::exp(logits[p] - greatest);
    made.loss += (greatest + std::log(sum) - logits[batch.own[q]]) / static_cast<double>(n);
    for (std::size_t p = 0; p < m; ++p) {
      if (!allowed[p]) continue;
      const double share = std::exp(logits[p] - greatest) / sum;
      const double slope =
          (share - (p == batch.own[q] ? 1 : 0)) / (batch.temperature * static_cast<double>(n));
      for (std::size_t i = 0; i < dims; ++i) {
        made.questions[q * dims + i] += slope * v.points[p * dims + i];
        made.passages[p * dims + i] += slope * u.points[q * dims + i];
      }
    }
  }
  through_length(u, dims, made.questions);
  through_length(v, dims, made.passages);
  return made;
}

}  // namespace rehearse::retrieval
