// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/slo.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/monitor/outages.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kMinutesOfWeek = 7 * 24 * 60;

Result<void> check(const SloOptions& o) {
  if (!(o.target > 0 && o.target < 1))
    return fail(Code::invalid_argument, "target lies between 0 and 1, and {} does not", o.target);
  if (!(o.period_days > 0 && o.period_days <= 400))
    return fail(Code::invalid_argument, "period_days is above 0 and at most 400, not {}",
                o.period_days);
  for (const BurnRule& rule : o.rules)
    if (!(rule.short_minutes >= 1 && rule.long_minutes >= rule.short_minutes && rule.burn > 0))
      return fail(Code::invalid_argument,
                  "rule `{}`: the short window is at least a minute, the long one no shorter, and "
                  "the burn rate above 0",
                  rule.name);
  return {};
}

// Sums up to each minute, so that a window costs one subtraction.
struct Counts {
  std::vector<double> requests{0}, bad{0};
  std::size_t minutes() const { return requests.size() - 1; }
  double burn(std::size_t end, double window, double target) const {
    const auto length = std::min(end, static_cast<std::size_t>(std::llround(window)));
    const double all = requests[end] - requests[end - length];
    return all > 0 ? (bad[end] - bad[end - length]) / all / (1 - target) : 0;
  }
};

Result<Counts> counts_of(const Frame& stream, const SloOptions& o) {
  auto minute = stream.require("minute"), requests = stream.require("requests"),
       bad = stream.require(o.bad);
  for (const auto& column : {minute, requests, bad}) {
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the column `{}` holds texts; a count is a number",
                  (*column)->name());
  }
  if (stream.rows() == 0) return fail(Code::bad_data, "the stream of requests has no rows");
  Counts counts;
  for (std::size_t row = 0; row < stream.rows(); ++row) {
    const double n = (*requests)->number(row), wrong = (*bad)->number(row);
    if (row > 0 && (*minute)->number(row) != (*minute)->number(row - 1) + 1)
      return fail(Code::bad_data,
                  "row {}: minute {} does not follow {}; a stream has one row a minute, in order",
                  row + 1, (*minute)->number(row), (*minute)->number(row - 1));
    if (!(n >= 0) || !(wrong >= 0) || wrong > n || !std::isfinite(n))
      return fail(Code::bad_data, "row {}: {} bad of {} requests", row + 1, wrong, n);
    counts.requests.push_back(counts.requests.back() + n);
    counts.bad.push_back(counts.bad.back() + wrong);
  }
  return counts;
}

struct Fired {
  std::size_t minute = 0, rule = 0;
};

double quiet_of(const BurnRule& rule, const SloOptions& o) {
  return std::max(o.quiet_minutes, rule.long_minutes / 3);
}
double grace_of(const BurnRule& rule, const SloOptions& o) {
  return std::max(o.grace_minutes, rule.long_minutes);
}

// The minutes at which a rule pages: when it begins to fire, unless it has just paged.
std::vector<std::size_t> pages_of(const Counts& counts, const BurnRule& rule, const SloOptions& o) {
  std::vector<std::size_t> pages;
  bool before = false;
  for (std::size_t t = 0; t < counts.minutes(); ++t) {
    const bool full = static_cast<double>(t + 1) >= rule.long_minutes;
    const bool firing = full && counts.burn(t + 1, rule.long_minutes, o.target) >= rule.burn &&
                        counts.burn(t + 1, rule.short_minutes, o.target) >= rule.burn;
    if (firing && !before &&
        (pages.empty() || static_cast<double>(t - pages.back()) >= quiet_of(rule, o)))
      pages.push_back(t);
    before = firing;
  }
  return pages;
}

Result<Frame> burn_table(const Counts& counts, const SloOptions& o, double first) {
  std::vector<double> minute, day, long_burn, short_burn, firing;
  std::vector<std::string> series;
  for (const BurnRule& rule : o.rules)
    for (std::size_t t = 0; t < counts.minutes(); t += kSloStep) {
      minute.push_back(first + static_cast<double>(t)), day.push_back(minute.back() / 1440);
      series.push_back(rule.name);
      long_burn.push_back(counts.burn(t + 1, rule.long_minutes, o.target));
      short_burn.push_back(counts.burn(t + 1, rule.short_minutes, o.target));
      firing.push_back(long_burn.back() >= rule.burn && short_burn.back() >= rule.burn);
    }
  Frame::Builder b;
  b.add("minute", std::move(minute),
        {.role = Role::none, .privacy = Privacy::open, .unit = "minutes"});
  b.add("day", std::move(day), {.role = Role::none, .privacy = Privacy::open, .unit = "days"});
  b.add("series", series).add("burn_long", std::move(long_burn));
  b.add("burn_short", std::move(short_burn)).add("firing", std::move(firing));
  return std::move(b).build();
}

// The budget is that of the period at the mean traffic of the stream.
double budget_of(const Counts& counts, const SloOptions& o) {
  return (1 - o.target) * counts.requests.back() / static_cast<double>(counts.minutes()) *
         o.period_days * 1440;
}

Result<Frame> budget_table(const Counts& counts, const SloOptions& o, double first) {
  const double budget = budget_of(counts, o);
  std::vector<double> minute, day, left;
  for (std::size_t t = 0; t < counts.minutes(); t += kSloStep) {
    minute.push_back(first + static_cast<double>(t)), day.push_back(minute.back() / 1440);
    left.push_back(budget > 0 ? 1 - counts.bad[t + 1] / budget : kNothing);
  }
  Frame::Builder b;
  b.add("minute", std::move(minute)).add("day", std::move(day));
  b.add("budget_left", std::move(left));
  return std::move(b).build();
}

class RuleTable {
 public:
  RuleTable(const Counts& counts, const SloOptions& o, const std::vector<Outage>* outages)
      : counts_(counts), o_(o), outages_(outages) {}

  void add(const BurnRule& rule, const std::vector<std::size_t>& pages, bool windows) {
    name_.push_back(rule.name), severity_.push_back(rule.severity);
    long_.push_back(windows ? rule.long_minutes : kNothing);
    short_.push_back(windows ? rule.short_minutes : kNothing);
    burn_.push_back(windows ? rule.burn : kNothing);
    pages_.push_back(static_cast<double>(pages.size()));
    a_week_.push_back(pages_.back() / static_cast<double>(counts_.minutes()) * kMinutesOfWeek);
    const PageVerdict verdict =
        outages_ ? judge_pages(pages, *outages_, grace_of(rule, o_)) : PageVerdict{};
    useless_.push_back(outages_ ? verdict.useless : kNothing);
    precision_.push_back(verdict.precision), recall_.push_back(verdict.recall);
    delay_.push_back(verdict.delay);
    double spent = 0;
    for (const auto& [outage, page] : verdict.first_pages)
      spent += counts_.bad[page + 1] - counts_.bad[(*outages_)[outage].begin];
    spent_.push_back(verdict.first_pages.empty()
                         ? kNothing
                         : spent / static_cast<double>(verdict.first_pages.size()) /
                               budget_of(counts_, o_));
  }

  Result<Frame> build() && {
    Frame::Builder b;
    b.add("rule", name_).add("severity", severity_);
    b.add("long_minutes", std::move(long_)).add("short_minutes", std::move(short_));
    b.add("burn", std::move(burn_)).add("pages", std::move(pages_));
    b.add("useless_pages", std::move(useless_)).add("pages_a_week", std::move(a_week_));
    b.add("precision", std::move(precision_)).add("recall", std::move(recall_));
    b.add("delay_minutes", std::move(delay_)).add("budget_spent", std::move(spent_));
    return std::move(b).build();
  }

 private:
  const Counts& counts_;
  const SloOptions& o_;
  const std::vector<Outage>* outages_;
  std::vector<std::string> name_, severity_;
  std::vector<double> long_, short_, burn_, pages_, useless_, a_week_, precision_, recall_, delay_,
      spent_;
};

Result<Frame> page_table(const std::vector<Fired>& fired, const SloOptions& o,
                         const std::vector<Outage>* outages, double first) {
  std::vector<double> minute, day;
  std::vector<std::string> rule, severity, verdict, outage;
  for (const Fired& one : fired) {
    minute.push_back(first + static_cast<double>(one.minute)), day.push_back(minute.back() / 1440);
    rule.push_back(o.rules[one.rule].name), severity.push_back(o.rules[one.rule].severity);
    const Outage* about =
        outages ? outage_at(*outages, one.minute, grace_of(o.rules[one.rule], o)) : nullptr;
    outage.push_back(about ? about->name : "");
    verdict.emplace_back(!outages         ? "not known for your data"
                         : !about         ? "nothing was wrong"
                         : about->harmful ? "an outage"
                                          : "a blip, not worth a page");
  }
  Frame::Builder b;
  b.add("minute", std::move(minute)).add("day", std::move(day)).add("rule", rule);
  b.add("severity", severity).add("verdict", verdict).add("outage", outage);
  return std::move(b).build();
}

}  // namespace

std::vector<BurnRule> workbook_rules() {
  return {{"fast: 1 h and 5 min", "page", 60, 5, 14.4},
          {"slow: 6 h and 30 min", "page", 360, 30, 6},
          {"leak: 3 days and 6 h", "ticket", 4320, 360, 1}};
}

double minutes_to_page(const BurnRule& rule, double burn) {
  assert(burn >= 0);
  return burn >= rule.burn ? rule.long_minutes * rule.burn / burn
                           : std::numeric_limits<double>::infinity();
}

double budget_at_page(const BurnRule& rule, double period_minutes) {
  return rule.long_minutes * rule.burn / period_minutes;
}

double minutes_to_silence(const BurnRule& rule, double burn) {
  return burn >= rule.burn ? rule.short_minutes * (1 - rule.burn / burn) : 0;
}

Result<SloReport> evaluate_slo(const Frame& stream, const SloOptions& options,
                               const Progress& progress) {
  if (auto fine = check(options); !fine) return fail(fine.error());
  auto counts = counts_of(stream, options);
  if (!counts) return fail(counts.error());
  const bool known = stream.find("outage") != nullptr;
  std::vector<Outage> outages;
  if (known) {
    auto found = outages_of(stream);
    if (!found) return fail(found.error());
    outages = std::move(*found);
  }
  const double first = stream.find("minute")->number(0);
  RuleTable rules(*counts, options, known ? &outages : nullptr);
  std::vector<Fired> fired;
  std::vector<std::size_t> any;
  for (std::size_t r = 0; r < options.rules.size(); ++r) {
    const auto pages = pages_of(*counts, options.rules[r], options);
    rules.add(options.rules[r], pages, true);
    for (const std::size_t page : pages) fired.push_back({page, r});
    if (options.rules[r].severity == "page") any.insert(any.end(), pages.begin(), pages.end());
    if (!progress.report(static_cast<double>(r + 1) / static_cast<double>(options.rules.size())))
      return cancelled();
  }
  std::sort(any.begin(), any.end());
  std::vector<std::size_t> heard;  // one incident pages once, whichever rule saw it first
  for (const std::size_t page : any)
    if (heard.empty() || static_cast<double>(page - heard.back()) >= options.quiet_minutes)
      heard.push_back(page);
  rules.add({"any page", "page"}, heard, false);
  std::stable_sort(fired.begin(), fired.end(),
                   [](const Fired& a, const Fired& b) { return a.minute < b.minute; });
  auto burns = burn_table(*counts, options, first), budget = budget_table(*counts, options, first),
       table = std::move(rules).build(),
       pages = page_table(fired, options, known ? &outages : nullptr, first);
  for (const auto* part : {&burns, &budget, &table, &pages})
    if (!*part) return fail(part->error());
  return SloReport{std::move(*burns), std::move(*budget), std::move(*table), std::move(*pages)};
}

}  // namespace rehearse::monitor
