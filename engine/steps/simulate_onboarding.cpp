// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<void> read_choices(sim::OnboardingOptions& o, const StepCall& call) {
  const auto read = [](auto parsed, auto& into) -> Result<void> {
    if (!parsed) return fail(parsed.error());
    into = *parsed;
    return {};
  };
  if (auto r = read(sim::parse_unit(call.text("unit")), o.unit); !r) return r;
  if (auto r = read(sim::parse_dealing(call.text("dealing")), o.dealing); !r) return r;
  if (auto r = read(sim::parse_where(call.text("where")), o.where); !r) return r;
  if (auto r = read(sim::parse_trait(call.text("segment")), o.segment); !r) return r;
  if (call.texts("columns").empty()) return {};
  return read(sim::parse_onboarding_columns(call.texts("columns")), o.columns);
}

Result<Outputs> run_simulate_onboarding(const StepCall& call, const StepContext& context) {
  sim::OnboardingOptions o;
  o.users = static_cast<int>(call.integer("users"));
  o.days = static_cast<int>(call.integer("days"));
  o.communities = static_cast<int>(call.integer("communities"));
  o.salt = call.text("salt"), o.segment_level = call.text("segment_level");
  o.truth = call.boolean("truth");
  if (auto fine = read_choices(o, call); !fine) return fail(fine.error());
  const std::pair<const char*, double*> numbers[] = {{"activation", &o.activation},
                                                     {"prior_correlation", &o.prior_correlation},
                                                     {"segment_spread", &o.segment_spread},
                                                     {"community_spread", &o.community_spread},
                                                     {"share", &o.share},
                                                     {"effect", &o.effect},
                                                     {"signed_up_effect", &o.signed_up_effect},
                                                     {"topics_effect", &o.topics_effect},
                                                     {"joined_effect", &o.joined_effect},
                                                     {"segment_effect", &o.segment_effect},
                                                     {"sessions_effect", &o.sessions_effect},
                                                     {"messages_effect", &o.messages_effect},
                                                     {"abuse_rate", &o.abuse_rate},
                                                     {"abuse_effect", &o.abuse_effect},
                                                     {"retention", &o.retention},
                                                     {"retention_effect", &o.retention_effect},
                                                     {"added_ms", &o.added_ms},
                                                     {"latency_cost", &o.latency_cost},
                                                     {"compliance", &o.compliance},
                                                     {"compliance_tilt", &o.compliance_tilt},
                                                     {"contamination", &o.contamination},
                                                     {"attrition", &o.attrition},
                                                     {"attrition_effect", &o.attrition_effect},
                                                     {"attrition_tilt", &o.attrition_tilt},
                                                     {"spillover", &o.spillover},
                                                     {"leak", &o.leak},
                                                     {"invites", &o.invites},
                                                     {"lost_treatment", &o.lost_treatment},
                                                     {"lost_control", &o.lost_control},
                                                     {"parity_fault", &o.parity_fault}};
  for (const auto& [name, into] : numbers) *into = call.number(name);
  o.seed = context.seed, o.replicate = context.replicate;
  return one(sim::simulate_onboarding(o, context.progress, context.threads));
}

plan::Parameter onboarding_text(const char* name, const char* initial, const char* sentence) {
  return {.name = name,
          .type = ParameterType::text,
          .initial = std::string(initial),
          .sentence = sentence};
}

std::vector<plan::Parameter> people_parameters() {
  return {
      integer_parameter("users", 5000, 10, 5e6, "newcomers who land in all"),
      integer_parameter("days", 14, 1, 366, "days over which they land"),
      integer_parameter("communities", 100, 2, 1e5, "communities that they land in"),
      number_parameter("activation", 0.25, 0.01, 0.9, "mean probability of activation in control"),
      number_parameter("prior_correlation", 0.6, 0, 0.99,
                       "how well what is known before assignment tells a user's engagement"),
      number_parameter("segment_spread", 1, 0, 5,
                       "times the differences between platforms, countries, sources, devices"),
      number_parameter("community_spread", 0.3, 0, 3, "standard deviation between communities",
                       "log-odds"),
      number_parameter("share", 0.5, 0, 1, "share of the units in treatment"),
      onboarding_text("salt", "onboarding", "of the hash that deals the arms"),
      choice_parameter("unit", "user", {"user", "community"}, "what is dealt an arm"),
      choice_parameter("dealing", "hash", {"hash", "blocked"},
                       "each by its hash, or in turn within platform, country and source")};
}

std::vector<plan::Parameter> effect_parameters() {
  return {
      number_parameter("effect", 0.02, -0.5, 0.5, "points of activation that exposure adds"),
      choice_parameter("where", "everywhere",
                       {"everywhere", "signed_up", "topics", "joined", "acted"},
                       "the stage of the funnel where it adds them"),
      number_parameter("signed_up_effect", 0, -0.5, 0.5,
                       "points more who sign up and go no further"),
      number_parameter("topics_effect", 0, -0.5, 0.5,
                       "points more who choose topics and go no further"),
      number_parameter("joined_effect", 0, -0.5, 0.5,
                       "points more who join a community and go no further"),
      choice_parameter("segment", "none", {"none", "platform", "country", "source", "device"},
                       "the trait whose level answers differently"),
      onboarding_text("segment_level", "", "that level (\"mobile\", \"ads\", …)"),
      number_parameter("segment_effect", 0, -0.5, 0.5, "points added for that level"),
      number_parameter("sessions_effect", 0, -0.9, 5, "relative change of sessions"),
      number_parameter("messages_effect", 0, -0.9, 5, "relative change of messages a session"),
      number_parameter("abuse_rate", 0.01, 0, 0.2, "abuse reports a message in control"),
      number_parameter("abuse_effect", 0, -0.2, 0.2, "added to that rate"),
      number_parameter("retention", 0.15, 0.01, 0.9, "mean share retained after 28 days"),
      number_parameter("retention_effect", 0, -0.5, 0.5, "points of retention that exposure adds"),
      number_parameter("added_ms", 0, 0, 5000, "latency that the treatment adds", "ms"),
      number_parameter("latency_cost", 0, 0, 0.2,
                       "points of activation lost per 100 ms on a medium device")};
}

std::vector<plan::Parameter> fault_parameters() {
  return {
      number_parameter("compliance", 1, 0, 1,
                       "probability that an average user in treatment is exposed at all"),
      number_parameter("compliance_tilt", 0, -3, 3,
                       "how much more the engaged are, in log-odds per unit of engagement"),
      number_parameter("contamination", 0, 0, 1,
                       "share of these who would be exposed in control too"),
      number_parameter("attrition", 0, 0, 0.9, "share of users whose later outcomes are missing"),
      number_parameter("attrition_effect", 0, -0.9, 0.9, "added to it in treatment"),
      number_parameter("attrition_tilt", 0, -3, 3, "above 0 the less engaged are lost"),
      number_parameter("spillover", 0, -0.5, 0.5,
                       "points of activation where all of a user's peers are exposed"),
      number_parameter("leak", 0, 0, 1, "share of a user's peers outside the community"),
      number_parameter("invites", 0, 0, 1, "share whose only peer is the user who invited them"),
      number_parameter("lost_treatment", 0, 0, 0.5,
                       "share of the treatment's log lines that are lost, the least engaged first"),
      number_parameter("lost_control", 0, 0, 0.5, "the same of control's"),
      number_parameter("parity_fault", 0, 0, 1,
                       "share of users for whom the feature is 0 online and the treatment useless"),
      {.name = "columns",
       .type = ParameterType::texts,
       .initial = std::vector<std::string>{},
       .sentence = "those wanted beside user_id, arm and activated; none named: all"},
      {.name = "truth",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "keep what is known because the site is simulated"}};
}

std::vector<plan::Parameter> onboarding_parameters() {
  std::vector<plan::Parameter> all = people_parameters();
  for (auto group : {effect_parameters(), fault_parameters()})
    for (plan::Parameter& one : group) all.push_back(std::move(one));
  return all;
}

const StepRegistration kSimulateOnboarding{{
    .name = "simulate.onboarding",
    .sentence = "Newcomers pass the onboarding funnel, in two arms, with both potential outcomes "
                "known.",
    .example = "simulate.onboarding { users = 20000, effect = 0.02, share = 0.5 }",
    .outputs = {{.name = "log", .kind = Kind::frame, .sentence = "a row a user"}},
    .parameters = onboarding_parameters(),
    .run = run_simulate_onboarding,
}};

}  // namespace
}  // namespace rehearse::steps
