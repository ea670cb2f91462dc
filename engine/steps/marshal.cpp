// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"

#include <cmath>
#include <limits>

#include "engine/metrics/report.hpp"
#include "engine/models/labels.hpp"
#include "engine/sim/impressions.hpp"

namespace rehearse::steps {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

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
  const auto column = models::label_column(rows, label);
  const std::string name = column ? (*column)->name() : label;
  for (std::size_t c = 0; c < rows.columns(); ++c) {
    const Column& truth = rows.column(c);
    const bool fits = truth.truth_of().empty() ? label.empty() : truth.truth_of() == name;
    if (truth.role() == Role::truth && truth.numeric() && fits) return truth.numbers();
  }
  return {};
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

Result<Judged> judge(const Scorer& model, const Frame& rows) {
  auto labels = labels_of(rows, model.label());
  if (!labels) return fail(labels.error());
  auto scores = model.score(rows);
  if (!scores) return fail(scores.error());
  return Judged{std::move(*scores), std::move(*labels), truth_of(rows, model.label()),
                model.probabilistic()};
}

Result<metrics::Measure> metric_of(const std::string& name, const Judged& rows) {
  auto scored = rows.scored();
  if (!scored) return fail(scored.error());
  return metrics::metric(name, *scored, rows.truth);
}

Result<Frame> independent_rows(const Frame& rows) {
  if (!rows.find("session_id")) return rows;
  return sim::one_row_per(rows);
}

ViewRows::Row::Row()
    : x(kNone), y(kNone), low(kNone), high(kNone), count(kNone), lower(kNone), upper(kNone) {}

void ViewRows::mark(double x, const std::string& label) {
  Row row;
  row.style = view_data::kMark;
  row.x = x;
  row.label = label;
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
      {"x", &Row::x},         {"y", &Row::y},         {"low", &Row::low},    {"high", &Row::high},
      {"count", &Row::count}, {"lower", &Row::lower}, {"upper", &Row::upper}};
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

Result<Outputs> measured(double value, const std::string& why) {
  Frame::Builder builder;
  builder.add("value", std::vector<double>{value}).add("why", std::vector<std::string>{why});
  return one(std::move(builder).build());
}

}  // namespace rehearse::steps
