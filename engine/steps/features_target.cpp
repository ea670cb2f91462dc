// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/target.hpp"

#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<features::TargetOptions> target_options(const StepCall& call) {
  features::TargetOptions options;
  options.columns = call.texts("columns");
  auto label = label_name(call);
  if (!label) return fail(label.error());
  options.label = *label;
  auto method = features::parse_target_method(call.text("method"));
  if (!method) return fail(method.error());
  options.method = *method;
  options.smoothing = call.number("smoothing");
  options.folds = static_cast<int>(call.integer("folds"));
  if (call.given("fold_by")) options.fold_by = call.text("fold_by");
  options.log_odds = call.text("form") == "logit";
  options.suffix = call.text("suffix");
  options.time = call.text("time");
  options.arrival = arrival_name(call, options.label);
  options.wait_hours = call.number("wait_hours");
  options.allow_leak = call.boolean("allow_leak");
  return options;
}

Result<Outputs> run_features_target(const StepCall& call, const StepContext& context) {
  auto options = target_options(call);
  if (!options) return fail(options.error());
  return all_of(features::encode_target(tables_of(call), *options, context.progress));
}

// A row a column: what its encoding was made of. Rows of all tables count on, as they were given.
Result<Frame> trail_features_target(const StepCall& call, const Outputs&, std::size_t row) {
  auto options = target_options(call);
  if (!options) return fail(options.error());
  const std::vector<Frame> tables = tables_of(call);
  std::size_t table = 0, within = row;
  while (table < tables.size() && within >= tables[table].rows()) within -= tables[table++].rows();
  if (table == tables.size())
    return fail(Code::invalid_argument, "there is no row {}: the tables end before it", row);
  std::vector<std::string> column, value;
  std::vector<double> rows, sum, prior, weight, encoded;
  for (const std::string& name : options->columns) {
    auto all = features::target_encoding(tables, name, *options);
    if (!all) return fail(all.error());
    const features::Encoding& own = (*all)[table];
    column.push_back(name), value.push_back(tables[table].find(name)->cell(within));
    rows.push_back(own.rows[within]), sum.push_back(own.sum[within]);
    prior.push_back(own.prior[within]), weight.push_back(options->smoothing);
    encoded.push_back(own.value[within]);
  }
  Frame::Builder builder;
  builder.add("column", column).add("value", value).add("rows n", std::move(rows));
  builder.add("labels Σy", std::move(sum)).add("prior", std::move(prior));
  builder.add("smoothing m", std::move(weight)).add("encoded", std::move(encoded));
  return std::move(builder).build();
}

std::vector<plan::Parameter> target_parameters() {
  return {columns_parameter("the columns to encode, each by itself"),
          {.name = "method",
           .type = ParameterType::choice,
           .initial = std::string("time"),
           .choices = {"naive", "folds", "time"},
           .sentence = fmt::format("which labels it looks at: naive {}; folds {}; time {}",
                                   looks_at(features::TimeScope::own_label),
                                   looks_at(features::TimeScope::other_folds),
                                   looks_at(features::TimeScope::known_before))},
          {.name = "smoothing",
           .initial = 20.0,
           .low = 0,
           .high = 1e6,
           .unit = "rows",
           .sentence = "how many rows the overall mean weighs"},
          {.name = "folds",
           .type = ParameterType::integer,
           .initial = std::int64_t{5},
           .low = 2,
           .high = 100,
           .sentence = "parts of the fitting rows (method folds)"},
          {.name = "fold_by",
           .type = ParameterType::text,
           .sentence = "a column whose equal values stay in one fold, such as session_id",
           .optional = true},
          {.name = "suffix",
           .type = ParameterType::text,
           .initial = std::string("_target"),
           .sentence = "what the new column's name ends in"},
          {.name = "form",
           .type = ParameterType::choice,
           .initial = std::string("mean"),
           .choices = {"mean", "logit"},
           .sentence = "the smoothed mean label, or its log-odds"},
          label_parameter(),
          {.name = "time",
           .type = ParameterType::text,
           .initial = std::string("time"),
           .sentence = "the column with each row's time (method time)"},
          arrival_parameter(),
          {.name = "wait_hours",
           .initial = 0.0,
           .low = 0,
           .high = 8760,
           .unit = "hours",
           .sentence = "age from which a row counts, so that its click has had time to arrive "
                       "(method time)"},
          {.name = "allow_leak",
           .type = ParameterType::boolean,
           .initial = false,
           .sentence = "encode from the row's own label on purpose, to show what a leak does"}};
}

const StepRegistration kFeaturesTarget{{
    .name = "features.target",
    .sentence = "Encode columns of many levels by their smoothed mean label, in columns "
                "`<name>_target`. Looks at labels: which ones, `method` says.",
    .example = "features.target { past, live, columns = { \"community\" }, method = \"time\" }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = target_parameters(),
    .method = true,
    .run = run_features_target,
    .trail = trail_features_target,
}};

}  // namespace
}  // namespace rehearse::steps
