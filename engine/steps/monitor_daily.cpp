// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct Days {
  std::vector<double> day, value;
  std::vector<std::string> series;
};

// One model, day by day; rows are in order of day.
Result<void> add_model(Days& days, const Column& day, const Judged& rows, const std::string& metric,
                       const std::string& label, bool truth_too) {
  for (std::size_t begin = 0; begin < rows.scores.size();) {
    std::size_t end = begin;
    while (end < rows.scores.size() && day.number(end) == day.number(begin)) ++end;
    const auto part = [&](const std::vector<double>& all) {
      return all.empty() ? std::vector<double>()
                         : std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                               all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    const Judged of_day{part(rows.scores), part(rows.labels), part(rows.truth),
                        part(rows.truth_median), rows.probabilistic};
    auto value = metric_of(metric, of_day);
    if (!value) return fail(value.error());
    days.day.push_back(day.number(begin)), days.value.push_back(value->value),
        days.series.push_back(label);
    if (truth_too && !rows.truth.empty()) {
      double sum = 0;
      for (const double p : of_day.truth) sum += p;
      days.day.push_back(day.number(begin)),
          days.value.push_back(sum / static_cast<double>(end - begin));
      days.series.emplace_back("truth (known: the site is simulated)");
    }
    begin = end;
  }
  return {};
}

Result<Outputs> run_monitor_daily(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  auto day = on.require("day");
  if (!day) return fail(day.error());
  Days days;
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), on);
    if (!rows) return fail(rows.error());
    const bool means =
        call.text("metric") == "mean_score" || call.text("metric") == "mean_prediction";
    const bool truth_too = call.boolean("truth") && i + 1 == models.size() && means;
    if (auto added = add_model(days, **day, *rows, call.text("metric"), call.labels.at("models")[i],
                               truth_too);
        !added)
      return fail(added.error());
  }
  Frame::Builder builder;
  builder.add("day", std::move(days.day))
      .add("series", days.series)
      .add("value", std::move(days.value));
  return one(std::move(builder).build());
}

const StepRegistration kMonitorDaily{{
    .name = "monitor.daily",
    .sentence = "One metric of models, day by day, of probabilities or of values.",
    .example = "monitor.daily { model, on = live, metric = \"calibration_ratio\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to watch",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows with labels and a column day",
                .named = true}},
    .outputs = {{.name = "days", .kind = Kind::frame}},
    .parameters = {{.name = "metric", .type = ParameterType::text, .sentence = "the metric's name"},
                   {.name = "truth",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "beside mean_score or mean_prediction, the true mean"}},
    .run = run_monitor_daily,
}};

}  // namespace
}  // namespace rehearse::steps
