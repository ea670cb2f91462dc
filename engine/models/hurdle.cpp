// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/hurdle.hpp"

#include <algorithm>
#include <cmath>

#include "engine/models/labels.hpp"
#include "engine/models/linear_regression.hpp"
#include "engine/models/logistic.hpp"
#include "engine/models/option_checks.hpp"
#include "engine/models/smooth_fit.hpp"

namespace rehearse::models {
namespace {

constexpr const char* kAbove =
    "is above 0";  // the label of the first part, not in the user's table

// The same columns for both parts: those chosen once, by the label as it is.
Result<EncodingOptions> hurdle_columns(const Frame& rows, const HurdleOptions& options,
                                       const std::string& label) {
  auto names = choose_features(rows, options.encoding.features, label);
  if (!names) return fail(names.error());
  EncodingOptions chosen = options.encoding;
  chosen.features.columns = std::move(*names);
  return chosen;
}

Result<LinearModelPtr> positive_poisson(const Frame& rows, const std::string& label,
                                        const HurdleOptions& options,
                                        const EncodingOptions& columns, const Progress& progress) {
  auto y = count_labels(**rows.require(label));
  if (!y) return fail(y.error());
  auto encoding = Encoding::fit(rows, label, columns);
  if (!encoding) return fail(encoding.error());
  auto x = encoding->encode(rows);
  if (!x) return fail(x.error());
  const Sample sample{std::move(*x), std::move(*y)};
  const Loss loss{LossKind::positive_poisson};
  auto fitted =
      fit_smooth(sample, encoding->parameters(), loss,
                 {.l2 = options.l2, .search = {options.iterations, 10, 1e-8}}, {}, progress);
  if (!fitted) return fail(fitted.error());
  const Facts facts = {{"parameters", static_cast<double>(encoding->parameters())},
                       {"loss", mean_loss(sample, fitted->weights, loss)}};
  return std::make_shared<LinearModel>(LinearFit{.name = "how much",
                                                 .label = options.label,
                                                 .encoding = std::move(*encoding),
                                                 .weights = std::move(fitted->weights),
                                                 .loss = loss,
                                                 .facts = facts});
}

// Least squares on ln y with smearing: log1p of y - 1 is ln y, so the label is moved by 1.
Result<LinearModelPtr> lognormal(const Frame& rows, const std::string& label,
                                 const HurdleOptions& options, const EncodingOptions& columns) {
  std::vector<double> moved = rows.find(label)->numbers();
  for (double& y : moved) y -= 1;
  Frame::Builder column;
  column.add(label, std::move(moved), rows.find(label)->info());
  auto single = std::move(column).build();
  if (!single) return fail(single.error());
  auto with = rows.with(single->column(0));
  if (!with) return fail(with.error());
  return train_linear(*with, {.l2 = options.l2,
                              .transform = TransformKind::log1p,
                              .label = options.label,
                              .encoding = columns,
                              .name = "how much"});
}

double hurdle_fact(const LinearModel& model, const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return value;
  return 0;
}

struct Halves {
  Frame flagged;   // all rows, with the label "is above 0"
  Frame positive;  // the rows above 0
};

Result<Halves> halves(const Frame& rows, const Column& label, PositivePart positive) {
  auto y = positive == PositivePart::poisson ? count_labels(label) : value_labels(label);
  if (!y) return fail(y.error());
  std::vector<std::uint8_t> above(y->size());
  std::vector<std::uint32_t> kept;
  for (std::uint32_t row = 0; row < y->size(); ++row) {
    if ((*y)[row] < 0)
      return fail(Code::bad_data, "row {}: label `{}` is {}; a hurdle model takes 0 and above", row,
                  label.name(), label.cell(row));
    above[row] = (*y)[row] > 0;
    if (above[row]) kept.push_back(row);
  }
  if (kept.empty() || kept.size() == y->size())
    return fail(Code::bad_data,
                "hurdle model: {} of the {} labels are above 0, so there is no hurdle to learn",
                kept.empty() ? "none" : "all", y->size());
  Frame::Builder column;
  column.add(kAbove, std::move(above));
  auto single = std::move(column).build();
  if (!single) return fail(single.error());
  auto flagged = rows.with(single->column(0));
  if (!flagged) return fail(flagged.error());
  return Halves{std::move(*flagged), rows.take(kept)};
}

}  // namespace

HurdleModel::HurdleModel(HurdleOptions options, LinearModelPtr above, LinearModelPtr amount,
                         double rows)
    : options_(std::move(options)),
      above_(std::move(above)),
      amount_(std::move(amount)),
      rows_(rows) {}

Result<std::vector<double>> HurdleModel::score(const Frame& rows) const {
  auto scores = above_->score(rows);
  if (!scores) return scores;
  auto amounts = amount_->score(rows);
  if (!amounts) return amounts;
  const double shift = options_.positive == PositivePart::lognormal ? 1 : 0;
  for (std::size_t row = 0; row < scores->size(); ++row) (*scores)[row] *= (*amounts)[row] + shift;
  return scores;
}

std::string HurdleModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  return options_.positive == PositivePart::lognormal ? "hurdle × lognormal" : "hurdle × Poisson";
}

std::size_t HurdleModel::bytes() const { return sizeof *this + above_->bytes() + amount_->bytes(); }

Facts HurdleModel::facts() const {
  const double above = hurdle_fact(*above_, "positives");
  return {{"rows_trained", rows_},
          {"rows_above", above},
          {"share_above", above / rows_},
          {"parameters", hurdle_fact(*above_, "parameters") + hurdle_fact(*amount_, "parameters")},
          {"log_loss", hurdle_fact(*above_, "log_loss")}};
}

Result<Frame> HurdleModel::trail(const Frame& rows, std::size_t row) const {
  std::vector<std::string> part, term;
  std::vector<double> value, weight, contribution, eta, prediction;
  double product = 1;
  for (const LinearModel* model : {above_.get(), amount_.get()}) {
    auto one = model->trail(rows, row);
    if (!one) return one;
    const bool first = model == above_.get();
    const double shift = !first && options_.positive == PositivePart::lognormal ? 1 : 0;
    for (std::size_t k = 0; k < one->rows(); ++k) {
      part.push_back(first ? "is it above 0" : "how much");
      term.emplace_back(one->find("term")->text(k));
      value.push_back(one->find("value")->number(k));
      weight.push_back(one->find("weight")->number(k));
      contribution.push_back(one->find("contribution")->number(k));
      eta.push_back(one->find("eta")->number(k));
      prediction.push_back(one->find("prediction")->number(k) + shift);
    }
    product *= prediction.back();
  }
  part.emplace_back("product"), term.emplace_back("");
  for (auto* column : {&value, &weight, &contribution, &eta}) column->push_back(std::nan(""));
  prediction.push_back(product);
  std::vector<std::uint8_t> there(part.size(), 1);
  there.back() = 0;
  Frame::Builder table;
  table.add("part", part).add("term", term);
  table.add("value", std::move(value)).missing(there);
  table.add("weight", std::move(weight)).missing(there);
  table.add("contribution", std::move(contribution)).missing(there);
  table.add("eta", std::move(eta)).missing(there);
  table.add("prediction", std::move(prediction));
  return std::move(table).build();
}

Result<std::vector<double>> HurdleModel::count_shares(const Frame& rows, std::size_t most) const {
  if (options_.positive != PositivePart::poisson)
    return fail(Code::invalid_argument, "`{}` predicts a value and no law of counts", describe());
  auto above = above_->score(rows);
  if (!above) return above;
  auto eta = amount_->predictors(rows);
  if (!eta) return eta;
  std::vector<double> shares(most + 1);
  const auto count = static_cast<double>(eta->size());
  for (std::size_t row = 0; row < eta->size(); ++row) {
    shares[0] += (1 - (*above)[row]) / count;
    for (std::size_t k = 1; k <= most; ++k)
      shares[k] += (*above)[row] / count *
                   std::exp(-amount_->loss().value(static_cast<double>(k),
                                                   std::clamp((*eta)[row], -700.0, 700.0)));
  }
  return shares;
}

Result<Training<HurdleModel>> train_hurdle(const Frame& rows, const HurdleOptions& options,
                                           const Progress& progress) {
  if (auto fine = check_options(
          "hurdle model", {{"l2", options.l2, options.l2 >= 0 && options.l2 <= 1e6, "[0, 1e6]"},
                           {"iterations", double(options.iterations),
                            options.iterations >= 1 && options.iterations <= 10000, "[1, 10000]"}});
      !fine)
    return fail(fine.error());
  auto label = label_column(rows, options.label);
  if (!label) return fail(label.error());
  auto columns = hurdle_columns(rows, options, (*label)->name());
  if (!columns) return fail(columns.error());
  auto parts = halves(rows, **label, options.positive);
  if (!parts) return fail(parts.error());
  auto above = train_logistic(parts->flagged,
                              {.l2 = options.l2,
                               .iterations = options.iterations,
                               .label = kAbove,
                               .encoding = *columns,
                               .name = "is it above 0"},
                              progress);
  if (!above) return fail(above.error());
  auto amount =
      options.positive == PositivePart::lognormal
          ? lognormal(parts->positive, (*label)->name(), options, *columns)
          : positive_poisson(parts->positive, (*label)->name(), options, *columns, progress);
  if (!amount) return fail(amount.error());
  return Training<HurdleModel>{std::make_shared<HurdleModel>(options, above->model, *amount,
                                                             static_cast<double>(rows.rows())),
                               above->stopped || progress.stop_requested()};
}

}  // namespace rehearse::models
