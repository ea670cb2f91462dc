// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/fit.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/calibration.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/nearest.hpp"
#include "engine/plan/step.hpp"
#include "engine/trace/recorder.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::analysis {
namespace {

const std::string kSpace = "train.";

bool one_table_to_model(const plan::StepInfo& step) {
  if (step.name.rfind(kSpace, 0) != 0 || step.outputs.size() != 1 || step.list_output ||
      step.outputs.front().kind != plan::Kind::model)
    return false;
  std::size_t tables = 0;
  for (const plan::Port& port : step.inputs) {
    if (port.optional) continue;
    if (port.kind != plan::Kind::frame || port.named) return false;
    ++tables;
  }
  return tables == 1;
}

Result<const plan::StepInfo*> trainer(const std::string& model) {
  const plan::StepInfo* step = plan::Registry::instance().find(kSpace + model);
  if (step && one_table_to_model(*step)) return step;
  const std::vector<std::string> known = fit_models();
  return fail(Code::invalid_argument, "--model {}: there is no such model{}; there are {}", model,
              did_you_mean(model, known), fmt::join(known, ", "));
}

Result<double> number_in(const std::string& text, const char* what) {
  const auto value = parsed_number(text);
  if (!value) return fail(Code::invalid_argument, "`{}` is no {}", text, what);
  return *value;
}

Result<plan::Value> value_of(const plan::Parameter& parameter, const std::string& text) {
  using Type = plan::ParameterType;
  switch (parameter.type) {
    case Type::number: {
      auto number = number_in(text, "number");
      return number ? Result<plan::Value>(*number) : fail(number.error());
    }
    case Type::integer: {
      auto number = number_in(text, "whole number");
      if (!number) return fail(number.error());
      if (*number != std::floor(*number) || std::abs(*number) > 1e15)
        return fail(Code::invalid_argument, "`{}` is no whole number", text);
      return plan::Value(static_cast<std::int64_t>(*number));
    }
    case Type::boolean:
      if (text == "true" || text == "false") return plan::Value(text == "true");
      return fail(Code::invalid_argument, "`{}` is neither true nor false", text);
    case Type::text:
    case Type::choice: return plan::Value(text);
    case Type::numbers: {
      std::vector<double> numbers;
      for (const std::string& part : split_list(text)) {
        auto number = number_in(part, "number");
        if (!number) return fail(number.error());
        numbers.push_back(*number);
      }
      return plan::Value(std::move(numbers));
    }
    case Type::texts: return plan::Value(split_list(text));
    case Type::subplan: break;
  }
  return fail(Code::invalid_argument, "`{}` cannot be given as text", parameter.name);
}

Result<std::map<std::string, plan::Value>> parameters_of(const plan::StepInfo& step,
                                                         const FitOptions& options) {
  std::map<std::string, plan::Value> values;
  std::vector<std::string> names;
  for (const plan::Parameter& parameter : step.parameters) {
    names.push_back(parameter.name);
    values[parameter.name] = parameter.initial;
    const auto given = options.set.find(parameter.name);
    if (given == options.set.end()) {
      if (!parameter.optional && std::holds_alternative<std::monostate>(parameter.initial))
        return fail(Code::invalid_argument, "{} needs --set {}=…: {}", step.name, parameter.name,
                    parameter.sentence);
      continue;
    }
    auto value = value_of(parameter, given->second);
    if (!value)
      return fail(value.error().code, "--set {}={}: {} ({})", parameter.name, given->second,
                  value.error().message, parameter.sentence);
    auto fits = trace::fit_parameter(step, parameter, *value);
    if (!fits) return fail(fits.error());
    values[parameter.name] = std::move(*fits);
  }
  for (const auto& [name, text] : options.set)
    if (std::find(names.begin(), names.end(), name) == names.end())
      return fail(Code::invalid_argument, "--set {}={}: {} has no parameter `{}`{}; it has {}",
                  name, text, step.name, name, did_you_mean(name, names), fmt::join(names, ", "));
  return values;
}

// The table with a role for every column.
Result<Frame> with_roles(const Frame& table, const FitOptions& options) {
  std::map<std::string, std::pair<Role, const char*>> roles;
  const auto claim = [&](const std::string& name, Role role, const char* flag) -> Result<void> {
    if (name.empty()) return {};
    auto column = table.require(name);
    if (!column) return fail(column.error().code, "{} {}", flag, column.error().message);
    const auto [place, fresh] = roles.try_emplace(name, role, flag);
    if (!fresh)
      return fail(Code::invalid_argument, "the column `{}` is given to both {} and {}", name,
                  place->second.second, flag);
    return {};
  };
  if (auto fine = claim(options.label, Role::label, "--label"); !fine) return fail(fine.error());
  if (auto fine = claim(options.time, Role::time, "--time"); !fine) return fail(fine.error());
  if (auto fine = claim(options.user, Role::id, "--user"); !fine) return fail(fine.error());
  for (const std::string& name : options.exclude)
    if (auto fine = claim(name, Role::none, "--exclude"); !fine) return fail(fine.error());
  Frame frame = table;
  for (std::size_t c = 0; c < table.columns(); ++c) {
    const Column& column = table.column(c);
    const auto role = roles.find(column.name());
    auto with = frame.with(column.with_info(
        {.role = role == roles.end() ? Role::feature : role->second.first, .unit = column.unit()}));
    if (!with) return with;
    frame = std::move(*with);
  }
  return frame;
}

Result<validation::Fold> held_out(const Frame& rows, const FitOptions& options) {
  validation::Fold fold;
  if (options.holdout == "none") {
    fold.train.resize(rows.rows());
    for (std::size_t row = 0; row < rows.rows(); ++row)
      fold.train[row] = static_cast<std::uint32_t>(row);
    return fold;
  }
  const std::string& column = options.holdout == "time" ? options.time : options.user;
  if (column.empty())
    return fail(Code::invalid_argument, "--holdout {} needs --{} COLUMN", options.holdout,
                options.holdout);
  validation::HoldoutOptions holdout;
  auto by = validation::parse_holdout(options.holdout);
  if (!by) return fail(by.error());
  holdout.by = *by, holdout.share = options.test_share, holdout.seed = options.seed;
  holdout.time = options.time, holdout.user = options.user;
  return validation::make_holdout(rows, holdout);
}

Result<void> train(Fit& fit, const plan::StepInfo& step, const Frame& rows,
                   const FitOptions& options, const Progress& progress) {
  plan::StepCall call;
  auto parameters = parameters_of(step, options);
  if (!parameters) return fail(parameters.error());
  call.parameters = std::move(*parameters);
  call.inputs[step.inputs.front().name] = {plan::Artifact::of(rows)};
  call.labels[step.inputs.front().name] = {"rows"};
  const plan::StepContext context{options.seed, progress, 1, true};
  const auto begin = std::chrono::steady_clock::now();
  auto outputs = step.run(call, context);
  fit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!outputs) return fail(outputs.error());
  fit.model = outputs->front()->scorer();
  fit.stopped = progress.stop_requested();
  if (!fit.model->probabilistic())
    return fail(Code::invalid_argument, "--model {} predicts values and no probabilities",
                options.model);
  return {};
}

Result<void> measure(Fit& fit, const Frame& rows, const std::vector<double>& labels,
                     double base_rate) {
  auto scores = fit.model->score(rows.take(fit.test_rows));
  if (!scores) return fail(scores.error());
  fit.test_scores = std::move(*scores);
  for (const std::uint32_t row : fit.test_rows) fit.test_labels.push_back(labels[row]);
  auto scored = metrics::Scored::of(fit.test_scores, fit.test_labels);
  if (!scored) return fail(scored.error());
  fit.test = metrics::report(*scored, 10, metrics::Binning::quantile);
  const std::vector<double> constant(fit.test_labels.size(), base_rate);
  auto prior = metrics::Scored::of(constant, fit.test_labels);
  if (!prior) return fail(prior.error());
  fit.baseline = metrics::report(*prior, 10, metrics::Binning::quantile);
  return {};
}

}  // namespace

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string> fit_models() {
  std::vector<std::string> names;
  for (const plan::StepInfo* step : plan::Registry::instance().all())
    if (one_table_to_model(*step)) names.push_back(step->name.substr(kSpace.size()));
  return names;
}

const std::vector<std::string>& savable_models() {
  static const std::vector<std::string> names = {"ffm",      "fm",  "ftrl", "gbdt",
                                                 "logistic", "mlp", "wide"};
  return names;
}

std::string fit_help(const std::string& model) {
  auto step = trainer(model);
  return step ? (*step)->help() : step.error().message;
}

Result<Fit> fit_model(const Frame& table, const FitOptions& options, const Progress& progress) {
  auto step = trainer(options.model);
  if (!step) return fail(step.error());
  auto rows = with_roles(table, options);
  if (!rows) return fail(rows.error());
  auto labels = labels_of(*rows, options.label);
  if (!labels) return fail(labels.error());
  auto fold = held_out(*rows, options);
  if (!fold) return fail(fold.error());
  Fit fit;
  fit.rows = rows->rows(), fit.trained_on = fold->train.size();
  fit.test_rows = std::move(fold->test);
  for (std::size_t c = 0; c < rows->columns(); ++c)
    if (const Column& column = rows->column(c); column.role() == Role::feature) {
      fit.features.push_back(column.name());
      if (column.numeric()) fit.numeric.push_back(column.name());
    }
  const bool whole = fit.test_rows.empty();
  if (auto done = train(fit, **step, whole ? *rows : rows->take(fold->train), options, progress);
      !done)
    return fail(done.error());
  if (whole) return fit;
  double positives = 0;
  for (const std::uint32_t row : fold->train) positives += (*labels)[row];
  if (auto done = measure(fit, *rows, *labels, positives / static_cast<double>(fit.trained_on));
      !done)
    return fail(done.error());
  return fit;
}

std::string reading_of(const Fit& fit, const FitOptions& options) {
  if (fit.test_rows.empty()) {
    for (const auto& [name, value] : fit.model->facts())
      if (name == "progressive_log_loss")
        return fmt::format(
            "Predicting each row before learning from it cost {:.4g} nats a row. Hold rows out "
            "(--holdout time or user) to see how the finished model does.",
            value);
    return "Nothing was held out, so nothing can be said of how the model does on new rows: add "
           "--holdout time or --holdout user.";
  }
  const double gain = 1 - fit.test.log_loss / fit.baseline.log_loss;
  const std::string who = options.holdout == "time" ? "later rows" : "users it never met";
  if (!(gain > 0))
    return fmt::format(
        "On {} the model is no better than always saying the base rate of training ({:.4g} against "
        "{:.4g} nats): look for a leak, a changed base rate, or too little data.",
        who, fit.test.log_loss, fit.baseline.log_loss);
  return fmt::format(
      "On {} the model takes {:.1f}% off the log loss of the base rate ({:.4g} against {:.4g} "
      "nats). {}",
      who, 100 * gain, fit.test.log_loss, fit.baseline.log_loss, reading_of(fit.test));
}

Document document_of(const std::string& file, const FitOptions& options, const Fit& fit) {
  Document document{
      "A model of " + options.label + " in " + file,
      fmt::format("{} ({}), {} of {} rows trained on, {} features", options.model,
                  fit.model->describe(), fit.trained_on, fit.rows, fit.features.size()),
      {}};
  document.blocks.push_back(Prose{reading_of(fit, options)});
  KeyNumbers numbers;
  for (const auto& [name, value] : fit.model->facts()) numbers.add(name, value);
  if (!fit.test_rows.empty()) {
    const CalibrationOptions as{
        options.label, options.model, {}, {}, 10, metrics::Binning::quantile, false};
    numbers.add("test log loss", fit.test.log_loss)
        .add("test ROC AUC", fit.test.roc_auc)
        .add("log loss of the base rate", fit.baseline.log_loss);
    for (auto& block : document_of(file, as, Calibration{{}, fit.test, {}}).blocks)
      document.blocks.push_back(std::move(block));
  }
  document.blocks.push_back(
      numbers.figure("The training", "what the trainer did, and what it is worth"));
  return document;
}

}  // namespace rehearse::analysis
