// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed_session.hpp"

#include <cmath>

#include "engine/metrics/probability.hpp"

namespace rehearse::sim {
namespace {

constexpr double kOpened = 4, kReported = 10, kGoesOn = 0.25;

double of_odds(double odds) { return odds / (1 + odds); }

}  // namespace

FeedReader::FeedReader(const TopicNumbers& log_odds) {
  for (std::size_t t = 0; t < kFeedTopics; ++t)
    click[t] = std::exp(log_odds[t]), finish[t] = std::exp(log_odds[t] / 2);
}

double feed_experience(double click, double finish, double report) {
  return kOpened * click * (2 * finish - 1) - kReported * report;
}

FeedSession feed_session(const FeedOptions& options, const FeedPosts& posts,
                         const FeedReader& reader, std::span<const std::uint32_t> list,
                         double wait_ms) {
  FeedSession session;
  session.places.reserve(list.size());
  const double patience = metrics::logit(options.patience);
  double looked_at = 1, good = 0;
  for (std::size_t place = 0; place < list.size(); ++place) {
    const std::uint32_t k = list[place];
    const std::size_t topic = posts.topic[k];
    int repeats = 0;
    for (std::size_t above = 0; above < place; ++above)
      repeats += posts.creator[list[above]] == posts.creator[k];
    FeedPlace p{.post = k, .report = posts.report[k], .minutes = posts.minutes[k]};
    p.click = of_odds(posts.click_odds[k] * reader.click[topic]);
    p.finish =
        of_odds(posts.finish_odds[k] * reader.finish[topic] * std::exp(-options.boredom * repeats));
    const double experience = feed_experience(p.click, p.finish, p.report);
    p.looked_at = looked_at, p.goes_on = metrics::sigmoid(patience + kGoesOn * experience);
    session.clicks += looked_at * p.click;
    session.minutes += looked_at * p.click * p.finish * p.minutes;
    session.reports += looked_at * p.report;
    session.shown += looked_at, session.topics[topic] += looked_at;
    good += looked_at * experience;
    looked_at *= p.goes_on;
    session.places.push_back(p);
  }
  session.satisfaction = std::tanh(good - wait_ms * options.impatience / 100);
  return session;
}

}  // namespace rehearse::sim
