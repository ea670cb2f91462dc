// SPDX-License-Identifier: GPL-3.0-or-later
//
// One policy's weeks of a feed: what is to be expected of it, and one month as it happens.
#include "engine/steps/feed_call.hpp"

namespace rehearse::steps {
namespace {

// Each figure of the summary as a share of the other's, less 1: visits_change and so on. A figure
// that the other has none of is missing.
Result<Frame> beside_other(Frame summary, const Frame& other) {
  const Frame own = summary;
  for (std::size_t i = 0; i < own.columns(); ++i) {
    const Column& column = own.column(i);
    if (!column.numeric()) continue;
    auto found = other.require(column.name());
    if (!found) return fail(found.error());
    if (other.rows() == 0)
      return fail(Code::bad_data, "the table `beside` is empty; hand on a summary of this step");
    const double base = (*found)->number(0);
    const bool known = base > 0;
    Frame::Builder builder;
    builder
        .add(column.name() + "_change",
             std::vector<double>{known ? column.number(0) / base - 1 : 0}, {.role = Role::truth})
        .missing({static_cast<std::uint8_t>(known)});
    auto change = std::move(builder).build();
    if (!change) return fail(change.error());
    auto more = summary.with(change->column(0));
    if (!more) return more;
    summary = *std::move(more);
  }
  return summary;
}

// What the path of its requests costs, so that a table of policies can hold value against price.
Result<Frame> with_served(Frame summary, const Frame& served) {
  const Frame first = served.slice(0, 1);
  for (const char* name : {"p99_ms", "fallback", "cost_per_month"})
    if (const Column* column = first.find(name)) {
      auto more = summary.with(*column);
      if (!more) return more;
      summary = *std::move(more);
    }
  return summary;
}

Result<Outputs> run_simulate_feed(const StepCall& call, const StepContext& context) {
  auto policy = feed_policy(call);
  if (!policy) return fail(policy.error());
  const Progress inner(context.progress.token(), {});
  auto world = sim::feed_world(feed_options(call, context), inner);
  if (!world) return fail(world.error());
  auto made = sim::simulate_feed(**world, *policy, context.progress);
  if (!made) return fail(made.error());
  FeedSummary summary;
  summary.add(*policy, made->expected);
  auto row = std::move(summary).build().build();
  if (row && call.has("beside"))
    row = beside_other(*std::move(row), call.input("beside")->as_frame());
  if (row && call.has("served"))
    row = with_served(*std::move(row), call.input("served")->as_frame());
  if (!row) return fail(row.error());
  return Outputs{plan::Artifact::of(*std::move(row)), plan::Artifact::of(std::move(made->daily)),
                 plan::Artifact::of(std::move(made->users)),
                 plan::Artifact::of(std::move(made->log))};
}

const StepRegistration kSimulateFeed{{
    .name = "simulate.feed",
    .sentence = "Weeks of a feed under one way to order it: clicks, minutes, reports, and who "
                "comes back, which answers to what was shown.",
    .example = "local summary, daily, users, log = simulate.feed { dwell = 1, report = 20 }",
    .inputs = {served_port(),
               {.name = "beside",
                .kind = Kind::frame,
                .sentence = "the summary of another policy; the changes against it are added",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "summary", .kind = Kind::frame, .sentence = kFeedSummary},
                {.name = "daily",
                 .kind = Kind::frame,
                 .sentence = "series, day, visits, satisfaction, clicks, minutes, reports, shown, "
                             "topics: expectations for each user of the site"},
                {.name = "users",
                 .kind = Kind::frame,
                 .sentence = "a row a user: what happened, and what was to be expected"},
                {.name = "log",
                 .kind = Kind::frame,
                 .sentence = "a row for each place of each visit: seen, click, report, "
                             "dwell_minutes, and the truth of each"}},
    .parameters = joined_parameters(feed_policy_parameters(), feed_world_parameters()),
    .run = run_simulate_feed,
}};

}  // namespace
}  // namespace rehearse::steps
