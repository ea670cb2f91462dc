// SPDX-License-Identifier: GPL-3.0-or-later
//
// One deploy, minute by minute: the canary's rate beside the control's, and what the guardrails
// did.
#include <cmath>

#include "engine/steps/rollout_call.hpp"

namespace rehearse::steps {
namespace {

struct CanaryLines {
  std::vector<std::string> series;
  std::vector<double> minute, value;
  void add(const std::string& name, double at, double y) {
    if (std::isfinite(y)) series.push_back(name), minute.push_back(at), value.push_back(y);
  }
};

Result<Frame> canary_lines(const serving::Deploy& deploy, std::size_t which, double threshold) {
  CanaryLines lines;
  const double sign = which == 2 ? -1 : 1;
  for (const serving::RolloutMinute& m : deploy.minutes) {
    lines.add("canary", m.minute, m.canary[which]);
    lines.add("control", m.minute, m.control[which]);
    lines.add("threshold", m.minute, m.control[which] + sign * threshold);
    lines.add("truth: the new version", m.minute, m.truth[which]);
  }
  Frame::Builder builder;
  builder.add("series", lines.series).add("minute", std::move(lines.minute), {.unit = "min"});
  builder.add("value", std::move(lines.value), {.unit = "%"});
  return std::move(builder).build();
}

Result<Frame> canary_verdict(const serving::DeployOutcome& o) {
  Frame::Builder builder;
  builder.add("verdict", std::vector<std::string>{o.refused_by_shadow ? "refused by the shadow"
                                                  : o.rolled_back     ? "rolled back"
                                                                      : "went through"});
  builder.add("by", std::vector<std::string>{o.guardrail.empty() ? "nothing" : o.guardrail});
  builder.add("minute", std::vector<double>{static_cast<double>(o.minute)}, {.unit = "min"});
  builder.add("share", std::vector<double>{o.share}, {.unit = "%"});
  builder.add("requests_exposed", std::vector<double>{o.exposed});
  builder.add("requests_hurt", std::vector<double>{o.hurt});
  builder.add("stopped", std::vector<double>{o.refused_by_shadow || o.rolled_back ? 1.0 : 0.0});
  return std::move(builder).build();
}

Result<Outputs> run_serve_canary(const StepCall& call, const StepContext& context) {
  auto policy = rollout_policy(call);
  if (!policy) return fail(policy.error());
  const std::string& kind = call.text("fault");
  const serving::DeployFault fault{
      kind, call.given("size") ? call.number("size") : serving::usual_size(kind)};
  auto deploy = serving::simulate_deploy(*policy, rollout_site(call), fault, context.seed,
                                         static_cast<std::uint64_t>(call.integer("deploy")), true);
  if (!deploy) return fail(deploy.error());
  const std::string& shown = call.text("show");
  const std::size_t which = shown == "failures" ? 0 : shown == "slow" ? 1 : 2;
  const double thresholds[] = {policy->failures, policy->slow, policy->conversion};
  return two(canary_lines(*deploy, which, thresholds[which]), canary_verdict(deploy->outcome));
}

std::vector<plan::Parameter> canary_parameters() {
  std::vector<plan::Parameter> all = rollout_parameters();
  all.push_back(choice_parameter("fault", "crash", serving::deploy_faults(),
                                 "what is wrong with the new version"));
  all.push_back(
      {.name = "size",
       .type = ParameterType::number,
       .low = 0,
       .high = 1,
       .sentence = "of the fault; usual: 0.03 failures, 0.06 slow, a tenth of conversions",
       .optional = true});
  all.push_back(choice_parameter("show", "failures", {"failures", "slow", "conversion"},
                                 "which rate is drawn"));
  all.push_back(integer_parameter("deploy", 0, 0, 1e6, "which of the deploys"));
  return all;
}

const StepRegistration kServeCanary{{
    .name = "serve.canary",
    .sentence = "One deploy, minute by minute: the canary's rate beside the control's, until a "
                "guardrail rolls back.",
    .example = "local lines, verdict = serve.canary { fault = \"leak\", show = \"failures\" }",
    .outputs = {{.name = "lines", .kind = Kind::frame, .sentence = "series, minute, value"},
                {.name = "verdict", .kind = Kind::frame, .sentence = "one row"}},
    .parameters = canary_parameters(),
    .run = run_serve_canary,
}};

}  // namespace
}  // namespace rehearse::steps
