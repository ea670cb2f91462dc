// SPDX-License-Identifier: GPL-3.0-or-later
//
// One setting of a feature store over several values: what each does to a model that is served from
// it, beside the same model on the offline values that it was trained on.
#include <cmath>

#include "engine/steps/serve_store_common.hpp"

namespace rehearse::steps {
namespace {

const std::map<std::string, double features::StoreOptions::*>& settings() {
  using features::StoreOptions;
  static const std::map<std::string, double StoreOptions::*> all = {
      {"refresh_hours", &StoreOptions::refresh_hours},
      {"delay_minutes", &StoreOptions::delay_minutes},
      {"ttl_hours", &StoreOptions::ttl_hours},
      {"cache_minutes", &StoreOptions::cache_minutes},
      {"lost_share", &StoreOptions::lost_share},
      {"deadline_ms", &StoreOptions::deadline_ms}};
  return all;
}

constexpr const char* kModelMetrics[] = {"excess_log_loss", "log_loss", "calibration_ratio",
                                         "roc_auc"};
constexpr const char* kStoreFigures[] = {"differs", "age_hours", "expired",       "absent",
                                         "timeout", "p99_ms",    "writes_per_day"};

// Columns by name, a row a value and series.
class Sweep {
 public:
  Result<void> add_model(const Scorer& model, const Frame& rows, double at,
                         const std::string& series) {
    auto judged = judge(model, rows);
    if (!judged) return fail(judged.error());
    at_.push_back(at), series_.push_back(series);
    for (const char* name : kModelMetrics) {
      auto value = metric_of(name, *judged);
      if (!value) return fail(value.error());
      columns_[name].push_back(value->value);
    }
    return {};
  }
  void add_store(const Frame& report, bool offline) {
    for (const char* name : kStoreFigures)
      columns_[name].push_back(offline ? std::nan("") : report.find(name)->number(0));
  }
  Result<Frame> build(const std::string& setting) {
    Frame::Builder builder;
    builder.add(setting, std::move(at_)).add("series", series_);
    for (const char* name : kModelMetrics) add(builder, name);
    for (const char* name : kStoreFigures) add(builder, name);
    return std::move(builder).build();
  }

 private:
  void add(Frame::Builder& builder, const char* name) {
    std::vector<std::uint8_t> valid;
    for (const double value : columns_[name]) valid.push_back(!std::isnan(value));
    builder.add(name, std::move(columns_[name])).missing(std::move(valid));
  }
  std::vector<double> at_;
  std::vector<std::string> series_;
  std::map<std::string, std::vector<double>> columns_;
};

Result<Outputs> run_serve_store_sweep(const StepCall& call, const StepContext& context) {
  auto options = store_options(call, context.seed);
  if (!options) return fail(options.error());
  const Scorer& model = *call.input("model")->scorer();
  const std::vector<Frame> tables = {call.input("past")->as_frame(),
                                     call.input("live")->as_frame()};
  const std::vector<double> values = call.numbers("values");
  Sweep sweep;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(values.size())))
      return cancelled();
    (*options).*settings().at(call.text("vary")) = values[i];
    auto served = features::serve_from_store(tables, *options);
    if (!served) return fail(served.error());
    auto report = features::store_report(served->back(), options->time);
    if (!report) return fail(report.error());
    for (const bool offline : {false, true}) {
      auto added = sweep.add_model(model, offline ? tables.back() : served->back(), values[i],
                                   offline ? "on offline values" : "as served");
      if (!added) return fail(added.error());
      sweep.add_store(*report, offline);
    }
  }
  return one(sweep.build(call.text("vary")));
}

std::vector<plan::Parameter> sweep_parameters() {
  std::vector<plan::Parameter> all = {{.name = "vary",
                                       .type = ParameterType::choice,
                                       .initial = std::string("ttl_hours"),
                                       .choices = {"refresh_hours", "delay_minutes", "ttl_hours",
                                                   "cache_minutes", "lost_share", "deadline_ms"},
                                       .sentence = "the setting that takes each of the values"},
                                      {.name = "values",
                                       .type = ParameterType::numbers,
                                       .low = 0,
                                       .high = 1e6,
                                       .sentence = "its values, one row each"}};
  for (plan::Parameter& parameter : store_parameters()) all.push_back(std::move(parameter));
  return all;
}

const StepRegistration kServeStoreSweep{{
    .name = "serve.store_sweep",
    .sentence = "A model served from a feature store with one setting varied: its losses as served "
                "and on offline values, how many values differ, their age, the p99 of reads.",
    .example = "serve.store_sweep { model, past, live, columns = { \"user_activity\" }, entity = { "
               "\"user_id\" }, vary = \"ttl_hours\", values = { 1, 24, 72 } }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model that is served"},
               {.name = "past", .kind = Kind::frame, .sentence = "rows that filled the store"},
               {.name = "live", .kind = Kind::frame, .sentence = "rows that are served"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = sweep_parameters(),
    .run = run_serve_store_sweep,
}};

}  // namespace
}  // namespace rehearse::steps
