// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/feed_call.hpp"

#include <algorithm>

namespace rehearse::steps {
namespace {

constexpr std::size_t kWeek = 7;

Result<double> served_share(const Frame& served, const char* column) {
  auto found = served.require(column);
  if (!found) return fail(found.error());
  if (served.rows() == 0)
    return fail(Code::bad_data, "the table `served` is empty; hand on the report of serve.path");
  const double value = (*found)->number(0);
  if (!(value >= 0))
    return fail(Code::bad_data,
                "`{}` of what is served is not known: the line grows for ever; give a deadline, "
                "more servers or less work",
                column);
  return value;
}

}  // namespace

std::vector<plan::Parameter> feed_world_parameters() {
  return {
      integer_parameter("users", 120, 1, 5000, "users of the site"),
      integer_parameter("days", 28, 1, 120, "days simulated"),
      integer_parameter("posts", 60, 2, 2000, "posts that are new on a day"),
      integer_parameter("creators", 40, 1, 500, "who make them, each about one topic"),
      integer_parameter("places", 10, 1, 50, "places of a list"),
      number_parameter("base_click", 0.12, 1e-6, 0.5, "mean chance of a click over all posts"),
      number_parameter("taste", 1, 0, 3, "how much users differ in topics, in log-odds"),
      number_parameter("mood", 0, 0, 3, "how much a user's days differ in topics, in log-odds"),
      number_parameter("quality", 0.8, 0, 3, "what quality adds to finishing, in log-odds"),
      number_parameter("bait", 0.8, 0, 3, "what bait adds to a click, in log-odds"),
      number_parameter("disappoints", 0.8, 0, 3, "what bait takes from finishing, in log-odds"),
      number_parameter("stale", 0.4, 0, 3, "what a day of age takes from finishing, in log-odds"),
      number_parameter("boredom", 0.4, 0, 3,
                       "what each earlier post of the creator takes from finishing, in log-odds"),
      number_parameter("reports", 0.004, 0, 0.2, "mean chance that a post is reported"),
      number_parameter("patience", 0.8, 0.01, 0.99, "chance to go on after an indifferent post"),
      number_parameter("memory", 0.08, 1e-6, 1, "share of satisfaction that a session replaces"),
      number_parameter("returns", 0.5, 0.01, 0.99, "chance of a visit a day, at first"),
      number_parameter("loyalty", 2, 0, 8, "what satisfaction adds to a return, in log-odds"),
      number_parameter("impatience", 0.2, 0, 5, "what 100 ms of waiting take from a session")};
}

sim::FeedOptions feed_options(const StepCall& call, const StepContext& context) {
  sim::FeedOptions o;
  const auto whole = [&call](const char* name) { return static_cast<int>(call.integer(name)); };
  o.users = whole("users"), o.days = whole("days"), o.posts = whole("posts");
  o.creators = whole("creators"), o.places = whole("places");
  o.base_click = call.number("base_click");
  o.taste = call.number("taste"), o.mood = call.number("mood");
  o.quality = call.number("quality"), o.bait = call.number("bait");
  o.disappoints = call.number("disappoints"), o.stale = call.number("stale");
  o.boredom = call.number("boredom"), o.reports = call.number("reports");
  o.patience = call.number("patience"), o.memory = call.number("memory");
  o.returns = call.number("returns"), o.loyalty = call.number("loyalty");
  o.impatience = call.number("impatience");
  o.seed = context.seed, o.replicate = context.replicate;
  return o;
}

std::vector<plan::Parameter> feed_policy_parameters() {
  return {
      text_parameter("name", "policy", "what the policy is called"),
      number_parameter("click", 1, 0, 1000, "worth of a click, the unit of the others"),
      number_parameter("dwell", 0, 0, 1000, "worth of a minute watched, in clicks"),
      number_parameter("report", 0, 0, 1000, "what a report costs, in clicks"),
      number_parameter("fresh", 0, 0, 1000, "worth of a post of this moment, in clicks"),
      number_parameter("diversity", 0, 0, 1000,
                       "what each earlier post of the creator costs, in clicks"),
      number_parameter("explore", 0, 0, 1, "share of places that any candidate gets"),
      integer_parameter("candidates", 0, 0, 2000, "that the first stage hands on; 0: all posts"),
      number_parameter("retrieval_noise", 1, 0, 5, "errors of the first stage, sd in log-odds"),
      number_parameter("noise", 0.3, 0, 5, "errors of the ranker, sd in log-odds"),
      number_parameter("knows", 0.7, 0, 1, "how well taste is known at first (a correlation)"),
      number_parameter("learns", 0, 0, 100,
                       "how fast what was shown corrects what is believed of taste"),
      number_parameter("signal_minutes", 0, 0, 1e6, "age of the signals of a session", "minutes"),
      number_parameter("pool_hours", 0, 0, 48, "age of the pool that the ranker has", "hours"),
      number_parameter("cached", 0, 0, 1, "share of requests answered by a list made beforehand"),
      number_parameter("list_hours", 6, 0, 48, "age of such a list", "hours"),
      number_parameter("fallback", 0, 0, 1, "share answered by what most people open"),
      number_parameter("wait_ms", 0, 0, 60000, "mean wait for a list", "ms")};
}

plan::Port served_port() {
  return {.name = "served",
          .kind = Kind::frame,
          .sentence =
              "a report of serve.path, in place of cached, fallback and wait_ms; its p99 and "
              "cost stand in the summary",
          .optional = true,
          .named = true};
}

Result<sim::FeedPolicy> feed_policy(const StepCall& call) {
  sim::FeedPolicy p;
  p.name = call.text("name");
  p.click = call.number("click"), p.dwell = call.number("dwell");
  p.report = call.number("report"), p.fresh = call.number("fresh");
  p.diversity = call.number("diversity"), p.explore = call.number("explore");
  p.candidates = static_cast<int>(call.integer("candidates"));
  p.retrieval_noise = call.number("retrieval_noise"), p.noise = call.number("noise");
  p.knows = call.number("knows"), p.learns = call.number("learns");
  p.signal_minutes = call.number("signal_minutes"), p.pool_hours = call.number("pool_hours");
  p.list_hours = call.number("list_hours");
  p.cached = call.number("cached"), p.fallback = call.number("fallback");
  p.wait_ms = call.number("wait_ms");
  if (!call.has("served")) return p;
  const Frame& served = call.input("served")->as_frame();
  for (auto [column, field] : {std::pair{"cached", &p.cached}, std::pair{"fallback", &p.fallback},
                               std::pair{"mean_ms", &p.wait_ms}}) {
    auto value = served_share(served, column);
    if (!value) return fail(value.error());
    *field = *value;
  }
  return p;
}

void FeedSummary::add(const sim::FeedPolicy& policy, const sim::FeedOutcome& outcome) {
  const sim::FeedUser mean = outcome.mean();
  double first_week = 0;
  for (std::size_t d = 0; d < std::min(kWeek, outcome.days.size()); ++d)
    first_week += outcome.days[d].clicks;
  policy_.push_back(policy.name), first_week_.push_back(first_week);
  clicks_.push_back(mean.clicks), minutes_.push_back(mean.minutes);
  reports_.push_back(1000 * mean.reports / mean.shown), visits_.push_back(mean.visits);
  returns_.push_back(mean.return_probability), depth_.push_back(mean.shown / mean.visits);
  topics_.push_back(outcome.days.back().topics);
}

Frame::Builder FeedSummary::build() && {
  const ColumnInfo truth{.role = Role::truth};
  Frame::Builder b;
  b.add("policy", policy_);
  b.add("clicks_first_week", std::move(first_week_), truth);
  b.add("clicks", std::move(clicks_), truth).add("minutes", std::move(minutes_), truth);
  b.add("reports_per_1000", std::move(reports_), truth);
  b.add("visits", std::move(visits_), truth);
  b.add("return_probability", std::move(returns_), truth);
  b.add("depth", std::move(depth_), truth).add("topics", std::move(topics_), truth);
  return b;
}

}  // namespace rehearse::steps
