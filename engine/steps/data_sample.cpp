// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_data_sample(const StepCall& call, const StepContext& context) {
  const Frame& rows = call.input("rows")->as_frame();
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows to sample from");
  const auto all = static_cast<double>(rows.rows());
  const double share =
      call.given("count") ? std::min(1.0, call.number("count") / all) : call.number("share");
  auto kept = validation::sample_rows(rows, share, context.seed);
  if (!kept) return fail(kept.error());
  if (kept->empty())
    return fail(Code::bad_data, "a share of {:g} of {} rows is no row at all", share, rows.rows());
  return one(rows.take(*kept));
}

const StepRegistration kDataSample{{
    .name = "data.sample",
    .sentence = "Some rows of a table at random, in their order; more keep those that fewer kept.",
    .example = "data.sample { rows, count = 2000 }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "share",
                    .initial = 1.0,
                    .low = 1e-6,
                    .high = 1,
                    .sentence = "share of rows that is kept"},
                   {.name = "count",
                    .type = ParameterType::integer,
                    .low = 1,
                    .high = 1e9,
                    .unit = "rows",
                    .sentence = "rows that are kept, in place of share",
                    .optional = true}},
    .run = run_data_sample,
}};

}  // namespace
}  // namespace rehearse::steps
