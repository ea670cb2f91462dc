// SPDX-License-Identifier: GPL-3.0-or-later
//
// A log as it stood when a day began: its rows before, and the clicks that had arrived by then.
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/moments.hpp"

namespace rehearse::steps {
namespace {

constexpr double kMicrosAnHour = 3.6e9;

Result<Outputs> run_data_known_at(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("rows")->as_frame();
  auto moment = start_of_day(rows, call.number("day"));
  if (!moment) return fail(moment.error());
  const auto times = (*rows.require("time"))->values<std::int64_t>();
  const std::int64_t until =
      moment->micros - static_cast<std::int64_t>(call.number("wait_hours") * kMicrosAnHour);
  std::vector<std::uint32_t> kept;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    if (times[row] < until) kept.push_back(static_cast<std::uint32_t>(row));
  if (kept.empty())
    return fail(Code::bad_data, "no row is older than {:g} hours when day {:g} begins",
                call.number("wait_hours"), call.number("day"));
  return one(sim::labels_known_at(rows.take(kept), *moment));
}

const StepRegistration kDataKnownAt{{
    .name = "data.known_at",
    .sentence = "A log as it stood when a day began: the rows before it, with the clicks that had "
                "arrived by then.",
    .example = "data.known_at { log, day = 14, wait_hours = 24 }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "rows with time, day, click and click_arrival"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "day",
                    .initial = 14.0,
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "the day at whose first moment we look"},
                   {.name = "wait_hours",
                    .initial = 0.0,
                    .low = 0,
                    .high = 2400,
                    .unit = "hours",
                    .sentence = "younger rows are left out: their clicks may still be on the way"}},
    .run = run_data_known_at,
}};

}  // namespace
}  // namespace rehearse::steps
