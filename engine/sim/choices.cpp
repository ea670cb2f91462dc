// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/choices.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/sim/mean_rate.hpp"
#include "engine/sim/names.hpp"
#include "engine/sim/population.hpp"

namespace rehearse::sim {
namespace {

constexpr double kHurried = 0.4, kHurryClick = -1.2, kHurryShown = 1.5, kMostVisits = 2e7;
constexpr std::int64_t kFirstMoment = 1780272000000000;  // 2026-06-01, a Monday

// Everything about pairs, in the two moods of a visitor.
struct Site {
  ChoiceWorld world;
  std::vector<std::size_t> topic;          // of each post
  std::vector<double> click[2], shown[2];  // by mood: 0 at leisure, 1 in a hurry
  double hurried = 0;                      // share of visitors
};

Result<void> check_choices(const ChoiceOptions& o) {
  if (auto fine = check_ranges({{"days", o.days, 1, 366},
                                {"visits a day", o.visits_a_day, 1, 1e6},
                                {"segments", o.segments, 1, 200},
                                {"posts", o.posts, 2, 200},
                                {"base_ctr", o.base_ctr, 1e-6, 0.5},
                                {"taste", o.taste, 0, 3},
                                {"quality", o.quality, 0, 3},
                                {"temperature", o.temperature, 0.01, 100},
                                {"explore", o.explore, 0, 1},
                                {"knows", o.knows, -1, 1},
                                {"hidden", o.hidden, 0, 3}});
      !fine)
    return fine;
  if (static_cast<double>(o.days) * o.visits_a_day > kMostVisits)
    return fail(Code::limit, "{} days of {} visits are more than {:g} in all", o.days,
                o.visits_a_day, kMostVisits);
  return {};
}

// taste + quality of each pair.
std::vector<double> liking(const ChoiceOptions& o, Site& site) {
  const StreamKey tastes = stream_key(o.seed, "choice.taste"),
                  posts = stream_key(o.seed, "choice.post");
  std::vector<double> quality;
  for (int k = 0; k < o.posts; ++k) {
    Stream stream(posts, 0, static_cast<std::uint64_t>(k));
    site.topic.push_back(stream.below(kTopics));
    quality.push_back(stream.normal(0, o.quality));
    site.world.topic.emplace_back(kTopicNames[site.topic.back()]);
    site.world.post.push_back(fmt::format("post {}", k + 1));
  }
  double visitors = 0;
  std::vector<double> all;
  for (int s = 0; s < o.segments; ++s) {
    Stream stream(tastes, 0, static_cast<std::uint64_t>(s));
    site.world.share.push_back(std::exp(stream.normal(0, 0.5)));
    visitors += site.world.share.back();
    site.world.segment.push_back(fmt::format("segment {}", s + 1));
    double taste[kTopics];
    for (double& t : taste) t = stream.normal(0, o.taste);
    for (int k = 0; k < o.posts; ++k)
      all.push_back(taste[site.topic[static_cast<std::size_t>(k)]] +
                    quality[static_cast<std::size_t>(k)]);
  }
  for (double& share : site.world.share) share /= visitors;
  return all;
}

// π(· | s) of one segment from its beliefs.
void add_policy(const ChoiceOptions& o, std::span<const double> belief, std::vector<double>& into) {
  const double best = *std::max_element(belief.begin(), belief.end());
  double sum = 0;
  for (const double b : belief) sum += std::exp((b - best) / o.temperature);
  for (const double b : belief)
    into.push_back((1 - o.explore) * std::exp((b - best) / o.temperature) / sum +
                   o.explore / static_cast<double>(belief.size()));
}

Site make_site(const ChoiceOptions& o) {
  Site site;
  const std::vector<double> like = liking(o, site);
  std::vector<double> weights;
  for (const double share : site.world.share)
    weights.insert(weights.end(), static_cast<std::size_t>(o.posts), share);
  const double b = intercept_of_mean(like, weights, o.base_ctr),
               spread = std::hypot(o.taste, o.quality);
  site.hurried = o.hidden > 0 ? kHurried : 0;
  const StreamKey noise = stream_key(o.seed, "choice.belief");
  const auto posts = static_cast<std::size_t>(o.posts);
  for (std::size_t s = 0; s < site.world.share.size(); ++s) {
    std::vector<double> belief[2];
    for (std::size_t k = 0; k < posts; ++k) {
      const double l = like[s * posts + k];
      const double believed = o.knows * l + std::sqrt(1 - o.knows * o.knows) * spread *
                                                Stream(noise, 0, s * posts + k).normal();
      for (const std::size_t mood : {0U, 1U}) {
        const double hurry = static_cast<double>(mood) * o.hidden;
        const bool is_short = k % 2 == 0;
        site.click[mood].push_back(metrics::sigmoid(b + l + kHurryClick * hurry));
        belief[mood].push_back(believed + (is_short ? 1 : -1) * kHurryShown * hurry / 2);
      }
    }
    add_policy(o, belief[0], site.shown[0]), add_policy(o, belief[1], site.shown[1]);
  }
  for (std::size_t i = 0; i < like.size(); ++i) {
    const auto over_moods = [&](const std::vector<double>(&values)[2]) {
      return (1 - site.hurried) * values[0][i] + site.hurried * values[1][i];
    };
    site.world.click_probability.push_back(over_moods(site.click));
    site.world.propensity.push_back(over_moods(site.shown));
  }
  return site;
}

Result<Frame> pairs_of(const ChoiceWorld& world) {
  std::vector<std::string> segment, post, topic;
  std::vector<double> share;
  for (std::size_t s = 0; s < world.segment.size(); ++s)
    for (std::size_t k = 0; k < world.post.size(); ++k) {
      segment.push_back(world.segment[s]), post.push_back(world.post[k]);
      topic.push_back(world.topic[k]), share.push_back(world.share[s]);
    }
  Frame::Builder builder;
  builder.add("segment", segment).add("post", post).add("topic", topic);
  builder.add("share", std::move(share)).add("propensity", world.propensity);
  builder.add("click_probability", world.click_probability,
              {.role = Role::truth, .unit = "probability"});
  return std::move(builder).build();
}

// The columns of the log while it is written.
struct ChoiceRows {
  std::vector<std::int64_t> time;
  std::vector<std::int32_t> day, segment, post, topic;
  std::vector<double> propensity, topic_propensity, truth;
  std::vector<std::uint8_t> click;

  void add(const ChoiceOptions& o, const Site& site, std::uint64_t visit, StreamKey key) {
    Stream stream(key, o.replicate, visit);
    const auto on = visit / static_cast<std::uint64_t>(o.visits_a_day);
    const double moment = static_cast<double>(on) + stream.uniform();
    const std::size_t s = stream.categorical(site.world.share);
    const std::size_t mood = stream.uniform() < site.hurried ? 1 : 0;
    const std::size_t posts = site.world.post.size();
    const auto shown = std::span(site.shown[mood]).subspan(s * posts, posts);
    const std::size_t k = stream.categorical(shown);
    double of_topic = 0;
    for (std::size_t other = 0; other < posts; ++other)
      if (site.topic[other] == site.topic[k]) of_topic += shown[other];
    time.push_back(kFirstMoment +
                   static_cast<std::int64_t>(moment * static_cast<double>(kMicrosPerDay)));
    day.push_back(static_cast<std::int32_t>(on));
    segment.push_back(static_cast<std::int32_t>(s)), post.push_back(static_cast<std::int32_t>(k));
    topic.push_back(static_cast<std::int32_t>(site.topic[k]));
    propensity.push_back(shown[k]), topic_propensity.push_back(std::min(1.0, of_topic));
    truth.push_back(site.click[mood][s * posts + k]);
    click.push_back(stream.bernoulli(truth.back()));
  }

  Result<Frame> build(const Site& site) && {
    std::vector<std::string> topics(kTopicNames.begin(), kTopicNames.end());
    const ColumnInfo feature{.role = Role::feature};
    Frame::Builder builder;
    builder.add_time("time", std::move(time), {.role = Role::time}).add("day", std::move(day));
    builder.add_dictionary("segment", std::move(segment), shared_names(site.world.segment),
                           feature);
    builder.add_dictionary("post", std::move(post), shared_names(site.world.post), feature);
    builder.add_dictionary("topic", std::move(topic), shared_names(std::move(topics)), feature);
    builder.add("propensity", std::move(propensity));
    builder.add("topic_propensity", std::move(topic_propensity));
    builder.add("click", std::move(click), {.role = Role::label});
    builder.add("click_probability", std::move(truth),
                {.role = Role::truth, .unit = "probability", .truth_of = "click"});
    return std::move(builder).build();
  }
};

}  // namespace

double ChoiceWorld::value(std::span<const double> policy) const {
  double sum = 0;
  for (std::size_t i = 0; i < policy.size(); ++i)
    sum += share[i / post.size()] * policy[i] * click_probability[i];
  return sum;
}

Result<ChoiceWorld> choice_world(const ChoiceOptions& options) {
  if (auto fine = check_choices(options); !fine) return fail(fine.error());
  return make_site(options).world;
}

Result<Choices> simulate_choices(const ChoiceOptions& o, const Progress& progress) {
  if (auto fine = check_choices(o); !fine) return fail(fine.error());
  const Site site = make_site(o);
  const StreamKey visits = stream_key(o.seed, "choice.visit");
  const std::uint64_t n =
      static_cast<std::uint64_t>(o.days) * static_cast<std::uint64_t>(o.visits_a_day);
  ChoiceRows rows;
  for (std::uint64_t visit = 0; visit < n; ++visit) {
    if (visit % 4096 == 0 && !progress.report(static_cast<double>(visit) / static_cast<double>(n)))
      return cancelled();
    rows.add(o, site, visit, visits);
  }
  auto log = std::move(rows).build(site);
  if (!log) return fail(log.error());
  auto pairs = pairs_of(site.world);
  if (!pairs) return fail(pairs.error());
  return Choices{*std::move(log), *std::move(pairs)};
}

}  // namespace rehearse::sim
