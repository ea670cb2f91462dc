// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/peeking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/experiment/binomial.hpp"

namespace rehearse::experiment {
namespace {

Result<void> check_peeking(const PeekingOptions& o) {
  for (const double rate : {o.baseline, o.baseline + o.lift})
    if (!(rate > 0 && rate < 1))
      return fail(Code::invalid_argument,
                  "with a baseline of {} and a lift of {} a conversion rate is {}; both must lie "
                  "between 0 and 1",
                  o.baseline, o.lift, rate);
  const std::pair<std::int64_t, std::int64_t> counts[] = {
      {o.users_per_day, 10000000}, {o.days, 1000}, {o.looks, 200}, {o.replicates, 1000000}};
  const char* names[] = {"users a day", "days", "looks", "replicates"};
  for (std::size_t i = 0; i < 4; ++i)
    if (counts[i].first < 1 || counts[i].first > counts[i].second)
      return fail(Code::invalid_argument, "{} {}; give 1 to {}", counts[i].first, names[i],
                  counts[i].second);
  if (o.days % o.looks != 0)
    return fail(Code::invalid_argument,
                "{} looks in {} days are not equally spaced; give a number of days that is a "
                "multiple of the looks",
                o.looks, o.days);
  return {};
}

// Draws of one replicate, and the pooled z test at its looks. Owned once, filled for each.
class Histories {
 public:
  explicit Histories(const PeekingOptions& options)
      : options_(options), key_(stream_key(options.seed, "experiment.converted")) {}

  void draw(std::uint64_t replicate, Watched& history) const {
    history = {};
    double control = 0, treated = 0, users = 0;
    const int every = options_.days / options_.looks;
    for (int day = 0; day < options_.days; ++day) {
      control += converted(replicate, day, 0), treated += converted(replicate, day, 1);
      users += static_cast<double>(options_.users_per_day);
      if ((day + 1) % every != 0) continue;
      const double pooled = (control + treated) / (2 * users);
      const double variance = pooled * (1 - pooled) * 2 / users;
      const double estimate = (treated - control) / users;
      history.day.push_back(day + 1), history.estimate.push_back(estimate);
      history.variance.push_back(variance);
      history.z.push_back(variance > 0 ? estimate / std::sqrt(variance) : 0);
    }
  }

 private:
  double converted(std::uint64_t replicate, int day, int arm) const {
    Stream stream(key_, replicate, static_cast<std::uint64_t>(2 * day + arm));
    return static_cast<double>(draw_binomial(stream, options_.users_per_day,
                                             options_.baseline + (arm ? options_.lift : 0)));
  }
  const PeekingOptions& options_;
  StreamKey key_;
};

// Adds one history to what a rule has done; sums, divided at the end.
void watch(const Watched& history, WatchedRule& rule) {
  const std::size_t looks = history.z.size();
  for (std::size_t k = 0; k < looks; ++k) {
    if (std::abs(history.z[k]) < rule.bounds.z[k]) continue;
    for (std::size_t later = k; later < looks; ++later) rule.measured[later] += 1;
    rule.rejected += 1, rule.days += history.day[k];
    if (history.z[k] > 0) rule.won += 1, rule.lift_of_winners += history.estimate[k];
    return;
  }
  rule.days += history.day.back();
}

Result<WatchedRule> prepared(const PeekingOptions& o, const std::string& name) {
  auto bounds = stopping_rule(name, o.looks, o.rule);
  if (!bounds) return fail(bounds.error());
  const double treated = o.baseline + o.lift, users = static_cast<double>(o.users_per_day) * o.days;
  const double deviation =
      std::sqrt((o.baseline * (1 - o.baseline) + treated * (1 - treated)) / users);
  // Beyond ±50 every rule stops at the first look that it can.
  const double drift = std::clamp(o.lift / deviation, -50.0, 50.0);
  const auto found = crossing(bounds->information, two_sided(bounds->z), drift);
  if (!found) return fail(found.error());
  WatchedRule rule;
  rule.rule = name;
  rule.expected = found->cumulative();
  rule.rejected_expected = found->total();
  rule.days_expected = o.days * expected_information(bounds->information, *found);
  rule.measured.assign(static_cast<std::size_t>(o.looks), 0);
  rule.bounds = std::move(*bounds);
  return rule;
}

}  // namespace

Result<std::vector<WatchedRule>> watch_repeatedly(const PeekingOptions& options,
                                                  const Progress& progress) {
  if (auto sound = check_peeking(options); !sound) return fail(sound.error());
  if (options.rules.empty()) return fail(Code::invalid_argument, "no stopping rule is given");
  std::vector<WatchedRule> rules;
  for (const std::string& name : options.rules) {
    auto rule = prepared(options, name);
    if (!rule) return fail(rule.error());
    rules.push_back(std::move(*rule));
  }
  const Histories histories(options);
  Watched history;
  for (int replicate = 0; replicate < options.replicates; ++replicate) {
    histories.draw(static_cast<std::uint64_t>(replicate), history);
    for (WatchedRule& rule : rules) watch(history, rule);
    if (replicate % 64 == 0 &&
        !progress.report(static_cast<double>(replicate) / options.replicates))
      return cancelled();
  }
  const double n = options.replicates;
  for (WatchedRule& rule : rules) {
    for (double& share : rule.measured) share /= n;
    rule.lift_of_winners =
        rule.won > 0 ? rule.lift_of_winners / rule.won : std::numeric_limits<double>::quiet_NaN();
    rule.rejected /= n, rule.won /= n, rule.days /= n;
  }
  return rules;
}

Result<Watched> watch_once(const PeekingOptions& options, std::uint64_t replicate) {
  if (auto sound = check_peeking(options); !sound) return fail(sound.error());
  Watched history;
  Histories(options).draw(replicate, history);
  return history;
}

}  // namespace rehearse::experiment
