// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/signals.hpp"

#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

std::string text_or_none(const StepCall& call, const char* name) {
  return call.given(name) ? call.text(name) : std::string();
}

Result<Outputs> run_monitor_signals(const StepCall& call, const StepContext&) {
  const Frame& log = call.input("log")->as_frame();
  monitor::SignalOptions o;
  o.bucket = call.text("bucket"), o.segment = text_or_none(call, "segment");
  o.column = text_or_none(call, "column"), o.reference_until = call.number("reference_until");
  std::vector<double> scores, outcomes;
  if (call.has("model")) {
    auto rows = judge(*call.input("model")->scorer(), log);
    if (!rows) return fail(rows.error());
    scores = std::move(rows->scores), outcomes = std::move(rows->labels);
  } else if (auto labels = labels_of(log, label_given(call)); labels) {
    outcomes = std::move(*labels);
  } else if (call.given("label")) {
    return fail(labels.error());
  }
  return one(monitor::signals_of(log, scores, outcomes, o));
}

const StepRegistration kMonitorSignals{{
    .name = "monitor.signals",
    .sentence =
        "A log as signals by bucket of time and segment: of an input, of a model's scores, of "
        "outcomes.",
    .example =
        "monitor.signals { log, model = model, column = \"affinity\", segment = \"platform\" }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "the rows"},
               {.name = "model",
                .kind = Kind::model,
                .sentence = "the model whose scores are watched",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "signals", .kind = Kind::frame}},
    .parameters = {{.name = "bucket",
                    .type = ParameterType::text,
                    .initial = std::string("day"),
                    .sentence = "the numeric column that is a bucket of time"},
                   {.name = "segment",
                    .type = ParameterType::text,
                    .sentence = "the column whose levels are one series each",
                    .optional = true},
                   {.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the input to describe",
                    .optional = true},
                   number_parameter("reference_until", 7, 0, 1e9,
                                    "levels seen before that bucket are known"),
                   label_parameter()},
    .run = run_monitor_signals,
}};

}  // namespace
}  // namespace rehearse::steps
