// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far distributions lie apart: of predictions by what happened, of predictions and the truth,
// of predicted and observed values. Two distributions may agree while every single row is wrong.
#include <algorithm>

#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct DistanceTable {
  std::vector<std::string> compared;
  std::vector<double> ks, ks_p, wasserstein, js, kl;

  // `reference` sets the bins of the divergences.
  void add(const std::string& name, std::vector<double> reference, std::vector<double> current,
           int bins) {
    if (reference.empty() || current.empty()) return;
    std::sort(reference.begin(), reference.end());
    std::sort(current.begin(), current.end());
    const auto edges = metrics::decile_edges(reference, bins);
    const auto before = metrics::bin_counts(reference, edges),
               after = metrics::bin_counts(current, edges);
    compared.push_back(name);
    ks.push_back(metrics::ks_distance(reference, current));
    ks_p.push_back(metrics::ks_p_value(ks.back(), reference.size(), current.size()));
    wasserstein.push_back(metrics::wasserstein(reference, current));
    js.push_back(metrics::js_divergence(before, after));
    kl.push_back(metrics::kl_divergence(before, after));
  }
};

void add_judged(DistanceTable& table, const std::string& model, const Judged& rows, int bins) {
  if (rows.probabilistic) {
    std::vector<double> happened, not_happened;
    for (std::size_t i = 0; i < rows.labels.size(); ++i)
      (rows.labels[i] == 1 ? happened : not_happened).push_back(rows.scores[i]);
    table.add(model + ": it did not happen, it did", not_happened, happened, bins);
    table.add(model + ": true probabilities, predictions", rows.truth, rows.scores, bins);
  } else {
    table.add(model + ": outcomes, predictions", rows.labels, rows.scores, bins);
    table.add(model + ": true means, predictions", rows.truth, rows.scores, bins);
  }
}

Result<Outputs> run_measure_distance(const StepCall& call, const StepContext&) {
  DistanceTable table;
  const int bins = static_cast<int>(call.integer("bins"));
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    // A NaN has no place in an order; Scored and Valued refuse it with its row.
    if (rows->probabilistic) {
      if (auto valid = rows->scored(); !valid) return fail(valid.error());
    } else if (auto valid = rows->valued(); !valid) {
      return fail(valid.error());
    }
    add_judged(table, call.labels.at("models")[i], *rows, bins);
    if (i + 1 < models.size() || rows->truth.empty()) continue;
    Judged truth = *rows;
    truth.scores = rows->truth;
    truth.truth.clear();
    add_judged(table, "truth", truth, bins);
  }
  Frame::Builder builder;
  builder.add("compared", table.compared)
      .add("ks", std::move(table.ks))
      .add("ks_p", std::move(table.ks_p))
      .add("wasserstein", std::move(table.wasserstein))
      .add("js_bits", std::move(table.js))
      .add("kl_nats", std::move(table.kl));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureDistance{{
    .name = "measure.distance",
    .sentence = "KS, Wasserstein, Jensen-Shannon and Kullback-Leibler between predictions by "
                "outcome, and between predictions and the truth.",
    .example = "show.table { measure.distance { model, on = live } }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to look at",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{20},
                    .low = 2,
                    .high = 1000,
                    .sentence = "bins of the divergences, between quantiles of the first named"}},
    .run = run_measure_distance,
}};

}  // namespace
}  // namespace rehearse::steps
