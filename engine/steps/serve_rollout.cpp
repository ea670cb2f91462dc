// SPDX-License-Identifier: GPL-3.0-or-later
//
// A rollout policy replayed on deploys whose faults are known.
#include <algorithm>
#include <cmath>

#include "engine/steps/rollout_call.hpp"

namespace rehearse::steps {
namespace {

Result<Frame> rollout_by_fault(const std::vector<serving::FaultReport>& reports) {
  std::vector<std::string> fault;
  std::vector<double> caught, shadow, minutes, share, hurt, unguarded;
  std::vector<std::uint8_t> known;
  for (const serving::FaultReport& r : reports) {
    fault.push_back(r.fault.kind), caught.push_back(r.caught), shadow.push_back(r.in_shadow);
    known.push_back(!std::isnan(r.minutes));
    minutes.push_back(known.back() ? r.minutes : 0), share.push_back(known.back() ? r.share : 0);
    hurt.push_back(r.hurt), unguarded.push_back(r.hurt_unguarded);
  }
  Frame::Builder builder;
  builder.add("fault", fault).add("rolled_back", std::move(caught), {.unit = "%"});
  builder.add("in_shadow", std::move(shadow), {.unit = "%"});
  builder.add("minutes_to_catch", std::move(minutes), {.unit = "min"}).missing(known);
  builder.add("share_when_caught", std::move(share), {.unit = "%"}).missing(known);
  builder.add("requests_hurt", std::move(hurt));
  builder.add("hurt_without_guard", std::move(unguarded));
  return std::move(builder).build();
}

// Over all deploys with a fault, and over those without.
Result<Frame> rollout_summary(const std::vector<serving::FaultReport>& reports,
                              const serving::RolloutPolicy& policy, const serving::Site& site) {
  double faulty = 0, caught = 0, hurt = 0, unguarded = 0, false_rollbacks = std::nan("");
  for (const serving::FaultReport& r : reports) {
    if (r.fault.kind == "none") {
      false_rollbacks = r.caught;
      continue;
    }
    faulty += 1, caught += r.caught, hurt += r.hurt, unguarded += r.hurt_unguarded;
  }
  Frame::Builder builder;
  builder.add("caught", std::vector<double>{faulty > 0 ? caught / faulty : 0}, {.unit = "%"})
      .missing({static_cast<std::uint8_t>(faulty > 0)});
  const bool sound = !std::isnan(false_rollbacks);
  builder.add("false_rollbacks", std::vector<double>{sound ? false_rollbacks : 0}, {.unit = "%"})
      .missing({static_cast<std::uint8_t>(sound)});
  builder.add("requests_hurt", std::vector<double>{faulty > 0 ? hurt / faulty : 0});
  builder.add("share_of_harm", std::vector<double>{unguarded > 0 ? hurt / unguarded : 0},
              {.unit = "%"});
  builder.add("hours", std::vector<double>{serving::minutes_to_complete(policy) / 60.0},
              {.unit = "h"});
  builder.add("copied_requests", std::vector<double>{policy.shadow_minutes * policy.shadow_share *
                                                     site.requests_per_minute});
  return std::move(builder).build();
}

Result<Outputs> run_serve_rollout(const StepCall& call, const StepContext& context) {
  auto policy = rollout_policy(call);
  if (!policy) return fail(policy.error());
  const serving::Site site = rollout_site(call);
  std::vector<serving::DeployFault> faults;
  for (const std::string& kind : call.texts("faults"))
    faults.push_back({kind, std::min(1.0, serving::usual_size(kind) * call.number("severity"))});
  auto reports =
      serving::replay_faults(*policy, site, faults, static_cast<int>(call.integer("deploys")),
                             context.seed, context.progress);
  if (!reports) return fail(reports.error());
  return two(rollout_by_fault(*reports), rollout_summary(*reports, *policy, site));
}

std::vector<plan::Parameter> replay_parameters() {
  std::vector<plan::Parameter> all = rollout_parameters();
  all.push_back({.name = "faults",
                 .type = ParameterType::texts,
                 .initial = std::vector<std::string>{"none", "crash", "leak", "slow", "overload",
                                                     "skew", "worse", "cohort"},
                 .sentence = "none, crash, leak, slow, overload, skew, worse, cohort"});
  all.push_back(number_parameter("severity", 1, 0, 30, "times the usual size of each fault"));
  all.push_back(integer_parameter("deploys", 40, 1, 100000, "deploys of each fault"));
  return all;
}

const StepRegistration kServeRollout{{
    .name = "serve.rollout",
    .sentence = "Shadow, stages and guardrails replayed on deploys whose faults are known: what is "
                "caught, when, and how many requests are hurt.",
    .example = "local by_fault, summary = serve.rollout { shares = { 0.05, 1 }, minutes = { 60 } }",
    .outputs = {{.name = "by_fault",
                 .kind = Kind::frame,
                 .sentence = "fault, rolled_back, in_shadow, minutes_to_catch, requests_hurt …"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "caught, false_rollbacks, requests_hurt, hours, copied_requests"}},
    .parameters = replay_parameters(),
    .run = run_serve_rollout,
}};

}  // namespace
}  // namespace rehearse::steps
