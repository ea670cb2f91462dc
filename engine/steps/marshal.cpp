// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/metrics/metric_name.hpp"
#include "engine/metrics/report.hpp"
#include "engine/metrics/value_report.hpp"
#include "engine/models/labels.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/steps/worth.hpp"

namespace rehearse::steps {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kMedian = "_median";

bool ends_in(const std::string& name, std::string_view end) {
  return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

// y_median, y_q90: the truth of a quantile, no expectation.
bool is_quantile(const std::string& name) {
  const auto q = name.rfind("_q");
  return ends_in(name, kMedian) ||
         (q != std::string::npos && q + 2 < name.size() &&
          std::all_of(name.begin() + static_cast<std::ptrdiff_t>(q) + 2, name.end(),
                      [](char c) { return c >= '0' && c <= '9'; }));
}

template <class Wanted>
std::vector<double> truth_column(const Frame& rows, const std::string& label,
                                 const Wanted& wanted) {
  const auto column = models::label_column(rows, label);
  const std::string name = column ? (*column)->name() : label;
  for (std::size_t c = 0; c < rows.columns(); ++c) {
    const Column& truth = rows.column(c);
    const bool fits = truth.truth_of().empty() ? label.empty() : truth.truth_of() == name;
    if (truth.role() == Role::truth && truth.numeric() && fits && wanted(truth.name()))
      return truth.numbers();
  }
  return {};
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result<std::vector<double>> labels_of(const Frame& rows, const std::string& label) {
  auto column = models::label_column(rows, label);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the label `{}` holds texts; a label is a number",
                (*column)->name());
  return (*column)->numbers();
}

std::vector<double> truth_of(const Frame& rows, const std::string& label) {
  return truth_column(rows, label, [](const std::string& name) { return !is_quantile(name); });
}

plan::Parameter label_parameter() {
  return {.name = "label",
          .type = ParameterType::text,
          .sentence = "the label, where the table has several",
          .optional = true};
}

std::string label_given(const StepCall& call) {
  return call.given("label") ? call.text("label") : std::string();
}

Result<metrics::Scored> Judged::scored() const {
  if (!probabilistic)
    return fail(Code::invalid_argument,
                "this model predicts values of its label and no probabilities of it");
  return metrics::Scored::of(scores, labels);
}

Result<metrics::Valued> Judged::valued() const { return metrics::Valued::of(scores, labels); }

Result<Judged> judge(const Scorer& model, const Frame& rows) {
  auto labels = labels_of(rows, model.label());
  if (!labels) return fail(labels.error());
  auto scores = model.score(rows);
  if (!scores) return fail(scores.error());
  return Judged{std::move(*scores), std::move(*labels), truth_of(rows, model.label()),
                truth_column(rows, model.label(),
                             [](const std::string& name) { return ends_in(name, kMedian); }),
                model.probabilistic()};
}

Result<metrics::Measure> metric_of(const std::string& name, const Judged& rows) {
  if (!rows.probabilistic) {
    const auto valued = rows.valued();
    if (!valued) return fail(valued.error());
    return metrics::value_metric(name, *valued, {rows.truth, rows.truth_median});
  }
  const auto scored = rows.scored();
  if (!scored) return fail(scored.error());
  return metrics::metric(name, *scored, rows.truth);
}

bool is_metric(const std::string& name) {
  const auto parsed = metrics::parse_metric_name(name);
  const std::string base = parsed ? parsed->base : name.substr(0, name.find('@'));
  return contains(metrics::metric_names(), base) || contains(metrics::value_metric_names(), base) ||
         is_utility_metric(base);
}

Result<metrics::Measure> figure_of(const Scorer& model, const std::string& name,
                                   const Judged* rows) {
  if (rows && is_utility_metric(name)) {
    const auto* decision = dynamic_cast<const calibration::Decision*>(&model);
    if (!decision)
      return fail(Code::invalid_argument,
                  "`{}` is a metric of a decision; make one of the model with decide.threshold",
                  name);
    return utility_figure(*decision, name, *rows);
  }
  if (is_metric(name) && rows) return metric_of(name, *rows);
  std::vector<std::string> known;
  for (const auto& [key, value] : model.facts()) {
    if (key == name) return metrics::Measure{value, ""};
    known.push_back(key);
  }
  if (is_metric(name))
    return fail(Code::invalid_argument, "the metric `{}` is measured on a table: add `on = …`",
                name);
  return fail(
      Code::invalid_argument,
      "`{}` is neither a metric nor a fact of this model; its facts are {}; its metrics are "
      "{}",
      name, fmt::join(known, ", "),
      fmt::join(model.probabilistic() ? metrics::metric_names() : metrics::value_metric_names(),
                ", "));
}

std::string in_words(std::string name) {
  static const std::pair<const char*, const char*> kSpelled[] = {
      {"roc_auc", "ROC AUC"}, {"ece", "ECE"},     {"mce", "MCE"}, {"ace", "ACE"}, {"ks", "KS"},
      {"rmse", "RMSE"},       {"mse", "MSE"},     {"mae", "MAE"}, {"r2", "R²"},   {"mape", "MAPE"},
      {"rmsle", "RMSLE"},     {"brier", "Brier"}, {"mcc", "MCC"}};
  std::string before;
  if (name.rfind("best_", 0) == 0) before = "best possible ", name = name.substr(5);
  if (name.rfind("excess_", 0) == 0) before = "excess ", name = name.substr(7);
  for (const auto& [from, to] : kSpelled) {
    const std::string_view base = std::string_view(name).substr(0, name.find('@'));
    if (base == from) name.replace(0, base.size(), to);
  }
  std::replace(name.begin(), name.end(), '_', ' ');
  if (const auto at = name.find('@'); at != std::string::npos) name.replace(at, 1, " at ");
  return before + name;
}

std::string unit_of_metric(const std::string& name) {
  return name.rfind("excess_", 0) == 0 ? "%" : "";
}

Result<Frame> independent_rows(const Frame& rows) {
  if (!rows.find("session_id")) return rows;
  return sim::one_row_per(rows);
}

ViewRows::Row::Row()
    : x(kNone),
      y(kNone),
      low(kNone),
      high(kNone),
      count(kNone),
      lower(kNone),
      upper(kNone),
      threshold(kNone) {}

void ViewRows::mark(double x, const std::string& label) {
  Row row;
  row.style = view_data::kMark;
  row.x = x;
  row.label = label;
  add(std::move(row));
}

void ViewRows::note(const std::string& sentence) {
  Row row;
  row.style = view_data::kNote;
  row.label = sentence;
  add(std::move(row));
}

void ViewRows::mark_day(const StepCall& call) {
  if (call.boolean("mark") && call.given("mark_day"))
    mark(call.number("mark_day"),
         "truth: it changed on day " + plan::to_text(call.parameters.at("mark_day")));
}

Result<Frame> ViewRows::build() && {
  std::vector<std::string> series, style, label;
  bool labelled = false;
  for (const Row& row : rows_) {
    series.push_back(row.series), style.push_back(row.style), label.push_back(row.label);
    labelled = labelled || !row.label.empty();
  }
  Frame::Builder builder;
  builder.add("series", series).add("style", style);
  const std::pair<const char*, double Row::*> numbers[] = {
      {"x", &Row::x},         {"y", &Row::y},
      {"low", &Row::low},     {"high", &Row::high},
      {"count", &Row::count}, {"lower", &Row::lower},
      {"upper", &Row::upper}, {"threshold", &Row::threshold}};
  for (const auto& [name, member] : numbers) {
    std::vector<double> values;
    bool any = false;
    for (const Row& row : rows_) {
      values.push_back(row.*member);
      any = any || !std::isnan(row.*member);
    }
    if (any) builder.add(name, std::move(values));
  }
  if (labelled) builder.add("label", label);
  return std::move(builder).build();
}

std::vector<plan::Parameter> mark_parameters() {
  return {{.name = "mark_day",
           .type = ParameterType::number,
           .sentence = "the day on which something really changed",
           .optional = true},
          {.name = "mark",
           .type = ParameterType::boolean,
           .initial = false,
           .sentence = "whether something changed at all"}};
}

Result<Outputs> one(Result<Frame> frame) {
  if (!frame) return fail(frame.error());
  return Outputs{plan::Artifact::of(std::move(*frame))};
}

Result<Outputs> one(ScorerPtr scorer) { return Outputs{plan::Artifact::of(std::move(scorer))}; }

Result<Outputs> two(Result<Frame> first, Result<Frame> second) {
  if (!first) return fail(first.error());
  if (!second) return fail(second.error());
  return Outputs{plan::Artifact::of(std::move(*first)), plan::Artifact::of(std::move(*second))};
}

Result<Frame> with_constants(Frame table,
                             std::initializer_list<std::pair<const char*, double>> constants) {
  Frame::Builder builder;
  for (const auto& [name, value] : constants)
    builder.add(name, std::vector<double>(table.rows(), value));
  auto extra = std::move(builder).build();
  if (!extra) return extra;
  Result<Frame> whole = std::move(table);
  for (std::size_t c = 0; whole && c < extra->columns(); ++c) whole = whole->with(extra->column(c));
  return whole;
}

Result<Outputs> measured(double value, const std::string& why) {
  Frame::Builder builder;
  builder.add("value", std::vector<double>{value}).add("why", std::vector<std::string>{why});
  return one(std::move(builder).build());
}

}  // namespace rehearse::steps
