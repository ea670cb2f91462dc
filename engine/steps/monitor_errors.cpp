// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/mistakes.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_monitor_errors(const StepCall& call, const StepContext&) {
  auto kind = monitor::parse_mistake(call.text("of"));
  if (!kind) return fail(kind.error());
  return one(monitor::mistakes(*call.input("model")->scorer(), call.input("on")->as_frame(), *kind,
                               call.number("wait_hours")));
}

const StepRegistration kMonitorErrors{{
    .name = "monitor.errors",
    .sentence = "A model's mistakes in the order in which labels make them known.",
    .example = "monitor.errors { model, on = live, of = \"log_loss\", wait_hours = 24 }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model that is watched"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows with time, day, click, click_arrival and session_id",
                .named = true}},
    .outputs = {{.name = "errors", .kind = Kind::frame}},
    .parameters = {{.name = "of",
                    .type = ParameterType::choice,
                    .initial = std::string("log_loss"),
                    .choices = {"log_loss", "residual", "miss"},
                    .sentence = "loss of each row, y - p of each row, or of each click whether it "
                                "was scored in the lower half of its slate"},
                   {.name = "wait_hours",
                    .initial = 24.0,
                    .low = 0,
                    .high = 2400,
                    .unit = "hours",
                    .sentence = "how long a row waits for its click before it counts"}},
    .run = run_monitor_errors,
}};

}  // namespace
}  // namespace rehearse::steps
