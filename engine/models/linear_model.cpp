// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/models/labels.hpp"

namespace rehearse::models {

double LinearModel::predict(double eta) const {
  const double predicted = fit_.loss.predicted(eta);
  return fit_.back ? (*fit_.back)(predicted) : predicted;
}

Result<std::vector<double>> LinearModel::predictors(const Frame& rows) const {
  auto encoded = fit_.encoding.encode(rows);
  if (!encoded) return fail(encoded.error());
  std::vector<double> eta(rows.rows());
  for (std::size_t row = 0; row < eta.size(); ++row) eta[row] = encoded->dot(row, fit_.weights);
  return eta;
}

Result<std::vector<double>> LinearModel::score(const Frame& rows) const {
  auto scores = predictors(rows);
  if (!scores) return scores;
  for (double& score : *scores) score = predict(score);
  return scores;
}

std::size_t LinearModel::bytes() const {
  return sizeof *this + fit_.encoding.bytes() + fit_.weights.capacity() * sizeof(double) +
         (fit_.back ? fit_.back->bytes() : 0);
}

Result<Frame> LinearModel::trail(const Frame& rows, std::size_t row) const {
  if (auto there = require_row(rows, row); !there) return fail(there.error());
  const Frame one = rows.slice(row, row + 1);
  auto encoded = fit_.encoding.encode(one);
  if (!encoded) return fail(encoded.error());
  const auto label = label_column(one, fit_.label);
  double y = label && (*label)->numeric() ? (*label)->number(0) : std::nan("");
  const std::size_t width = encoded->width;
  std::vector<std::string> term(width);
  std::vector<double> weight(width), contribution(width), eta(width), gradient(width);
  double sum = 0;
  for (std::size_t k = 0; k < width; ++k) {
    const std::size_t parameter = encoded->index[k];
    const bool silent = parameter == 0 && k > 0;  // a level never seen, a cell that is not missing
    term[k] = silent ? "(nothing)" : fit_.encoding.term(parameter);
    weight[k] = silent ? 0 : fit_.weights[parameter];
    contribution[k] = weight[k] * encoded->value[k];
    eta[k] = sum += contribution[k];
  }
  if (fit_.back && !std::isnan(y)) y = fit_.back->forward(y);
  const double loss = fit_.loss.value(y, sum), slope = fit_.loss.slope(y, sum);
  for (std::size_t k = 0; k < width; ++k) gradient[k] = slope * encoded->value[k];
  Frame::Builder table;
  table.add("term", term).add("value", encoded->value).add("weight", std::move(weight));
  table.add("contribution", std::move(contribution)).add("eta", std::move(eta));
  table.add("prediction", std::vector<double>(width, predict(sum)));
  const auto learned = [&](const char* name, std::vector<double> values) {
    table.add(name, std::move(values));
    if (std::isnan(y)) table.missing(std::vector<std::uint8_t>(width, 0));
  };
  learned("loss", std::vector<double>(width, loss));
  learned("slope", std::vector<double>(width, slope));
  learned("gradient", std::move(gradient));
  return std::move(table).build();
}

Result<std::vector<double>> LinearModel::count_shares(const Frame& rows, std::size_t most) const {
  if (!fit_.loss.counts())
    return fail(Code::invalid_argument, "`{}` predicts a value and no law of counts", fit_.name);
  auto eta = predictors(rows);
  if (!eta) return eta;
  std::vector<double> shares(most + 1);
  for (double at : *eta)
    for (std::size_t k = fit_.loss.kind == LossKind::positive_poisson ? 1 : 0; k <= most; ++k)
      shares[k] +=
          std::exp(-fit_.loss.value(static_cast<double>(k), std::clamp(at, -700.0, 700.0))) /
          static_cast<double>(eta->size());
  return shares;
}

Result<Frame> LinearModel::weight_table() const {
  std::vector<std::size_t> order(fit_.weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin() + 1, order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(fit_.weights[a]) > std::abs(fit_.weights[b]);
  });
  std::vector<std::string> term;
  std::vector<double> weight;
  for (std::size_t i : order) {
    term.push_back(fit_.encoding.term(i));
    weight.push_back(fit_.weights[i]);
  }
  Frame::Builder table;
  table.add("term", term).add("weight", std::move(weight));
  return std::move(table).build();
}

}  // namespace rehearse::models
