// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a pooled model makes of each group, beside the group's own mean and what is true of it in
// another table: the picture of shrinkage.
#include <cmath>
#include <map>

#include "engine/models/pooling.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct GroupTruth {
  double sum = 0, rows = 0;
};

Result<std::map<std::string, GroupTruth>> truth_by_group(const StepCall& call,
                                                         const models::PooledModel& model) {
  std::map<std::string, GroupTruth> by_group;
  if (!call.has("on")) return by_group;
  const Frame& rows = call.input("on")->as_frame();
  auto by = rows.require(model.by());
  if (!by) return fail(by.error());
  const auto truth = truth_of(rows, model.label());
  for (std::size_t row = 0; row < truth.size(); ++row) {
    GroupTruth& group = by_group[(*by)->cell(row)];
    group.sum += truth[row], ++group.rows;
  }
  return by_group;
}

Result<Outputs> run_measure_groups(const StepCall& call, const StepContext&) {
  const auto model =
      std::dynamic_pointer_cast<const models::PooledModel>(call.input("model")->scorer());
  if (!model)
    return fail(Code::invalid_argument, "measure.groups takes a model made by train.pooled");
  auto table = model->group_table();
  if (!table) return fail(table.error());
  auto truth = truth_by_group(call, *model);
  if (!truth) return fail(truth.error());
  std::vector<std::string> series, group;
  std::vector<double> rows, value;
  const auto add = [&](std::size_t row, const char* name, double number) {
    group.emplace_back(table->find("group")->text(row)), series.emplace_back(name);
    rows.push_back(table->find("rows")->number(row)), value.push_back(number);
  };
  for (std::size_t row = 0; row < table->rows(); ++row) {
    add(row, "own mean", table->find("own_mean")->number(row));
    add(row, "pooled", table->find("prediction")->number(row));
    const auto known = truth->find(std::string(table->find("group")->text(row)));
    if (known != truth->end()) add(row, "truth", known->second.sum / known->second.rows);
  }
  Frame::Builder builder;
  builder.add("group", group).add("series", series);
  builder.add("rows", std::move(rows)).add("value", std::move(value));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureGroups{{
    .name = "measure.groups",
    .sentence =
        "Each group of a pooled model: its rows, its own mean, what pooling makes of it and "
        "the truth.",
    .example = "measure.groups { pooled, on = live }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "made by train.pooled"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows whose truth is averaged by group",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .run = run_measure_groups,
}};

}  // namespace
}  // namespace rehearse::steps
