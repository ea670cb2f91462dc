// SPDX-License-Identifier: GPL-3.0-or-later
//
// One setting of a feature store over several values: what each does to a model that is served from
// it, beside the same model on the offline values that it was trained on.
#include <cmath>
#include <optional>

#include "engine/features/cross.hpp"
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

// A row a value and series; a figure that a row lacks is missing.
class SweepTable {
 public:
  void add(double at, const std::string& series, const std::map<std::string, double>& figures) {
    at_.push_back(at), series_.push_back(series), figures_.push_back(figures);
  }
  Result<Frame> build(const std::string& setting) && {
    Frame::Builder builder;
    builder.add(setting, std::move(at_)).add("series", series_);
    for (const char* name : kModelMetrics) add_column(builder, name);
    for (const char* name : kStoreFigures) add_column(builder, name);
    return std::move(builder).build();
  }

 private:
  void add_column(Frame::Builder& builder, const char* name) const {
    std::vector<double> column;
    std::vector<std::uint8_t> valid;
    for (const auto& row : figures_) {
      const auto found = row.find(name);
      const bool there = found != row.end() && !std::isnan(found->second);
      column.push_back(there ? found->second : 0), valid.push_back(there);
    }
    builder.add(name, std::move(column)).missing(std::move(valid));
  }
  std::vector<double> at_;
  std::vector<std::string> series_;
  std::vector<std::map<std::string, double>> figures_;
};

// Columns that the model learned in bins are cut as they were for it: fitted on the past.
class Cut {
 public:
  static Result<Cut> of(const StepCall& call, const Frame& past) {
    Cut cut;
    const auto bins = static_cast<int>(call.integer("bins"));
    if (bins == 0) return cut;
    auto binner = features::Binner::fit(past, {call.texts("columns"), bins});
    if (!binner) return fail(binner.error());
    cut.binner_ = std::move(*binner);
    return cut;
  }
  Result<Frame> operator()(const Frame& rows) const {
    return binner_ ? binner_->apply(rows) : Result<Frame>(rows);
  }

 private:
  std::optional<features::Binner> binner_;
};

// The model on the live rows, and what the store did if they came from it.
struct Measured {
  std::map<std::string, double> figures;  // by name
};
Result<Measured> measured_on(const Scorer& model, const Cut& cut, const Frame& rows) {
  auto ready = cut(rows);
  if (!ready) return fail(ready.error());
  auto judged = judge(model, *ready);
  if (!judged) return fail(judged.error());
  Measured out;
  for (const char* name : kModelMetrics) {
    auto value = metric_of(name, *judged);
    if (!value) return fail(value.error());
    out.figures[name] = value->value;
  }
  return out;
}

Result<Measured> measured_served(const Scorer& model, const Cut& cut,
                                 const std::vector<Frame>& tables,
                                 const features::StoreOptions& options) {
  auto served = features::serve_from_store(tables, options);
  if (!served) return fail(served.error());
  auto out = measured_on(model, cut, served->back());
  if (!out) return out;
  auto report = features::store_report(served->back(), options.time);
  if (!report) return fail(report.error());
  for (const char* name : kStoreFigures) out->figures[name] = report->find(name)->number(0);
  return out;
}

Result<Outputs> run_serve_store_sweep(const StepCall& call, const StepContext& context) {
  auto options = store_options(call, context.seed);
  if (!options) return fail(options.error());
  const Scorer& model = *call.input("model")->scorer();
  const std::vector<Frame> tables = {call.input("past")->as_frame(),
                                     call.input("live")->as_frame()};
  auto cut = Cut::of(call, tables.front());
  if (!cut) return fail(cut.error());
  auto offline = measured_on(model, *cut, tables.back());
  if (!offline) return fail(offline.error());
  const std::vector<double> values = call.numbers("values");
  SweepTable table;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(values.size())))
      return cancelled();
    (*options).*settings().at(call.text("vary")) = values[i];
    auto served = measured_served(model, *cut, tables, *options);
    if (!served) return fail(served.error());
    table.add(values[i], "as served", served->figures);
    table.add(values[i], "on offline values", offline->figures);
  }
  return one(std::move(table).build(call.text("vary")));
}

std::vector<plan::Parameter> sweep_parameters() {
  std::vector<plan::Parameter> all = {
      {.name = "vary",
       .type = ParameterType::choice,
       .initial = std::string("ttl_hours"),
       .choices = {"refresh_hours", "delay_minutes", "ttl_hours", "cache_minutes", "lost_share",
                   "deadline_ms"},
       .sentence = "the setting that takes each of the values"},
      {.name = "values",
       .type = ParameterType::numbers,
       .low = 0,
       .high = 1e6,
       .sentence = "its values, one row each"},
      {.name = "bins",
       .type = ParameterType::integer,
       .initial = std::int64_t{0},
       .low = 0,
       .high = 1000,
       .sentence = "the model learned these columns in so many bins (features.bin of past); 0: as "
                   "they are"}};
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
