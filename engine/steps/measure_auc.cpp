// SPDX-License-Identifier: GPL-3.0-or-later
//
// ROC AUC with DeLong's intervals, and each model's difference from the first on the same rows.
#include <cmath>

#include "engine/metrics/interval.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_auc(const StepCall& call, const StepContext&) {
  const auto& models = call.inputs.at("models");
  std::vector<std::string> name;
  std::vector<double> auc, low, high, apart, apart_low, apart_high, p;
  Judged first;
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto scored = rows->scored();
    if (!scored) return fail(scored.error());
    auto estimate = metrics::auc_estimate(*scored);
    if (!estimate) return fail(estimate.error());
    name.push_back(call.labels.at("models")[i]);
    auc.push_back(estimate->value);
    low.push_back(estimate->interval.low), high.push_back(estimate->interval.high);
    if (i == 0) {
      first = std::move(*rows);
      apart.push_back(0), apart_low.push_back(0), apart_high.push_back(0), p.push_back(1);
      continue;
    }
    auto difference = metrics::auc_difference(*scored, *first.scored());
    if (!difference) return fail(difference.error());
    apart.push_back(difference->difference.value);
    apart_low.push_back(difference->difference.interval.low);
    apart_high.push_back(difference->difference.interval.high);
    p.push_back(difference->p);
  }
  Frame::Builder builder;
  builder.add("model", name)
      .add("roc_auc", std::move(auc))
      .add("low", std::move(low))
      .add("high", std::move(high))
      .add("against_first", std::move(apart))
      .add("against_low", std::move(apart_low))
      .add("against_high", std::move(apart_high))
      .add("p", std::move(p));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureAuc{{
    .name = "measure.auc",
    .sentence = "ROC AUC of models with 95% intervals (DeLong et al. 1988), and how each differs "
                "from the first on the same rows.",
    .example = "show.table { measure.auc { old, new, on = live } }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models; the first is what others are held against",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows with labels, taken as independent",
                .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .run = run_measure_auc,
}};

}  // namespace
}  // namespace rehearse::steps
