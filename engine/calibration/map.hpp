// SPDX-License-Identifier: GPL-3.0-or-later
//
// CalibrationMap: from a model's score to a probability. Fitted on rows that training never saw;
// immutable, so safe to share between threads. CalibratedScorer puts one behind a model.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/scorer.hpp"

namespace rehearse::calibration {

class CalibrationMap {
 public:
  virtual ~CalibrationMap() = default;
  virtual double operator()(double score) const = 0;
  virtual std::string name() const = 0;
  // For tables and JSON: A and B of Platt, the number of steps of a staircase …
  virtual std::vector<std::pair<std::string, double>> parameters() const = 0;
  // The numbers of one score's way to its probability, in the order of the formula; the last is
  // the probability.
  virtual std::vector<std::pair<std::string, double>> arithmetic(double score) const {
    return {{"score s", score}, {"probability p", (*this)(score)}};
  }
};
using MapPtr = std::shared_ptr<const CalibrationMap>;

// A model whose scores go through a map.
class CalibratedScorer : public Scorer {
 public:
  CalibratedScorer(ScorerPtr model, MapPtr map, std::string description)
      : model_(std::move(model)), map_(std::move(map)), description_(std::move(description)) {}
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string describe() const override { return description_; }
  std::string label() const override { return model_->label(); }
  std::size_t bytes() const override {
    return sizeof(*this) + model_->bytes() + map_->parameters().size() * sizeof(double);
  }
  // The model's facts, then the map's parameters.
  std::vector<std::pair<std::string, double>> facts() const override;
  const CalibrationMap& map() const { return *map_; }

 private:
  ScorerPtr model_;
  MapPtr map_;
  std::string description_;
};

// The closed form for negatives kept at rate w: q = p / (p + (1 - p) / w). Exact when dropping
// negatives at random is the only thing wrong. Error: w outside (0, 1].
Result<MapPtr> prior_map(double keep_rate);
MapPtr identity_map();

}  // namespace rehearse::calibration
