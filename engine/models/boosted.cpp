// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/boosted.hpp"

#include <cmath>
#include <limits>

#include "engine/models/boosted_library.hpp"
#include "engine/models/boosted_loss.hpp"
#include "engine/models/labels.hpp"

namespace rehearse::models {
namespace {

std::string path_text(const BoostedModel& model, std::size_t tree, const TreeEnsemble::Leaf& leaf,
                      const float* row) {
  std::string text;
  for (std::size_t i = 0; i + 1 < leaf.path.size(); ++i) {
    const TreeNode& node = model.ensemble().node(tree, leaf.path[i]);
    const std::string& name = model.encoding().names()[static_cast<std::size_t>(node.feature)];
    const bool left = leaf.path[i + 1] == node.left;
    if (i > 0) text += ", ";
    if (std::isnan(row[node.feature]))
      text += name + " is missing";
    else if (name.find('=') != std::string::npos)
      text += left ? "not " + name : name;
    else
      text += fmt::format("{} {} {:.5g}", name, left ? "<" : "≥", node.threshold);
  }
  return text.empty() ? "(a single leaf)" : text;
}

}  // namespace

Result<BoostedLoss> parse_boosted_loss(std::string_view name) {
  if (name == "logistic") return BoostedLoss::logistic;
  if (name == "squared") return BoostedLoss::squared;
  if (name == "poisson") return BoostedLoss::poisson;
  if (name == "quantile") return BoostedLoss::quantile;
  return fail(Code::invalid_argument,
              "`{}` is no loss; there are logistic, squared, poisson, quantile", name);
}

double BoostedModel::predicted(double margin) const {
  switch (options_.loss) {
    case BoostedLoss::logistic: return 1 / (1 + std::exp(-margin));
    case BoostedLoss::poisson: return std::exp(margin);
    case BoostedLoss::squared: return margin;
    case BoostedLoss::quantile: return margin * scale_;
  }
  return margin;
}

Result<std::vector<double>> BoostedModel::staged(const Frame& rows, std::size_t trees) const {
  auto matrix = encoding_.matrix(rows);
  if (!matrix) return fail(matrix.error());
  const auto margins = ensemble_.margins(*matrix, encoding_.width(), trees);
  std::vector<double> scores(rows.rows());
  for (std::size_t row = 0; row < scores.size(); ++row)
    scores[row] = predicted(static_cast<double>(margins[row]));
  return scores;
}

Result<std::vector<double>> BoostedModel::score(const Frame& rows) const {
  return staged(rows, ensemble_.trees());
}

std::string BoostedModel::describe() const {
  return options_.name.empty() ? "boosted trees" : options_.name;
}

std::size_t BoostedModel::bytes() const {
  std::size_t total = sizeof *this + encoding_.bytes() + ensemble_.bytes() +
                      serialized_.capacity() + options_.name.capacity() +
                      (curve_.train.capacity() + curve_.valid.capacity()) * sizeof(double);
  for (const std::string& name : columns_) total += sizeof(std::string) + name.capacity();
  return total;
}

std::vector<std::pair<std::string, double>> BoostedModel::facts() const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::size_t trees = ensemble_.trees();
  return {{"rows_seen", static_cast<double>(rows_seen_)},
          {"rows_trained", static_cast<double>(rows_trained_)},
          {"positives", static_cast<double>(positives_)},
          {"keep_negatives", options_.keep_negatives},
          {"rounds_run", static_cast<double>(curve_.train.size())},
          {"trees", static_cast<double>(trees)},
          {"leaves", static_cast<double>(ensemble_.leaves())},
          {"depth", static_cast<double>(ensemble_.depth())},
          {"inputs", static_cast<double>(encoding_.width())},
          {"tree_nodes", nodes_visited_},
          {"served_bytes",
           static_cast<double>(ensemble_.nodes() * sizeof(TreeNode) + encoding_.bytes())},
          {"train_loss", curve_.train[trees - 1]},
          {"valid_loss", curve_.valid.empty() ? kNone : curve_.valid[trees - 1]}};
}

Result<Frame> BoostedModel::trail(const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::invalid_argument, "there is no row {}: the table has {}", row, rows.rows());
  auto matrix = encoding_.matrix(rows.slice(row, row + 1));
  if (!matrix) return fail(matrix.error());
  std::vector<std::int64_t> tree = {0}, leaf = {0};
  std::vector<std::string> path = {"base"};
  std::vector<double> value = {static_cast<double>(ensemble_.base())}, margin = value,
                      prediction = {predicted(value[0])};
  float sum = ensemble_.base();
  for (std::size_t t = 0; t < ensemble_.trees(); ++t) {
    const TreeEnsemble::Leaf end = ensemble_.leaf(matrix->data(), t);
    sum += end.value;
    tree.push_back(static_cast<std::int64_t>(t) + 1), leaf.push_back(end.index);
    path.push_back(path_text(*this, t, end, matrix->data()));
    value.push_back(static_cast<double>(end.value)), margin.push_back(static_cast<double>(sum));
    prediction.push_back(predicted(margin.back()));
  }
  Frame::Builder builder;
  builder.add("tree", std::move(tree)).add("path", path).add("leaf", std::move(leaf));
  builder.add("value", std::move(value)).add("margin", std::move(margin));
  builder.add(probabilistic() ? "probability" : "prediction", std::move(prediction));
  return std::move(builder).build();
}

Result<std::vector<float>> BoostedModel::library_margins(const Frame& rows) const {
  auto values = encoding_.matrix(rows);
  if (!values) return fail(values.error());
  auto matrix = BoostedMatrix::of(*values, encoding_.width());
  if (!matrix) return fail(matrix.error());
  auto booster = Booster::load(serialized_);
  if (!booster) return fail(booster.error());
  return booster->margins(*matrix);
}

Result<std::vector<float>> BoostedModel::contributions(const Frame& rows) const {
  auto values = encoding_.matrix(rows);
  if (!values) return fail(values.error());
  auto matrix = BoostedMatrix::of(*values, encoding_.width());
  if (!matrix) return fail(matrix.error());
  auto booster = Booster::load(serialized_);
  if (!booster) return fail(booster.error());
  return booster->contributions(*matrix);
}

Result<Training<BoostedModel>> train_boosted(const Frame& rows, const Frame* valid,
                                             const BoostedOptions& options,
                                             const Progress& progress) {
  const auto labels_in = [&](const Frame& frame) -> Result<std::vector<double>> {
    auto column = label_column(frame, options.label);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "label column `{}` is text; labels are numbers",
                  (*column)->name());
    if (options.loss == BoostedLoss::logistic)
      if (auto binary = binary_labels(**column); !binary) return fail(binary.error());
    return (*column)->numbers();
  };
  auto labels = labels_in(rows);
  if (!labels) return fail(labels.error());
  Result<std::vector<double>> valid_labels;
  if (valid) valid_labels = labels_in(*valid);
  if (!valid_labels)
    return at("validation rows", Result<Training<BoostedModel>>(fail(valid_labels.error())));
  return train_boosted_on(rows, *labels, valid, *valid_labels, options, progress);
}

}  // namespace rehearse::models
