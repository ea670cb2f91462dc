// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/models/ftrl.hpp"
#include "engine/scenarios/leakage_hunt.hpp"
#include "engine/steps/fits.hpp"

namespace rehearse::steps {
namespace {

// Trained on whatever columns it is given: a hunt asks for the mistake on purpose.
scenarios::ColumnFit hunted_model(const std::string& label, std::uint64_t seed) {
  return [label, seed](const Frame& rows, const std::vector<std::string>& columns,
                       const Progress& progress) -> Result<ScorerPtr> {
    models::FtrlOptions options;
    options.bits = 16, options.seed = seed, options.label = label;
    options.features.columns = columns, options.features.allow_leak = true;
    auto model = models::train_ftrl(rows, options, progress);
    if (!model) return fail(model.error());
    return ScorerPtr(*model);
  };
}

std::vector<std::string> all_features(const Frame& rows) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < rows.columns(); ++c)
    if (rows.column(c).role() == Role::feature) names.push_back(rows.column(c).name());
  return names;
}

// Beside the verdict, what was really planted: the share found, and what is accused wrongly.
Result<Outputs> with_truth(scenarios::Hunt hunt, const std::vector<std::string>& planted,
                           bool known) {
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return std::count(names.begin(), names.end(), name) > 0;
  };
  double found = 0, wrong = 0;
  for (const std::string& name : planted) found += among(hunt.suspects, name);
  for (const std::string& name : hunt.suspects) wrong += !among(planted, name);
  Frame columns = std::move(hunt.columns);
  if (known) {
    std::vector<std::uint8_t> leak;
    for (std::size_t row = 0; row < columns.rows(); ++row)
      leak.push_back(among(planted, std::string(columns.find("column")->text(row))));
    Frame::Builder builder;
    builder.add_boolean("planted", std::move(leak), {.role = Role::truth});
    auto built = std::move(builder).build();
    if (!built) return fail(built.error());
    auto with = columns.with(built->column(0));
    if (!with) return fail(with.error());
    columns = std::move(*with);
  }
  Frame::Builder summary;
  summary.add("loss", std::vector<double>{hunt.loss})
      .add("suspects", std::vector<double>{static_cast<double>(hunt.suspects.size())})
      .add("planted_and_found", std::vector<double>{found})
      .add("planted_and_missed", std::vector<double>{static_cast<double>(planted.size()) - found})
      .add("wrongly_accused", std::vector<double>{wrong});
  auto table = std::move(summary).build();
  if (!table) return fail(table.error());
  return Outputs{plan::Artifact::of(std::move(columns)), plan::Artifact::of(std::move(*table))};
}

Result<Outputs> run_validate_leakage(const StepCall& call, const StepContext& context) {
  const Frame& train = call.input("train")->as_frame();
  scenarios::HuntOptions options;
  options.columns = call.given("features") ? call.texts("features") : all_features(train);
  options.label = call.given("label") ? call.text("label") : "click";
  options.user = call.text("user");
  options.repeats = static_cast<int>(call.integer("repeats"));
  options.ablate = call.boolean("ablate");
  options.alone_limit = call.number("alone_limit");
  options.share_limit = call.number("share_limit");
  options.seed = context.seed;
  auto hunt = scenarios::leakage_hunt(train, call.input("on")->as_frame(),
                                      hunted_model(options.label, context.seed), yardstick_of(call),
                                      options, context.progress);
  if (!hunt) return fail(hunt.error());
  const bool known = call.given("planted");
  return with_truth(std::move(*hunt), known ? call.texts("planted") : std::vector<std::string>(),
                    known);
}

const StepRegistration kValidateLeakage{{
    .name = "validate.leakage",
    .sentence =
        "Every column under the tests for leakage: alone, shuffled, left out, of an earlier "
        "session, of a later moment.",
    .example = "local columns, summary = validate.leakage { past, on = hold }",
    .inputs = {{.name = "train", .kind = Kind::frame, .sentence = "rows to learn from"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "later rows with labels, for what a column is worth",
                .named = true}},
    .outputs = {{.name = "columns",
                 .kind = Kind::frame,
                 .sentence = "a row a column, the most suspicious first"},
                {.name = "summary", .kind = Kind::frame, .sentence = "counts"}},
    .parameters = {{.name = "features",
                    .type = ParameterType::texts,
                    .sentence = "the columns to look at; all features if not given",
                    .optional = true},
                   metric_parameter("log_loss"),
                   label_parameter(),
                   {.name = "user",
                    .type = ParameterType::text,
                    .initial = std::string("user_id"),
                    .sentence = "the column that says whose a row is"},
                   {.name = "repeats",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{2},
                    .low = 1,
                    .high = 50,
                    .sentence = "shuffles a column"},
                   {.name = "ablate",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "train again without each column"},
                   {.name = "alone_limit",
                    .initial = 0.9,
                    .low = 0.5,
                    .high = 1,
                    .sentence = "AUC alone from which a column is suspected"},
                   {.name = "share_limit",
                    .initial = 0.5,
                    .low = 0.01,
                    .high = 1,
                    .sentence = "share of all importance from which a column is suspected"},
                   {.name = "planted",
                    .type = ParameterType::texts,
                    .sentence = "the leaks that were planted, to compare with the suspects",
                    .optional = true}},
    .run = run_validate_leakage,
}};

}  // namespace
}  // namespace rehearse::steps
