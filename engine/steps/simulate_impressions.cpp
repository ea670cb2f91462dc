// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// An effect that is not given is as the world has it.
void set_site_effect(const StepCall& call, const char* name, double& value) {
  if (call.given(name)) value = call.number(name);
}

void set_site_effects(const StepCall& call, sim::SiteOptions& o) {
  set_site_effect(call, "session_correlation", o.effects.session_correlation);
  set_site_effect(call, "user_spread", o.effects.user_spread);
  set_site_effect(call, "community_spread", o.effects.community_spread);
  set_site_effect(call, "seasonality", o.effects.seasonality);
  set_site_effect(call, "fatigue", o.effects.fatigue);
  set_site_effect(call, "new_users_per_day", o.effects.new_users_per_day);
  set_site_effect(call, "new_communities_per_day", o.effects.new_communities_per_day);
  set_site_effect(call, "miscalibration", o.effects.miscalibration);
}

// What is named in words.
Result<void> set_site_names(const StepCall& call, sim::SiteOptions& o) {
  auto segment = sim::parse_segment(call.text("miscalibration_by"));
  if (!segment) return fail(segment.error());
  o.effects.segment = *segment;
  if (call.given("delay")) {
    auto law = sim::parse_delay_law(call.text("delay"));
    if (!law) return fail(law.error());
    o.delay.law = *law;
  }
  auto mechanism = sim::parse_mechanism(call.text("missing"));
  if (!mechanism) return fail(mechanism.error());
  o.missing = {*mechanism, call.number("missing_rate"), call.text("missing_column")};
  auto leaks = sim::Leaks::of(call.texts("leaks"), call.number("leak_strength"));
  if (!leaks) return fail(leaks.error());
  o.leaks = *leaks;
  auto outcomes = sim::OutcomeSet::of(call.texts("outcomes"));
  if (!outcomes) return fail(outcomes.error());
  o.outcomes = *outcomes;
  auto columns = sim::ExtraSet::of(call.texts("columns"));
  if (!columns) return fail(columns.error());
  o.columns = *columns;
  return {};
}

Result<void> set_site_drift(const StepCall& call, sim::Drift& drift) {
  auto kind = sim::parse_drift(call.text("drift"));
  if (!kind) return fail(kind.error());
  auto breakage = sim::parse_breakage(call.text("breakage"));
  if (!breakage) return fail(breakage.error());
  drift = {*kind, static_cast<int>(call.integer("drift_day")), call.number("drift_strength"),
           call.text("drift_column"), *breakage};
  return {};
}

Result<Outputs> run_simulate_impressions(const StepCall& call, const StepContext& context) {
  sim::SiteOptions options = call.text("world") == "real" ? sim::real_site() : sim::SiteOptions();
  options.users = static_cast<int>(call.integer("users"));
  options.communities = static_cast<int>(call.integer("communities"));
  options.posts_per_day = static_cast<int>(call.integer("posts_per_day"));
  options.days = static_cast<int>(call.integer("days"));
  options.base_ctr = call.number("base_ctr");
  options.position_bias = call.number("position_bias");
  options.slate_size = static_cast<int>(call.integer("slate_size"));
  options.sessions_per_day = call.number("sessions_per_day");
  options.ranker_noise = call.number("ranker_noise");
  options.random_slates = call.number("random_slates");
  options.delay.hours = call.number("click_delay_hours");
  options.delay.share_slow = call.number("share_slow");
  options.delay.slow_hours = call.number("slow_hours");
  options.seed = context.seed, options.replicate = context.replicate;
  set_site_effects(call, options);
  if (auto fine = set_site_names(call, options); !fine) return fail(fine.error());
  if (auto fine = set_site_drift(call, options.drift); !fine) return fail(fine.error());
  return one(sim::simulate_impressions(options, context.progress, context.threads));
}

plan::Parameter site_number(const char* name, double initial, double low, double high,
                            const char* sentence, const char* unit = "") {
  return {.name = name,
          .initial = initial,
          .low = low,
          .high = high,
          .unit = unit,
          .sentence = sentence};
}

plan::Parameter site_integer(const char* name, std::int64_t initial, double low, double high,
                             const char* sentence, const char* unit = "") {
  return {.name = name,
          .type = ParameterType::integer,
          .initial = initial,
          .low = low,
          .high = high,
          .unit = unit,
          .sentence = sentence};
}

plan::Parameter site_choice(const char* name, std::vector<std::string> choices,
                            const char* sentence) {
  return {.name = name,
          .type = ParameterType::choice,
          .initial = choices.front(),
          .choices = choices,
          .sentence = sentence};
}

plan::Parameter site_effect(const char* name, double high, const char* sentence,
                            const char* unit = "log-odds") {
  return {
      .name = name, .low = 0, .high = high, .unit = unit, .sentence = sentence, .optional = true};
}

plan::Parameter site_names(const char* name, const char* sentence) {
  return {.name = name,
          .type = ParameterType::texts,
          .initial = std::vector<std::string>(),
          .sentence = sentence};
}

plan::Parameter site_text(const char* name, const char* initial, const char* sentence) {
  return {.name = name,
          .type = ParameterType::text,
          .initial = std::string(initial),
          .sentence = sentence};
}

std::vector<plan::Parameter> site_plain() {
  return {site_integer("users", 5000, 10, 200000, "people on the site"),
          site_integer("communities", 60, 2, 2000, "communities they belong to"),
          site_integer("posts_per_day", 400, 20, 20000, "new posts a day", "posts"),
          site_integer("days", 28, 1, 366, "length of the log", "days"),
          site_number("base_ctr", 0.03, 0.0005, 0.3, "mean click probability without drift"),
          site_number("position_bias", 0.6, 0, 2,
                      "exponent of the examination curve; 0: every position is looked at"),
          site_integer("slate_size", 6, 1, 12, "impressions a session"),
          site_number("sessions_per_day", 0.25, 0.01, 2, "mean sessions of a user a day"),
          site_number("ranker_noise", 0.7, 0, 10,
                      "noise of the logging ranker beside its signal of 0.6"),
          site_number("random_slates", 0, 0, 1, "share of slates in random order")};
}

std::vector<plan::Parameter> site_effects() {
  return {
      site_choice(
          "world", {"plain", "real"},
          "plain: the effects below are off unless given; real: as a large site shows them"),
      {.name = "delay",
       .type = ParameterType::choice,
       .choices = {"weibull", "mixture"},
       .sentence = "law of a click's delay (plain: weibull of shape 0.6, real: mixture of two "
                   "exponentials)",
       .optional = true},
      site_number("click_delay_hours", 6, 0.01, 240,
                  "mean delay of a click's arrival (mixture: of the "
                  "fast ones)",
                  "hours"),
      site_number("share_slow", 0.2, 0, 1, "mixture: share of clicks that arrive slowly"),
      site_number("slow_hours", 48, 0.01, 2000, "mixture: mean delay of those", "hours"),
      site_effect("session_correlation", 0.9,
                  "intraclass correlation of a session's clicks on the latent scale (real: 0.1)",
                  ""),
      site_effect("user_spread", 3, "standard deviation between users (real: 0.5)"),
      site_effect("community_spread", 3, "standard deviation between communities (real: 0.4)"),
      site_effect(
          "seasonality", 3,
          "1: an evening peak of ±0.3 log-odds, weekends 0.28 above weekdays with a fifth less "
          "traffic (real: 1); brings the column weekday",
          ""),
      site_effect(
          "fatigue", 2,
          "lost for each e-fold of earlier impressions of the community, halved every three days "
          "(real: 0.15); brings recent_seen"),
      site_effect("new_users_per_day", 0.5,
                  "users entering a day, as a share of the first ones (real: 0.01); brings "
                  "user_age_days",
                  ""),
      site_effect("new_communities_per_day", 0.5,
                  "communities entering a day, as a share of the first ones (real: 0.005); brings "
                  "community_age_days",
                  ""),
      site_effect(
          "miscalibration", 3,
          "offset of a segment's levels, evenly from plus to minus this (real: 0.25); by surface "
          "it brings the column surface"),
      site_choice("miscalibration_by", {"surface", "platform", "country"},
                  "the segment whose levels are offset")};
}

std::vector<plan::Parameter> site_table() {
  return {
      site_names(
          "outcomes",
          "further labels with their truth: dwell_seconds, vote, comments, subscribe, report"),
      site_names(
          "columns",
          "further columns: surface, weekday, user_age_days, community_age_days, recent_seen, and "
          "as truth examination, attraction, user_effect, community_effect, session_effect, "
          "season_effect, fatigue_effect, segment_offset, click_delay_hours"),
      site_names("leaks",
                 "columns that know the outcome: after_outcome (open_seconds), id (record_id)"),
      site_number("leak_strength", 0.9, 0, 1, "share of rows whose leak follows their click"),
      site_choice(
          "missing", {"none", "mcar", "mar", "mnar"},
          "values of missing_column that are missing: at random, by how active the user is, by "
          "the value itself"),
      site_number("missing_rate", 0.2, 0, 0.9, "share of them"),
      site_text("missing_column", "affinity",
                "the column; its values stay as truth in <column>_true"),
      site_choice("drift", {"none", "audience", "concept", "broken-feature"}, "what changes"),
      site_integer("drift_day", 17, 0, 366, "its first day", "days"),
      site_number("drift_strength", 0.7, 0, 1, "how much of it"),
      site_text("drift_column", "user_tenure_days", "the feature that breaks"),
      {.name = "breakage",
       .type = ParameterType::choice,
       .initial = std::string("scaled"),
       .choices = {"null", "scaled", "stale", "casing"},
       .sentence = "how it breaks"}};
}

std::vector<plan::Parameter> site_parameters() {
  std::vector<plan::Parameter> all = site_plain();
  for (auto* list : {&site_effects, &site_table})
    for (plan::Parameter& one : (*list)()) all.push_back(std::move(one));
  return all;
}

const StepRegistration kSimulateImpressions{{
    .name = "simulate.impressions",
    .version = 2,
    .sentence = "Simulate the community site and log what it showed and what was clicked.",
    .example = "simulate.impressions { users = 5000, days = 28, base_ctr = 0.03 }",
    .outputs = {{.name = "log", .kind = Kind::frame, .sentence = "one row an impression"}},
    .parameters = site_parameters(),
    .run = run_simulate_impressions,
}};

}  // namespace
}  // namespace rehearse::steps
