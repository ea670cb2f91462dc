// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/baselines.hpp"

#include <numeric>

#include "engine/models/labels.hpp"

namespace rehearse::models {
namespace {

class Constant : public Scorer {
 public:
  Constant(double probability, std::string name,
           std::vector<std::pair<std::string, double>> facts = {})
      : probability_(probability), name_(std::move(name)), facts_(std::move(facts)) {
    facts_.emplace_back("probability", probability);
  }
  Result<std::vector<double>> score(const Frame& rows) const override {
    return std::vector<double>(rows.rows(), probability_);
  }
  std::string describe() const override { return name_; }
  std::size_t bytes() const override { return sizeof *this; }
  std::vector<std::pair<std::string, double>> facts() const override { return facts_; }

 private:
  double probability_;
  std::string name_;
  std::vector<std::pair<std::string, double>> facts_;
};

class Truth : public Scorer {
 public:
  explicit Truth(std::string column) : column_(std::move(column)) {}
  Result<std::vector<double>> score(const Frame& rows) const override {
    const Column* column = rows.find(column_);
    if (!column || !column->numeric())
      return fail(Code::not_found,
                  "the truth is not known for your data: there is no column `{}` of probabilities",
                  column_);
    std::vector<double> truth = column->numbers();
    for (std::size_t row = 0; row < truth.size(); ++row)
      if (!(truth[row] >= 0 && truth[row] <= 1))
        return fail(Code::bad_data, "row {}: `{}` is {}, and no probability", row, column_,
                    column->cell(row).empty() ? "missing" : column->cell(row));
    return truth;
  }
  std::string describe() const override { return "truth"; }
  std::size_t bytes() const override { return sizeof *this + column_.capacity(); }

 private:
  std::string column_;
};

}  // namespace

Result<ScorerPtr> constant_scorer(double probability, std::string name) {
  if (!(probability >= 0 && probability <= 1))
    return fail(Code::invalid_argument, "a constant score of {} is no probability; give 0 to 1",
                probability);
  return std::make_shared<Constant>(probability, std::move(name));
}

Result<ScorerPtr> prior_scorer(const Frame& rows, std::string_view label) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  if (labels->empty())
    return fail(Code::bad_data, "there are no rows, and hence no base rate; give at least one");
  const double count = static_cast<double>(labels->size());
  const double positives = std::accumulate(labels->begin(), labels->end(), 0.0);
  return std::make_shared<Constant>(positives / count, "base rate",
                                    std::vector<std::pair<std::string, double>>{
                                        {"rows_trained", count}, {"positives", positives}});
}

ScorerPtr truth_scorer(std::string column) { return std::make_shared<Truth>(std::move(column)); }

}  // namespace rehearse::models
