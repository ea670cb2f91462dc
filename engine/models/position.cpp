// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/position.hpp"

#include <algorithm>
#include <cmath>

#include "engine/metrics/probability.hpp"
#include "engine/models/labels.hpp"

namespace rehearse::models {

// Clicks and where they stood.
struct PlacedClicks {
  std::vector<std::uint8_t> clicked, place;  // place from 0
  std::size_t places = 0;
};

namespace {

constexpr double kMostPositions = 100;

Result<PlacedClicks> placed_clicks(const Frame& rows, std::string_view label,
                                   std::string_view position) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  auto where = rows.require(position);
  if (!where) return fail(where.error());
  if (!(*where)->numeric())
    return fail(Code::bad_data, "the column `{}` holds texts; positions are 1, 2, …", position);
  PlacedClicks placed{std::move(*labels), {}, 0};
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const double at = (*where)->number(row);
    if (!(at >= 1 && at <= kMostPositions) || at != std::floor(at))
      return fail(Code::bad_data, "row {}: the position is `{}`; it is a whole number from 1 to {}",
                  row + 1, (*where)->cell(row), kMostPositions);
    placed.place.push_back(static_cast<std::uint8_t>(at - 1));
    placed.places = std::max(placed.places, static_cast<std::size_t>(at));
  }
  return placed;
}

double hidden_attraction(double theta, double gamma) {
  return (1 - theta) * gamma / (1 - theta * gamma);
}

}  // namespace

Result<ExaminationCurve> click_rate_curve(const Frame& rows, std::string_view label,
                                          std::string_view position, std::string_view only_where) {
  auto placed = placed_clicks(rows, label, position);
  if (!placed) return fail(placed.error());
  const Column* flag = nullptr;
  if (!only_where.empty()) {
    auto found = rows.require(only_where);
    if (!found) return fail(found.error());
    flag = *found;
  }
  ExaminationCurve curve;
  curve.rows.resize(placed->places), curve.clicks.resize(placed->places);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (flag && !(flag->number(row) > 0)) continue;
    curve.rows[placed->place[row]] += 1;
    curve.clicks[placed->place[row]] += placed->clicked[row];
  }
  for (std::size_t k = 0; k < placed->places; ++k)
    if (curve.rows[k] == 0)
      return fail(Code::bad_data, "no row{} stands at position {}",
                  flag ? fmt::format(" with `{}`", only_where) : "", k + 1);
  if (placed->places == 0 || curve.clicks[0] == 0)
    return fail(Code::bad_data, "no click on top: there is nothing to measure the others by");
  for (std::size_t k = 0; k < placed->places; ++k)
    curve.examination.push_back(curve.clicks[k] / curve.rows[k] * curve.rows[0] / curve.clicks[0]);
  return curve;
}

double best_examination(double clicks, std::span<const double> attraction) {
  if (clicks <= 0) return 0;
  const auto slope = [&](double theta) {
    double sum = clicks / theta;
    for (const double gamma : attraction) sum -= gamma / (1 - theta * gamma);
    return sum;
  };
  // Falls in θ: the end where it is still positive, else bisection.
  double low = 1e-6, high = 1 - 1e-9;
  if (slope(high) >= 0) return 1;
  for (int step = 0; step < 40; ++step) {
    const double middle = 0.5 * (low + high);
    (slope(middle) > 0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Result<PositionMethod> parse_position_method(std::string_view name) {
  if (name == "none") return PositionMethod::none;
  if (name == "ipw") return PositionMethod::ipw;
  if (name == "em") return PositionMethod::em;
  return fail(Code::invalid_argument, "there is no method `{}`; there are none, ipw, em", name);
}

// One fit: owns the model while it is still changing.
class PositionTrainer {
 public:
  PositionTrainer(const PositionOptions& options, PlacedClicks placed)
      : model_(std::make_shared<PositionModel>()), placed_(std::move(placed)) {
    model_->options_ = options;
    model_->rows_ = placed_.clicked.size();
  }

  Result<PositionModelPtr> fit(const Frame& rows, const Progress& progress) {
    const PositionOptions& o = model_->options_;
    auto columns = choose_features(rows, o.features, o.label);
    if (!columns) return fail(columns.error());
    if (auto begun = begin_curve(rows); !begun) return fail(begun.error());
    double clicks = 0, looked_at = 0;
    for (std::size_t row = 0; row < placed_.clicked.size(); ++row)
      clicks += placed_.clicked[row], looked_at += theta(row);
    auto learner = SoftLogistic::create(rows, std::move(*columns),
                                        std::min(0.999, clicks / looked_at), o.learner);
    if (!learner) return fail(learner.error());
    for (int round = 0; round < o.rounds; ++round) {
      if (!learner->pass([&](std::uint32_t row, double gamma) { return target(row, gamma); }) ||
          !progress.report(static_cast<double>(round + 1) / static_cast<double>(o.rounds)))
        return cancelled();
      if (o.method == PositionMethod::em) improve_curve(learner->predictions());
    }
    finish(learner->predictions());
    model_->weights_ = learner->weights();
    return std::move(model_);
  }

 private:
  double theta(std::size_t row) const { return model_->examination_[placed_.place[row]]; }

  double target(std::uint32_t row, double gamma) const {
    const double clicked = placed_.clicked[row];
    if (model_->options_.method == PositionMethod::em)
      return clicked > 0 ? 1 : hidden_attraction(theta(row), gamma);
    return clicked / theta(row);
  }

  Result<void> begin_curve(const Frame& rows) {
    const PositionOptions& o = model_->options_;
    std::vector<double>& curve = model_->examination_;
    if (o.method == PositionMethod::ipw) {
      auto random = click_rate_curve(rows, o.label, o.position, o.random);
      if (!random)
        return fail(random.error().code,
                    "inverse propensity weights need slates in random order: {}",
                    random.error().message);
      curve = std::move(random->examination);
      for (double& one : curve) one = std::max(one, 0.01);
      return {};
    }
    for (std::size_t k = 0; k < placed_.places; ++k)
      curve.push_back(
          o.method == PositionMethod::none ? 1 : std::pow(static_cast<double>(k + 1), -o.start));
    return {};
  }

  void improve_curve(const std::vector<double>& gamma) {
    std::vector<std::vector<double>> others(placed_.places);
    std::vector<double> clicks(placed_.places);
    for (std::size_t row = 0; row < gamma.size(); ++row)
      if (placed_.clicked[row])
        clicks[placed_.place[row]] += 1;
      else
        others[placed_.place[row]].push_back(gamma[row]);
    // The top is looked at by definition; the scale goes to γ.
    for (std::size_t k = 1; k < placed_.places; ++k)
      model_->examination_[k] = std::max(1e-4, best_examination(clicks[k], others[k]));
  }

  void finish(const std::vector<double>& gamma) {
    double sum = 0;
    for (std::size_t row = 0; row < gamma.size(); ++row) {
      const double p =
          std::clamp(theta(row) * gamma[row], metrics::kLogLossClip, 1 - metrics::kLogLossClip);
      sum -= std::log(placed_.clicked[row] ? p : 1 - p);
    }
    model_->log_loss_ = sum / static_cast<double>(gamma.size());
  }

  std::shared_ptr<PositionModel> model_;
  PlacedClicks placed_;
};

Result<PositionModelPtr> train_position(const Frame& rows, const PositionOptions& options,
                                        const Progress& progress) {
  if (options.rounds < 1 || options.rounds > 200 || !(options.start > 0 && options.start <= 1))
    return fail(Code::invalid_argument,
                "rounds is {} and start {:g}; they lie in 1 to 200 and in (0, 1]", options.rounds,
                options.start);
  auto placed = placed_clicks(rows, options.label, options.position);
  if (!placed) return fail(placed.error());
  return PositionTrainer(options, std::move(*placed)).fit(rows, progress);
}

Result<std::vector<double>> PositionModel::score(const Frame& rows) const {
  return weights_.predict(rows);
}

std::string PositionModel::describe() const {
  switch (options_.method) {
    case PositionMethod::none: return "clicks as they are";
    case PositionMethod::ipw: return "clicks weighted by 1 / examination";
    case PositionMethod::em: return "examination and attraction by EM";
  }
  return {};
}

std::size_t PositionModel::bytes() const {
  return sizeof(*this) + (weights_.weights.size() + examination_.size()) * sizeof(double);
}

std::vector<std::pair<std::string, double>> PositionModel::facts() const {
  std::vector<std::pair<std::string, double>> all = {
      {"rows_trained", static_cast<double>(rows_)},
      {"rounds", static_cast<double>(options_.rounds)},
      {"position_log_loss", log_loss_}};
  for (std::size_t k = 1; k < examination_.size(); ++k)
    all.emplace_back(fmt::format("examination_{}", k + 1), examination_[k]);
  return all;
}

Result<Frame> PositionModel::trail(const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::invalid_argument, "there is no row {}: the table has {}", row, rows.rows());
  const Frame one = rows.slice(row, row + 1);
  auto placed = placed_clicks(one, options_.label, options_.position);
  if (!placed) return fail(placed.error());
  auto gamma = weights_.predict(one);
  if (!gamma) return fail(gamma.error());
  const std::size_t place = placed->place[0];
  if (place >= examination_.size())
    return fail(Code::bad_data, "position {} was never seen in training", place + 1);
  const bool em = options_.method == PositionMethod::em;
  const double g = gamma->front(), theta = examination_[place], clicked = placed->clicked[0],
               target = !em           ? clicked / theta
                        : clicked > 0 ? 1
                                      : hidden_attraction(theta, g);
  const std::vector<std::string> quantity = {"position k", "θ_k", "γ(x)",    "p",
                                             "clicked c",  "t",   "gradient"},
                                 formula = {
                                     "",
                                     "examination of that position",
                                     "σ(w·x)",
                                     "θ_k γ",
                                     "",
                                     em ? "1 if clicked, else (1 - θ) γ / (1 - θ γ)" : "c / θ_k",
                                     "γ - t"};
  Frame::Builder builder;
  builder.add("quantity", quantity)
      .add("value", std::vector<double>{static_cast<double>(place + 1), theta, g, theta * g,
                                        clicked, target, g - target})
      .add("formula", formula);
  return std::move(builder).build();
}

}  // namespace rehearse::models
