// SPDX-License-Identifier: GPL-3.0-or-later
//
// LinearModel: η = Σ weight · value over the encoded row, and what η means under the loss that it
// was fitted to (loss.hpp). Logistic, ridge, Huber, quantile, Poisson and negative binomial
// regression differ only in the loss and in how the weights were found; they are scored, stepped
// and explained in one way.
//
// A label may have been transformed before the fit (transform.hpp); predictions are brought back.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/models/count_law.hpp"
#include "engine/models/encoding.hpp"
#include "engine/models/loss.hpp"
#include "engine/models/training.hpp"
#include "engine/models/transform.hpp"

namespace rehearse::models {

using Facts = std::vector<std::pair<std::string, double>>;

// What a linear model is made of.
struct LinearFit {
  std::string name;   // describe()
  std::string label;  // as asked for; empty: the only one
  Encoding encoding = {};
  std::vector<double> weights = {};
  Loss loss = {};
  std::optional<Back> back = {};  // of a transformed label
  Facts facts = {};
};

// Immutable.
class LinearModel : public Stepped, public CountLaw {
 public:
  explicit LinearModel(LinearFit fit) : fit_(std::move(fit)) {}

  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return fit_.loss.probabilistic(); }
  std::string label() const override { return fit_.label; }
  std::string describe() const override { return fit_.name; }
  std::size_t bytes() const override;
  Facts facts() const override { return fit_.facts; }

  // A row an entry: term, value (encoded), weight, contribution, eta (sum so far), prediction,
  // loss, slope (dloss/dη), gradient (slope · value, of this row alone).
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

  Result<std::vector<double>> count_shares(const Frame& rows, std::size_t most) const override;

  // η of every row, before it is made a prediction.
  Result<std::vector<double>> predictors(const Frame& rows) const;
  const Encoding& encoding() const { return fit_.encoding; }
  const std::vector<double>& weights() const { return fit_.weights; }
  const Loss& loss() const { return fit_.loss; }
  // The parameters as a table: term, weight, largest first in size, the bias at the top.
  Result<Frame> weight_table() const;

 private:
  friend struct SavedFields;
  double predict(double eta) const;
  LinearFit fit_;
};

using LinearModelPtr = std::shared_ptr<const LinearModel>;

}  // namespace rehearse::models
