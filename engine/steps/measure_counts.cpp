// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often a count is 0, 1, 2 …: as observed, and as each model says it should be (a rootogram
// without the root; Kleiber, Zeileis 2016). A model with the right mean and the wrong law shows it
// here.
#include <cmath>

#include "engine/models/count_law.hpp"
#include "engine/models/labels.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct CountShares {
  std::vector<std::string> series;
  std::vector<double> count, share;
  void add(const std::string& name, const std::vector<double>& shares) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      series.push_back(name);
      count.push_back(static_cast<double>(k)), share.push_back(shares[k]);
    }
  }
};

Result<Outputs> run_measure_counts(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("on")->as_frame();
  const auto most = static_cast<std::size_t>(call.integer("most"));
  const auto& models = call.inputs.at("models");
  CountShares table;
  auto label = models::label_column(rows, models.front()->scorer()->label());
  if (!label) return fail(label.error());
  auto counts = models::count_labels(**label);
  if (!counts) return fail(counts.error());
  std::vector<double> observed(most + 1);
  for (double count : *counts)
    if (count <= static_cast<double>(most))
      observed[static_cast<std::size_t>(count)] += 1 / static_cast<double>(counts->size());
  table.add("observed", observed);
  for (std::size_t i = 0; i < models.size(); ++i) {
    const auto law = std::dynamic_pointer_cast<const models::CountLaw>(models[i]->scorer());
    if (!law)
      return fail(
          Code::invalid_argument,
          "`{}` predicts a mean and no law of counts; measure.counts takes Poisson, negative "
          "binomial and hurdle × Poisson models",
          call.labels.at("models")[i]);
    auto shares = law->count_shares(rows, most);
    if (!shares) return fail(shares.error());
    table.add(call.labels.at("models")[i], *shares);
  }
  Frame::Builder builder;
  builder.add("series", table.series).add("count", std::move(table.count));
  builder.add("share", std::move(table.share));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureCounts{{
    .name = "measure.counts",
    .sentence =
        "The share of rows with 0, 1, 2 … : observed, and expected by each model of counts.",
    .example = "measure.counts { poisson, negative_binomial, on = live, most = 8 }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "Poisson, negative binomial and hurdle × Poisson models",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with counts", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "most",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{8},
                    .low = 1,
                    .high = 1000,
                    .sentence = "the largest count shown"}},
    .run = run_measure_counts,
}};

}  // namespace
}  // namespace rehearse::steps
