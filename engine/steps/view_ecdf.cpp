// SPDX-License-Identifier: GPL-3.0-or-later
//
// The empirical distribution function: the share of rows at or below each value. Two of them are
// compared without choosing bins; their greatest vertical distance is the Kolmogorov-Smirnov
// statistic, the area between them the Wasserstein distance.
#include <algorithm>
#include <cmath>

#include "engine/steps/marshal.hpp"
#include "engine/steps/thinning.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostEcdfPoints = 400, kMostEcdfGroups = 12;

struct EcdfSample {
  std::string series;
  const char* style = view_data::kSeries;
  std::vector<double> values;
};

void add_ecdf(ViewRows& view, EcdfSample& sample) {
  auto& values = sample.values;
  const std::size_t rows = values.size();
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  if (values.size() < rows)
    view.note(fmt::format("{} of {} rows of {} have no value and are left out.",
                          rows - values.size(), rows, sample.series));
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  std::vector<double> x{values.front()}, y{0}, height{0};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i + 1 < values.size() && values[i + 1] == values[i]) continue;
    x.push_back(values[i]), y.push_back(static_cast<double>(i + 1) / n);
    height.push_back(0);
  }
  // Thinned by height alone: a long tail of values costs no points.
  for (const std::uint32_t i : thinned_path(height, y, kMostEcdfPoints)) {
    ViewRows::Row row;
    row.series = sample.series, row.style = sample.style;
    row.x = x[i], row.y = y[i], row.count = std::round(y[i] * n);
    view.add(std::move(row));
  }
}

Result<std::vector<double>> ecdf_values(const StepCall& call, const Frame& table) {
  if (call.has("model")) return call.input("model")->scorer()->score(table);
  if (!call.given("column"))
    return fail(Code::invalid_argument,
                "show.ecdf: say which `column` to draw, or give a `model` whose scores are drawn");
  auto column = table.require(call.text("column"));
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a distribution needs numbers",
                (*column)->name());
  return (*column)->numbers();
}

// One sample a value of the grouping column, in order of first appearance.
Result<void> split_by(std::vector<EcdfSample>& samples, std::vector<double> values,
                      const Frame& table, const std::string& by, const std::string& prefix) {
  auto column = table.require(by);
  if (!column) return fail(column.error());
  const std::size_t before = samples.size();
  std::map<std::string, std::size_t> place;
  for (std::size_t row = 0; row < values.size(); ++row) {
    const std::string group = (*column)->missing(row) ? "(missing)" : (*column)->cell(row);
    const auto [found, fresh] = place.emplace(group, samples.size());
    if (fresh) {
      if (samples.size() - before >= kMostEcdfGroups)
        return fail(Code::invalid_argument,
                    "`by = \"{}\"`: the column has more than {} values; so many lines cannot be "
                    "told apart",
                    by, kMostEcdfGroups);
      samples.push_back({prefix + group, view_data::kSeries, {}});
    }
    samples[found->second].values.push_back(values[row]);
  }
  return {};
}

Result<Outputs> run_view_ecdf(const StepCall& call, const StepContext&) {
  const auto& tables = call.inputs.at("tables");
  std::vector<EcdfSample> samples;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Frame& table = tables[i]->as_frame();
    const std::string& label = call.labels.at("tables")[i];
    auto values = ecdf_values(call, table);
    if (!values) return fail(values.error());
    if (call.given("by")) {
      const std::string prefix = tables.size() > 1 ? label + ": " : std::string();
      if (auto split = split_by(samples, std::move(*values), table, call.text("by"), prefix);
          !split)
        return fail(split.error());
    } else {
      samples.push_back({label, view_data::kSeries, std::move(*values)});
    }
    if (!call.given("truth")) continue;
    if (const Column* truth = table.find(call.text("truth")); truth && truth->numeric())
      samples.push_back(
          {tables.size() > 1 ? "truth: " + label : "truth (known: the site is simulated)",
           view_data::kTruth, truth->numbers()});
  }
  ViewRows view;
  for (EcdfSample& sample : samples) add_ecdf(view, sample);
  return one(std::move(view).build());
}

const StepRegistration kViewEcdf{{
    .name = "view.ecdf",
    .sentence = "The share of rows at or below each value, by table or by group.",
    .example = "show.ecdf { past, live, column = \"dwell_seconds\" }",
    .inputs = {{.name = "tables",
                .kind = Kind::frame,
                .sentence = "the tables to draw",
                .variadic = true},
               {.name = "model",
                .kind = Kind::model,
                .sentence = "draw the scores of this model in place of a column",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column of numbers to draw",
                    .optional = true},
                   {.name = "by",
                    .type = ParameterType::text,
                    .sentence = "a column whose values make one line each",
                    .optional = true},
                   {.name = "truth",
                    .type = ParameterType::text,
                    .sentence = "the column whose distribution is the truth of what is drawn",
                    .optional = true}},
    .run = run_view_ecdf,
}};

}  // namespace
}  // namespace rehearse::steps
