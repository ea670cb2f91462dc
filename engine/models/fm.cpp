// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/fm.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/metrics/probability.hpp"
#include "engine/models/labels.hpp"

namespace rehearse::models {

std::size_t FmModel::factor_of(const EncodedRows& x, std::size_t at, std::size_t partner) const {
  const std::size_t field = fields_ > 1 ? encoding_.field(partner % x.width) : 0;
  return (x.index[at] * fields_ + field) * rank_;
}

double FmModel::affinity(const EncodedRows& x, std::size_t a, std::size_t b) const {
  const double* left = factors_.data() + factor_of(x, a, b);
  const double* right = factors_.data() + factor_of(x, b, a);
  double sum = 0;
  for (std::size_t f = 0; f < rank_; ++f) sum += left[f] * right[f];
  return sum;
}

double FmModel::eta_by_pairs(const EncodedRows& x, std::size_t row) const {
  double sum = x.dot(row, weights_);
  const std::size_t begin = row * x.width, end = begin + x.width;
  for (std::size_t a = begin + 1; a < end; ++a)
    for (std::size_t b = a + 1; b < end; ++b)
      if (x.value[a] != 0 && x.value[b] != 0) sum += affinity(x, a, b) * x.value[a] * x.value[b];
  return sum;
}

double FmModel::eta(const EncodedRows& x, std::size_t row) const {
  if (fields_ > 1) return eta_by_pairs(x, row);
  double sum = x.dot(row, weights_);
  const std::size_t begin = row * x.width, end = begin + x.width;
  for (std::size_t f = 0; f < rank_; ++f) {
    double linear = 0, square = 0;
    for (std::size_t a = begin + 1; a < end; ++a) {
      const double part = factors_[x.index[a] * rank_ + f] * x.value[a];
      linear += part, square += part * part;
    }
    sum += (linear * linear - square) / 2;
  }
  return sum;
}

Result<EncodedRows> FmModel::encode(const Frame& rows) const {
  auto x = encoding_.encode(rows);
  if (!x || !options_.normalize) return x;
  for (std::size_t row = 0; row < x->rows; ++row) {
    double* value = x->value.data() + row * x->width;
    double square = 0;
    for (std::size_t k = 1; k < x->width; ++k) square += value[k] * value[k];
    if (square == 0) continue;
    for (std::size_t k = 1; k < x->width; ++k) value[k] /= std::sqrt(square);
  }
  return x;
}

Result<std::vector<double>> FmModel::score(const Frame& rows) const {
  auto x = encode(rows);
  if (!x) return fail(x.error());
  std::vector<double> scores(rows.rows());
  for (std::size_t row = 0; row < scores.size(); ++row)
    scores[row] = metrics::sigmoid(eta(*x, row));
  return scores;
}

std::string FmModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  return options_.field_aware ? "field-aware FM" : "factorization machine";
}

std::size_t FmModel::bytes() const {
  return sizeof *this + encoding_.bytes() +
         (weights_.capacity() + factors_.capacity()) * sizeof(double);
}

std::vector<double> FmModel::gradient(const EncodedRows& x, std::size_t row, double y) const {
  std::vector<double> g(weights_.size() + factors_.size());
  const double slope = metrics::sigmoid(eta(x, row)) - y;
  const std::size_t begin = row * x.width, end = begin + x.width;
  for (std::size_t a = begin; a < end; ++a) {
    g[x.index[a]] += slope * x.value[a];
    if (a == begin) continue;
    for (std::size_t b = begin + 1; b < end; ++b) {
      if (a == b || x.value[a] == 0 || x.value[b] == 0) continue;
      const double both = slope * x.value[a] * x.value[b];
      const std::size_t own = factor_of(x, a, b), other = factor_of(x, b, a);
      for (std::size_t f = 0; f < rank_; ++f)
        g[weights_.size() + own + f] += both * factors_[other + f];
    }
  }
  return g;
}

std::vector<double> FmModel::parameters() const {
  std::vector<double> theta = weights_;
  theta.insert(theta.end(), factors_.begin(), factors_.end());
  return theta;
}

void FmModel::set_parameters(std::span<const double> theta) {
  std::copy_n(theta.begin(), weights_.size(), weights_.begin());
  std::copy_n(theta.begin() + static_cast<std::ptrdiff_t>(weights_.size()), factors_.size(),
              factors_.begin());
}

namespace {

struct FmTerm {
  std::string part, term;
  double weight, value;
};

Result<Frame> fm_trail_table(std::vector<FmTerm> terms, double y) {
  const std::size_t n = terms.size();
  std::vector<std::string> part, term;
  std::vector<double> weight, value, contribution, eta, gradient(n);
  double sum = 0;
  for (const FmTerm& t : terms) {
    part.push_back(t.part), term.push_back(t.term);
    weight.push_back(t.weight), value.push_back(t.value);
    contribution.push_back(t.weight * t.value);
    eta.push_back(sum += contribution.back());
  }
  const double p = metrics::sigmoid(sum);
  for (std::size_t i = 0; i < n; ++i) gradient[i] = (p - y) * value[i];
  Frame::Builder table;
  table.add("part", part).add("term", term).add("weight", std::move(weight));
  table.add("value", std::move(value)).add("contribution", std::move(contribution));
  table.add("eta", std::move(eta)).add("prediction", std::vector<double>(n, p));
  table.add("gradient", std::move(gradient));
  if (std::isnan(y)) table.missing(std::vector<std::uint8_t>(n, 0));
  return std::move(table).build();
}

}  // namespace

Result<Frame> FmModel::trail(const Frame& rows, std::size_t row) const {
  if (auto there = require_row(rows, row); !there) return fail(there.error());
  const Frame one = rows.slice(row, row + 1);
  auto x = encode(one);
  if (!x) return fail(x.error());
  std::vector<FmTerm> terms, pairs;
  for (std::size_t a = 0; a < x->width; ++a) {
    if (x->value[a] == 0) continue;
    const std::string& name = encoding_.term(x->index[a]);
    terms.push_back({"linear", name, weights_[x->index[a]], x->value[a]});
    for (std::size_t b = a + 1; a > 0 && b < x->width; ++b)
      if (x->value[b] != 0)
        pairs.push_back({"pair", name + " × " + encoding_.term(x->index[b]), affinity(*x, a, b),
                         x->value[a] * x->value[b]});
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const FmTerm& a, const FmTerm& b) {
    return std::abs(a.weight * a.value) > std::abs(b.weight * b.value);
  });
  terms.insert(terms.end(), pairs.begin(), pairs.end());
  const auto label = label_column(one, options_.label);
  const double y = label && (*label)->numeric() ? (*label)->number(0) : std::nan("");
  return fm_trail_table(std::move(terms), y);
}

}  // namespace rehearse::models
