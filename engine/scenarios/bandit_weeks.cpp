// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/bandit_weeks.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "engine/base/interner.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/scenarios/repeated.hpp"

namespace rehearse::scenarios {
namespace {

struct DayOfBandit {
  double regret = 0, rate = 0, best = 0, topics = 0;  // means over the day's visits; topics a count
};

struct BanditSite {
  sim::ChoiceWorld world;
  std::vector<std::size_t> topic;  // of posts, as codes
  std::vector<double> best;        // click probability of each segment's best post
  double best_rate = 0, random_rate = 0;
};

Result<BanditSite> bandit_site(const sim::ChoiceOptions& options) {
  auto world = sim::choice_world(options);
  if (!world) return fail(world.error());
  BanditSite site{*std::move(world), {}, {}, 0, 0};
  Interner topics;
  for (const std::string& name : site.world.topic)
    site.topic.push_back(static_cast<std::size_t>(topics.code(name)));
  const std::size_t posts = site.topic.size();
  for (std::size_t s = 0; s < site.world.share.size(); ++s) {
    const auto rates = std::span(site.world.click_probability).subspan(s * posts, posts);
    site.best.push_back(*std::max_element(rates.begin(), rates.end()));
    site.best_rate += site.world.share[s] * site.best.back();
  }
  site.random_rate = site.world.value(
      std::vector<double>(site.world.click_probability.size(), 1.0 / static_cast<double>(posts)));
  return site;
}

double effective_number(const std::vector<double>& counts, double total) {
  double entropy = 0;
  for (const double count : counts)
    if (count > 0) entropy -= count / total * std::log(count / total);
  return std::exp(entropy);
}

// One bandit through all its days.
std::vector<DayOfBandit> days_of(const BanditWeeksOptions& o, const BanditSite& site,
                                 recommend::Bandit& bandit, std::uint64_t replicate,
                                 const Progress& progress) {
  struct Seen {
    std::size_t segment;
    recommend::Bandit::Choice choice;
    double reward;
  };
  const StreamKey visitors = stream_key(o.site.seed, "bandit.visit"),
                  choices = stream_key(o.site.seed, "bandit.choose");
  const std::size_t posts = site.topic.size();
  const double visits = o.site.visits_a_day;
  std::vector<DayOfBandit> days;
  std::vector<Seen> waiting;
  std::uint64_t visit = 0;
  for (int d = 0; d < o.site.days && !progress.stop_requested(); ++d) {
    DayOfBandit day;
    std::vector<double> shown(posts);
    for (int i = 0; i < o.site.visits_a_day; ++i, ++visit) {
      Stream stream(visitors, replicate, visit), own(choices, replicate, visit);
      const std::size_t s = stream.categorical(site.world.share);
      const auto choice = bandit.choose(s, own);
      const double p = site.world.click_probability[s * posts + choice.action];
      const double reward = stream.uniform() < p;
      day.regret += site.best[s] - p, day.rate += p, day.best += p == site.best[s];
      shown[site.topic[choice.action]] += 1;
      if (o.at_once)
        bandit.learn(s, choice, reward);
      else
        waiting.push_back({s, choice, reward});
    }
    for (const Seen& seen : waiting) bandit.learn(seen.segment, seen.choice, seen.reward);
    waiting.clear();
    day.regret /= visits, day.rate /= visits, day.best /= visits;
    day.topics = effective_number(shown, visits);
    days.push_back(day);
  }
  return days;
}

using Runs = std::vector<std::vector<DayOfBandit>>;  // by repeat, then day

struct DailyRows {
  std::vector<std::string> series;
  std::vector<std::int32_t> day;
  std::vector<double> regret, low, high, rate, best, topics;

  void add(const std::string& name, int on, const metrics::Estimate& lost, double click_rate,
           double best_share, double topic_number) {
    series.push_back(name), day.push_back(on);
    regret.push_back(lost.value), low.push_back(lost.interval.low);
    high.push_back(lost.interval.high), rate.push_back(click_rate);
    best.push_back(best_share), topics.push_back(topic_number);
  }
  Result<Frame> build() && {
    Frame::Builder b;
    b.add("series", series).add("day", std::move(day), {.unit = "days"});
    b.add("regret", std::move(regret), {.unit = "clicks per 1,000 visits"});
    b.add("low", std::move(low)).add("high", std::move(high));
    b.add("click_rate", std::move(rate), {.unit = "%"});
    b.add("best_share", std::move(best), {.unit = "%"}).add("topics", std::move(topics));
    return std::move(b).build();
  }
};

// Clicks lost per 1,000 visits up to and with `day`, over repeats.
metrics::Estimate lost_until(const Runs& runs, std::size_t day) {
  std::vector<double> lost;
  for (const auto& days : runs) {
    double sum = 0;
    for (std::size_t d = 0; d <= day; ++d) sum += days[d].regret;
    lost.push_back(1000 * sum / static_cast<double>(day + 1));
  }
  metrics::Estimate estimate = metrics::mean_estimate(lost);
  if (lost.size() < 2) estimate.interval = {std::nan(""), std::nan("")};
  return estimate;
}

double mean_of(const Runs& runs, std::size_t day, double DayOfBandit::*what) {
  double sum = 0;
  for (const auto& days : runs) sum += days[day].*what;
  return sum / static_cast<double>(runs.size());
}

Result<BanditWeeks> tables_of(const BanditWeeksOptions& o, const BanditSite& site,
                              const std::vector<Runs>& runs) {
  DailyRows daily;
  std::vector<std::string> names;
  std::vector<double> lost, low, high, rate, last_rate, last_best, last_topics;
  const auto days = static_cast<std::size_t>(o.site.days);
  for (std::size_t b = 0; b < runs.size(); ++b) {
    const std::string name = recommend::bandit_name(o.bandits[b]);
    double clicks = 0;
    for (std::size_t d = 0; d < days; ++d) {
      const double rate_of_day = mean_of(runs[b], d, &DayOfBandit::rate);
      clicks += rate_of_day / static_cast<double>(days);
      daily.add(name, static_cast<int>(d + 1), lost_until(runs[b], d), rate_of_day,
                mean_of(runs[b], d, &DayOfBandit::best), mean_of(runs[b], d, &DayOfBandit::topics));
    }
    const metrics::Estimate all = lost_until(runs[b], days - 1);
    names.push_back(name), lost.push_back(all.value), low.push_back(all.interval.low);
    high.push_back(all.interval.high), rate.push_back(clicks);
    last_rate.push_back(daily.rate.back()), last_best.push_back(daily.best.back());
    last_topics.push_back(daily.topics.back());
  }
  for (std::size_t d = 0; d < days; ++d)
    daily.add("best possible", static_cast<int>(d + 1), {0, 0, {std::nan(""), std::nan("")}},
              site.best_rate, 1, std::nan(""));
  const std::size_t n = names.size();
  Frame::Builder b;
  b.add("bandit", names).add("regret", std::move(lost), {.unit = "clicks per 1,000 visits"});
  b.add("low", std::move(low)).add("high", std::move(high));
  b.add("click_rate", std::move(rate), {.unit = "%"});
  b.add("last_click_rate", std::move(last_rate), {.unit = "%"});
  b.add("last_best_share", std::move(last_best), {.unit = "%"});
  b.add("last_topics", std::move(last_topics));
  b.add("best_click_rate", std::vector<double>(n, site.best_rate),
        {.role = Role::truth, .unit = "%"});
  b.add("random_click_rate", std::vector<double>(n, site.random_rate),
        {.role = Role::truth, .unit = "%"});
  auto summary = std::move(b).build();
  if (!summary) return fail(summary.error());
  auto rows = std::move(daily).build();
  if (!rows) return fail(rows.error());
  return BanditWeeks{*std::move(rows), *std::move(summary)};
}

}  // namespace

Result<BanditWeeks> bandit_weeks(const BanditWeeksOptions& o, const Progress& progress) {
  if (o.bandits.empty()) return fail(Code::invalid_argument, "no bandit is named");
  if (o.repeats < 1 || o.repeats > 1000)
    return fail(Code::invalid_argument, "repeats are {}; they lie from 1 to 1000", o.repeats);
  auto site = bandit_site(o.site);
  if (!site) return fail(site.error());
  std::vector<recommend::BanditOptions> options;
  for (const recommend::BanditKind kind : o.bandits) {
    options.push_back(
        {kind, o.explore, o.confidence, o.site.base_ctr, site->world.share.size(), site->topic});
    if (auto made = recommend::make_bandit(options.back()); !made) return fail(made.error());
  }
  const auto repeats = static_cast<std::size_t>(o.repeats);
  std::vector<Runs> runs(o.bandits.size(), Runs(repeats));
  std::atomic<std::uint64_t> done{0};
  const std::uint64_t all = repeats * o.bandits.size();
  repeat_in_parallel(all, o.threads, [&](std::uint64_t run) {
    const std::size_t b = run % o.bandits.size(), repeat = run / o.bandits.size();
    auto bandit = recommend::make_bandit(options[b]);
    runs[b][repeat] = days_of(o, *site, **bandit, o.site.replicate * repeats + repeat, progress);
    return progress.report(static_cast<double>(++done) / static_cast<double>(all));
  });
  if (done < all || progress.stop_requested()) return cancelled();
  return tables_of(o, *site, runs);
}

}  // namespace rehearse::scenarios
