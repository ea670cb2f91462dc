// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_activity.hpp"

#include <algorithm>
#include <cmath>

#include "engine/sim/onboarding_world.hpp"
#include "engine/sim/parallel.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr double kForgetting = 0.5;  // log-odds per ln(1 + days)
constexpr double kMostActivityRows = 1e8;

OnboardingOptions people_of(const ActivityOptions& o) {
  OnboardingOptions people;
  people.users = o.users, people.share = o.share, people.salt = o.salt;
  people.prior_correlation = o.prior_correlation;
  people.activation = o.activity, people.effect = o.effect;
  people.seed = o.seed, people.replicate = o.replicate;
  return people;
}

Result<void> validate(const ActivityOptions& o) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"users", o.users, 10, 1e6},
      {"followed_days", o.followed_days, 1, 366},
      {"activity", o.activity, 0.01, 0.9},
      {"effect", o.effect, -0.5, 0.5},
      {"lasting", o.lasting, -2, 3},
      {"half_life_days", o.half_life_days, 0.1, 1000},
      {"share", o.share, 0, 1},
      {"prior_correlation", o.prior_correlation, 0, 0.99}};
  for (const auto& [name, value, low, high] : ranges)
    if (!(value >= low && value <= high))
      return fail(Code::invalid_argument, "activity's `{}` is {:g}; it lies from {:g} to {:g}",
                  name, value, low, high);
  if (static_cast<double>(o.users) * o.followed_days > kMostActivityRows)
    return fail(Code::limit,
                "{} users over {} days are more than 100 million rows; ask for fewer of either",
                o.users, o.followed_days);
  return validate(people_of(o));
}

struct ActivityColumns {
  std::vector<std::int64_t> user;
  std::vector<std::int32_t> arm, day, week, prior;
  std::vector<std::uint8_t> active;
  std::vector<double> probability, effect;

  explicit ActivityColumns(std::size_t rows)
      : user(rows),
        arm(rows),
        day(rows),
        week(rows),
        prior(rows),
        active(rows),
        probability(rows),
        effect(rows) {}

  Result<Frame> publish() && {
    const auto truth = [](const char* what) {
      return ColumnInfo{
          .role = Role::truth, .privacy = Privacy::open, .unit = "probability", .truth_of = what};
    };
    Frame::Builder b;
    b.add("user_id", std::move(user), {.role = Role::id, .privacy = Privacy::pii});
    b.add_dictionary("arm", std::move(arm),
                     std::make_shared<const std::vector<std::string>>(
                         std::vector<std::string>{"control", "treatment"}));
    b.add("day_since", std::move(day),
          {.role = Role::none, .privacy = Privacy::open, .unit = "days"});
    b.add("week", std::move(week));
    b.add("prior_activity", std::move(prior), {.role = Role::feature});
    b.add_boolean("active", std::move(active), {.role = Role::label});
    b.add("active_probability", std::move(probability), truth("active"));
    b.add("active_effect", std::move(effect), truth("active_effect"));
    return std::move(b).build();
  }
};

}  // namespace

double ActivityOptions::effect_on(int t) const {
  return effect * (lasting + (1 - lasting) * std::exp2(-t / half_life_days));
}

Result<Frame> simulate_activity(const ActivityOptions& o, const Progress& progress,
                                unsigned threads) {
  if (auto fine = validate(o); !fine) return fail(fine.error());
  const OnboardingOptions people = people_of(o);
  const Newcomers newcomers(people);
  const auto n = static_cast<std::size_t>(o.users),
             days = static_cast<std::size_t>(o.followed_days);
  std::vector<Newcomer> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i] = newcomers.draw(i);
  newcomers.deal(all);
  if (!progress.report(0.2)) return cancelled();
  const double intercept = newcomers.intercept(o.activity, kEngagementSlope);
  const StreamKey key = stream_key(o.seed, "onboarding.activity");
  ActivityColumns c(n * days);
  in_parallel(n, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Stream stream(key, o.replicate, i);
      const Newcomer& who = all[i];
      const auto prior = static_cast<std::int32_t>(std::lround(std::exp(1.2 + 0.6 * who.z)));
      const double level = intercept + who.offset + kEngagementSlope * who.engagement;
      for (std::size_t t = 0; t < days; ++t) {
        const std::size_t row = i * days + t;
        const auto limited = [](double p) {
          return std::clamp(p, kLeastActivation, kMostActivation);
        };
        const auto day = static_cast<std::int32_t>(t);
        const double before = limited(
            1 / (1 + std::exp(-level + kForgetting * std::log1p(static_cast<double>(day)))));
        const double after = limited(before + o.effect_on(day));
        c.user[row] = newcomers.id(i), c.arm[row] = who.treated, c.day[row] = day;
        c.week[row] = day / 7, c.prior[row] = prior;
        c.probability[row] = who.treated ? after : before, c.effect[row] = after - before;
        c.active[row] = stream.uniform() < c.probability[row];
      }
    }
  });
  if (!progress.report(1)) return cancelled();
  return std::move(c).publish();
}

}  // namespace rehearse::sim
