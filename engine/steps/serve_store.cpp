// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/serve_store_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_serve_store(const StepCall& call, const StepContext& context) {
  auto options = store_options(call, context.seed);
  if (!options) return fail(options.error());
  return all_of(features::serve_from_store(tables_of(call), *options, context.progress));
}

const StepRegistration kServeStore{{
    .name = "serve.store",
    .sentence = "The same rows with features as a feature store serves them: as old as its copies, "
                "or not there at all.",
    .example = "serve.store { past, live, columns = { \"user_activity\" }, entity = { \"user_id\" "
               "}, refresh_hours = 24 }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = store_parameters(),
    .run = run_serve_store,
}};

Result<Outputs> run_serve_store_report(const StepCall& call, const StepContext&) {
  return one(features::store_report(call.input("served")->as_frame(), call.text("time")));
}

const StepRegistration kServeStoreReport{{
    .name = "serve.store_report",
    .sentence = "What a feature store did: where values came from, how many differ from the "
                "offline ones, their age, the p99 of its reads, its writes a day.",
    .example = "serve.store_report { served }",
    .inputs = {{.name = "served", .kind = Kind::frame, .sentence = "rows from serve.store"}},
    .outputs = {{.name = "report", .kind = Kind::frame, .sentence = "one row"}},
    .parameters = {{.name = "time",
                    .type = ParameterType::text,
                    .initial = std::string("time"),
                    .sentence = "the column with each row's time"}},
    .run = run_serve_store_report,
}};

}  // namespace
}  // namespace rehearse::steps
