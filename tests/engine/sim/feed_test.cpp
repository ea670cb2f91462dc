// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/base/random.hpp"
#include "engine/sim/feed_return.hpp"
#include "engine/sim/feed_session.hpp"
#include "engine/sim/feed_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

FeedOptions small_feed() {
  FeedOptions options;
  options.users = 40, options.days = 14, options.posts = 30, options.seed = 5;
  return options;
}

FeedOutcome outcome_of(const FeedOptions& options, const FeedPolicy& policy) {
  const auto world = feed_world(options);
  REQUIRE(world);
  auto outcome = expect_feed(**world, policy);
  INFO((outcome ? "" : outcome.error().message));
  REQUIRE(outcome);
  return *outcome;
}

// All ways in which 2^days visits can come out, for sessions that are given by day.
double visits_by_paths(const ReturnLaw& law, const std::vector<double>& sessions) {
  double expected = 0;
  for (unsigned path = 0; path < 1U << sessions.size(); ++path) {
    double chance = 1, s = 0, visits = 0;
    for (std::size_t d = 0; d < sessions.size(); ++d) {
      const double p = law.probability(s);
      if ((path >> d & 1U) != 0)
        chance *= p, visits += 1, s = law.after(s, sessions[d]);
      else
        chance *= 1 - p;
    }
    expected += chance * visits;
  }
  return expected;
}

// With one s for all days satisfaction is s (1 - (1 - memory)^n) after n visits.
double visits_by_counts(const ReturnLaw& law, double session, std::size_t days) {
  std::vector<double> chance(days + 1, 0);
  chance[0] = 1;
  double expected = 0;
  for (std::size_t d = 0; d < days; ++d)
    for (std::size_t n = d + 1; n-- > 0;) {
      const double s = session * (1 - std::pow(1 - law.memory, static_cast<double>(n)));
      const double comes = chance[n] * law.probability(s);
      expected += comes;
      chance[n] -= comes, chance[n + 1] += comes;
    }
  return expected;
}

double visits_by_grid(const ReturnLaw& law, const std::vector<double>& sessions) {
  const ReturnGrid grid(law);
  ReturnForward forward(grid);
  double expected = 0;
  for (const double s : sessions) {
    expected += forward.visit_probability();
    forward.advance(std::vector<SessionChance>{{1, s}});
  }
  return expected;
}

double sum_of(const Frame& frame, const char* column) {
  double sum = 0;
  for (const double value : frame.find(column)->numbers()) sum += value;
  return sum;
}

}  // namespace

TEST_CASE("feed: expected visits are those of the closed form for one kind of session") {
  for (const double session : {-0.9, -0.2, 0.0, 0.4, 0.95})
    for (const double memory : {0.05, 0.15, 0.6}) {
      const ReturnLaw law{memory, 0.5, 2};
      CAPTURE(session, memory);
      CHECK(visits_by_grid(law, std::vector<double>(28, session)) ==
            Approx(visits_by_counts(law, session, 28)).epsilon(0.001));
    }
}

TEST_CASE("feed: expected visits are those of all ways that two weeks can go") {
  const ReturnLaw law{0.3, 0.4, 3};
  Stream stream(3, "test.sessions");
  std::vector<double> sessions;
  for (int d = 0; d < 14; ++d) sessions.push_back(stream.uniform(-1, 1));
  CHECK(visits_by_grid(law, sessions) == Approx(visits_by_paths(law, sessions)).epsilon(0.001));
}

TEST_CASE("feed: of several kinds of session each moves its share") {
  const ReturnLaw law{1, 0.5, 2};  // forgets: after a visit S is what that session gave
  const ReturnGrid grid(law);
  ReturnForward forward(grid);
  forward.advance(std::vector<SessionChance>{{0.25, 0.5}, {0.75, -0.5}});
  const double expected =
      0.5 * 0.5 + 0.5 * (0.25 * law.probability(0.5) + 0.75 * law.probability(-0.5));
  CHECK(forward.visit_probability() == Approx(expected));
  CHECK(forward.mean_satisfaction() == Approx(0.5 * (0.25 * 0.5 - 0.75 * 0.5)));
}

TEST_CASE("feed: a session of two places is what its definition says") {
  FeedOptions o;
  o.patience = 0.8, o.boredom = 0.5, o.impatience = 0.2;
  FeedPosts posts;
  posts.topic = {1, 1}, posts.creator = {9, 9};
  posts.click_odds = {0.25F, 0.5F}, posts.finish_odds = {2, 1}, posts.minutes = {3, 1};
  posts.report = {0, 0.01F}, posts.age_days = posts.fresh = {0, 0};
  TopicNumbers taste{};
  taste[1] = std::log(4);
  const std::uint32_t list[] = {0, 1};
  const FeedSession s = feed_session(o, posts, FeedReader(taste), list, 50);
  const double c0 = 0.5, f0 = 4.0 / 5, e0 = 4 * c0 * (2 * f0 - 1);
  const double q0 = 1 / (1 + std::exp(-std::log(4) - e0 / 4));
  const double c1 = 2.0 / 3, odds = 2 * std::exp(-0.5), f1 = odds / (1 + odds),
               e1 = 4 * c1 * (2 * f1 - 1) - 10 * 0.01;
  CHECK(s.places[1].looked_at == Approx(q0));
  CHECK(s.clicks == Approx(c0 + q0 * c1));
  CHECK(s.minutes == Approx(c0 * f0 * 3 + q0 * c1 * f1));
  CHECK(s.reports == Approx(q0 * 0.01));
  CHECK(s.shown == Approx(1 + q0));
  CHECK(s.satisfaction == Approx(std::tanh(e0 + q0 * e1 - 0.1)));
  CHECK(s.topics[1] == Approx(1 + q0));
}

TEST_CASE("feed: what happens is what was to be expected, user by user") {
  FeedOptions options = small_feed();
  options.mood = 0.5;
  FeedPolicy policy;
  policy.dwell = 1, policy.candidates = 15, policy.learns = 1, policy.explore = 0.1;
  policy.cached = 0.3, policy.fallback = 0.2, policy.wait_ms = 40, policy.diversity = 0.1;
  const auto world = feed_world(options);
  REQUIRE(world);
  constexpr int kRepeats = 60;
  double visits = 0, clicks = 0, minutes = 0, reports = 0, shown = 0, square = 0;
  Frame last;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    options.replicate = static_cast<std::uint64_t>(repeat);
    const auto again = feed_world(options);
    const auto rows = simulate_feed(**again, policy);
    REQUIRE(rows);
    last = rows->users;
    visits += sum_of(last, "visits") / kRepeats, clicks += sum_of(last, "clicks") / kRepeats;
    square += std::pow(sum_of(last, "clicks"), 2) / kRepeats;
    minutes += sum_of(last, "minutes") / kRepeats, reports += sum_of(last, "reports") / kRepeats;
    shown += sum_of(last, "shown") / kRepeats;
    CHECK(sum_of(rows->log, "click") == sum_of(last, "clicks"));
    CHECK(sum_of(rows->log, "seen") == sum_of(last, "shown"));
  }
  const double se = std::sqrt((square - clicks * clicks) / kRepeats);
  CHECK(clicks == Approx(sum_of(last, "expected_clicks")).margin(4 * se));
  CHECK(visits == Approx(sum_of(last, "expected_visits")).epsilon(0.02));
  CHECK(minutes == Approx(sum_of(last, "expected_minutes")).epsilon(0.04));
  CHECK(shown == Approx(sum_of(last, "expected_shown")).epsilon(0.02));
  CHECK(reports == Approx(sum_of(last, "expected_reports")).epsilon(0.2));
}

TEST_CASE("feed: what wins on clicks in the first days loses the month") {
  FeedOptions options = small_feed();
  options.days = 28, options.users = 60, options.posts = 60;
  FeedPolicy clicks, worth;
  worth.dwell = 2, worth.report = 40;
  const FeedOutcome greedy = outcome_of(options, clicks), patient = outcome_of(options, worth);
  CHECK(greedy.days[0].clicks > 1.1 * patient.days[0].clicks);
  CHECK(greedy.days[27].clicks < 0.8 * patient.days[27].clicks);
  CHECK(greedy.mean().clicks < patient.mean().clicks);
  CHECK(greedy.mean().return_probability < patient.mean().return_probability - 0.1);
}

TEST_CASE("feed: without loyalty everybody comes as often, whatever is shown") {
  FeedOptions options = small_feed();
  options.loyalty = 0, options.returns = 0.3;
  for (const FeedDay& day : outcome_of(options, {}).days) CHECK(day.visits == Approx(0.3));
}

TEST_CASE("feed: bait that disappoints more brings fewer back, worse predictions too") {
  double last = 1;
  for (const double disappoints : {0.0, 0.5, 1.0, 2.0}) {
    FeedOptions options = small_feed();
    options.disappoints = disappoints;
    const double returns = outcome_of(options, {}).mean().return_probability;
    CHECK(returns < last);
    last = returns;
  }
  FeedPolicy policy;
  policy.click = 0.2, policy.dwell = 1.5;
  double minutes = 1e9;
  for (const double noise : {0.0, 0.7, 1.5, 4.0}) {
    policy.noise = noise;
    const double now = outcome_of(small_feed(), policy).mean().minutes;
    CHECK(now < minutes);
    minutes = now;
  }
}

TEST_CASE("feed: more candidates never hurt a ranker without errors by its own measure") {
  FeedOptions options = small_feed();
  options.loyalty = 0, options.boredom = 0, options.places = 1;
  FeedPolicy policy;
  policy.noise = 0, policy.knows = 1;
  double clicks = 0;
  for (const int candidates : {1, 3, 10, 30}) {
    policy.candidates = candidates;
    const double now = outcome_of(options, policy).mean().clicks;
    CHECK(now > clicks);
    clicks = now;
  }
  policy.candidates = 0;
  CHECK(outcome_of(options, policy).mean().clicks == Approx(clicks));  // 30 are all
}

TEST_CASE("feed: learning from what is shown narrows the feed, exploring widens it") {
  FeedOptions options = small_feed();
  options.days = 28, options.users = 80;
  FeedPolicy policy;
  policy.knows = 0, policy.noise = 0.1;
  const double unlearned = outcome_of(options, policy).mean().clicks;
  policy.learns = 5;
  const FeedOutcome narrow = outcome_of(options, policy);
  CHECK(narrow.mean().clicks > unlearned);
  policy.explore = 0.3;
  CHECK(outcome_of(options, policy).days[27].topics > narrow.days[27].topics);
}

TEST_CASE("feed: stale session signals, old lists and waiting cost what they should") {
  FeedOptions options = small_feed();
  options.mood = 1, options.stale = 1;
  FeedPolicy fresh;
  fresh.click = 0.3, fresh.dwell = 1;
  FeedPolicy deaf = fresh, old = fresh, popular = fresh, slow = fresh, far = fresh;
  far.pool_hours = 24;
  deaf.signal_minutes = 1e5, old.cached = 1, old.list_hours = 24, popular.fallback = 1;
  slow.wait_ms = 300;
  const double best = outcome_of(options, fresh).mean().visits;
  const double without_mood = outcome_of(options, deaf).mean().visits;
  CHECK(without_mood < best);
  CHECK(outcome_of(options, old).mean().visits < without_mood);
  CHECK(outcome_of(options, popular).mean().visits < without_mood);
  CHECK(outcome_of(options, slow).mean().visits < best);
  CHECK(outcome_of(options, far).mean().visits < best);
}

TEST_CASE("feed: two policies meet the same people; the same seed gives the same bytes") {
  const auto world = feed_world(small_feed());
  const auto first = simulate_feed(**world, {});
  const auto second = simulate_feed(**world, {});
  REQUIRE((first && second));
  CHECK(first->users.hash() == second->users.hash());
  CHECK(first->log.hash() == second->log.hash());
  CHECK(first->daily.find("visits")->number(0) == Approx(0.5));
  const std::size_t mean_clicks = 30 * 40;
  double clicks = 0;
  for (std::size_t u = 0; u < 40; ++u)
    for (std::uint32_t k = 0; k < 30; ++k) {
      const std::uint32_t list[] = {k};
      clicks +=
          feed_session(small_feed(), (*world)->posts(0), FeedReader((*world)->taste(u)), list, 0)
              .clicks;
    }
  CHECK(clicks / static_cast<double>(mean_clicks) == Approx(0.12).margin(0.03));
}

TEST_CASE("feed: what is out of its range is named, a stop is heard") {
  FeedOptions options = small_feed();
  options.memory = 0;
  CHECK(feed_world(options).error().message.find("memory is 0") == 0);
  options = small_feed();
  options.users = 5000, options.posts = 2000;
  CHECK(feed_world(options).error().code == Code::limit);
  const auto world = feed_world(small_feed());
  FeedPolicy policy;
  policy.candidates = 31;
  CHECK(expect_feed(**world, policy).error().message.find("policy: candidates is 31") == 0);
  policy = {.cached = 0.7, .fallback = 0.7};
  CHECK(expect_feed(**world, policy).error().message.find("more than all") != std::string::npos);
  policy = {.noise = std::nan("")};
  CHECK(expect_feed(**world, policy).error().message.find("noise is nan") != std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  CHECK(expect_feed(**world, {}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}
