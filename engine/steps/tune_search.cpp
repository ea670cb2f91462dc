// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches for settings, what a search is really worth, and how its winner flatters itself.
#include "engine/scenarios/tuning.hpp"
#include "engine/steps/fits.hpp"

namespace rehearse::steps {
namespace {

Result<scenarios::Tunable> tunable_of(const StepCall& call) {
  scenarios::TunableChoice choice;
  choice.label = label_given(call);
  if (call.given("features")) choice.features = call.texts("features");
  return scenarios::tunable(call.text("model"), choice);
}

Result<scenarios::TuneOptions> tune_options(const StepCall& call, const StepContext& context) {
  scenarios::TuneOptions options;
  auto split = split_of(call, call.text("split"), context.seed);
  if (!split) return fail(split.error());
  options.split = std::move(*split);
  auto method = validation::parse_search(call.text("method"));
  if (!method) return fail(method.error());
  options.search.method = *method;
  options.search.budget = static_cast<int>(call.integer("budget"));
  options.search.start = static_cast<int>(call.integer("start"));
  options.search.patience = static_cast<int>(call.integer("patience"));
  options.search.seed = context.seed;
  options.search.replicate = static_cast<std::uint64_t>(call.integer("replicate"));
  return options;
}

Result<Outputs> run_tune_search(const StepCall& call, const StepContext& context) {
  auto model = tunable_of(call);
  if (!model) return fail(model.error());
  auto options = tune_options(call, context);
  if (!options) return fail(options.error());
  auto tuned = scenarios::tune(call.input("past")->as_frame(), call.input("on")->as_frame(), *model,
                               yardstick_of(call), *options, context.seed, context.progress);
  if (!tuned) return fail(tuned.error());
  return Outputs{plan::Artifact::of(std::move(tuned->trials)), plan::Artifact::of(tuned->model)};
}

Result<Outputs> run_validate_nested(const StepCall& call, const StepContext& context) {
  auto model = tunable_of(call);
  if (!model) return fail(model.error());
  auto options = tune_options(call, context);
  if (!options) return fail(options.error());
  return one(scenarios::nested_validation(
      call.input("past")->as_frame(), call.input("on")->as_frame(), *model, yardstick_of(call),
      *options, static_cast<int>(call.integer("inner_folds")), context.seed, context.progress));
}

Result<Outputs> run_validate_peeking(const StepCall& call, const StepContext& context) {
  auto model = tunable_of(call);
  if (!model) return fail(model.error());
  const Frame& pool = call.input("on")->as_frame();
  auto labels = labels_of(pool, label_given(call));
  if (!labels) return fail(labels.error());
  scenarios::PeekingOptions options;
  options.trials = static_cast<int>(call.integer("trials"));
  options.rows = static_cast<int>(call.integer("validation_rows"));
  options.replicates = static_cast<int>(call.integer("replicates"));
  options.seed = context.seed;
  auto result = scenarios::peeking(call.input("past")->as_frame(), pool, *labels, *model, options,
                                   context.progress);
  if (!result) return fail(result.error());
  Frame::Builder builder;
  builder.add("trials", std::vector<std::int32_t>{options.trials})
      .add("on_the_rows_that_chose_it", std::vector<double>{result->chosen})
      .add("on_rows_that_chose_nothing", std::vector<double>{result->fresh})
      .add("best_possible_choice", std::vector<double>{result->best})
      .add("optimism", std::vector<double>{result->fresh - result->chosen})
      .add("regret", std::vector<double>{result->fresh - result->best});
  auto summary = std::move(builder).build();
  if (!summary) return fail(summary.error());
  return Outputs{plan::Artifact::of(std::move(result->curve)),
                 plan::Artifact::of(std::move(*summary))};
}

std::vector<plan::Port> past_and_live(const char* live) {
  return {{.name = "past", .kind = Kind::frame, .sentence = "rows to learn from"},
          {.name = "on", .kind = Kind::frame, .sentence = live, .named = true}};
}

std::vector<plan::Parameter> model_parameters() {
  return {{.name = "model",
           .type = ParameterType::text,
           .initial = std::string("ftrl"),
           .sentence = "which model: ftrl, logistic or gbdt"},
          {.name = "features",
           .type = ParameterType::texts,
           .sentence = "the columns to learn from; all features if not given",
           .optional = true},
          label_parameter()};
}

std::vector<plan::Parameter> search_parameters() {
  std::vector<plan::Parameter> all = model_parameters();
  all.push_back(metric_parameter("log_loss"));
  all.push_back({.name = "split",
                 .type = ParameterType::text,
                 .initial = std::string("forward"),
                 .sentence = "random, stratified, blocked, forward, rolling or user"});
  for (plan::Parameter& one : split_parameters()) all.push_back(std::move(one));
  all.push_back({.name = "method",
                 .type = ParameterType::choice,
                 .initial = std::string("bayesian"),
                 .choices = {"random", "halton", "bayesian"},
                 .sentence = "how the next setting is chosen"});
  all.push_back({.name = "budget",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{20},
                 .low = 1,
                 .high = 300,
                 .unit = "trials",
                 .sentence = "settings that are tried"});
  all.push_back({.name = "start",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{6},
                 .low = 1,
                 .high = 300,
                 .unit = "trials",
                 .sentence = "for bayesian: tried before the first model of the loss"});
  all.push_back({.name = "patience",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{0},
                 .low = 0,
                 .high = 300,
                 .unit = "trials",
                 .sentence = "ends after so many without a better one; 0: never"});
  all.push_back({.name = "replicate",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{0},
                 .low = 0,
                 .high = 1e6,
                 .sentence = "another search of the same kind"});
  return all;
}

const StepRegistration kTuneSearch{{
    .name = "tune.search",
    .sentence = "Search for a model's settings by chance or by a Gaussian process, judged on folds "
                "of the past.",
    .example = "local trials, model = tune.search { past, on = live, method = \"bayesian\", budget "
               "= 20 }",
    .inputs = past_and_live("the weeks after: what the winner is really worth"),
    .outputs = {{.name = "trials", .kind = Kind::frame, .sentence = "a row a trial"},
                {.name = "model",
                 .kind = Kind::model,
                 .sentence = "the winner, trained on all of the past"}},
    .parameters = search_parameters(),
    .run = run_tune_search,
}};

const StepRegistration kValidateNested{{
    .name = "validate.nested",
    .sentence = "What a search says of its winner, what nested validation says, and what the live "
                "weeks give.",
    .example = "validate.nested { past, on = live, split = \"forward\", folds = 3, budget = 8 }",
    .inputs = past_and_live("the weeks after, which no estimate sees"),
    .outputs = {{.name = "estimates", .kind = Kind::frame, .sentence = "a row an estimate"}},
    .parameters =
        [] {
          auto all = search_parameters();
          all.push_back({.name = "inner_folds",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{2},
                         .low = 2,
                         .high = 20,
                         .sentence = "folds of the search inside each outer fold"});
          return all;
        }(),
    .run = run_validate_nested,
}};

const StepRegistration kValidatePeeking{{
    .name = "validate.peeking",
    .sentence = "How a winner's score on the rows that chose it falls below its score on fresh "
                "rows, as more is tried.",
    .example = "local curve, summary = validate.peeking { past, on = live, trials = 40 }",
    .inputs = past_and_live("a large table from which validation sets are drawn"),
    .outputs = {{.name = "curve",
                 .kind = Kind::frame,
                 .sentence = "log loss by number of trials, a series a judge"},
                {.name = "summary", .kind = Kind::frame, .sentence = "after all trials"}},
    .parameters =
        [] {
          auto all = model_parameters();
          all.push_back({.name = "trials",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{40},
                         .low = 2,
                         .high = 500,
                         .sentence = "settings that are tried"});
          all.push_back({.name = "validation_rows",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{500},
                         .low = 20,
                         .high = 1e7,
                         .unit = "rows",
                         .sentence = "rows of a validation set"});
          all.push_back({.name = "replicates",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{200},
                         .low = 1,
                         .high = 100000,
                         .sentence = "validation sets drawn, for the mean"});
          return all;
        }(),
    .run = run_validate_peeking,
}};

}  // namespace
}  // namespace rehearse::steps
