// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall_sample.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/base/nearest.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/scenarios/oncall.hpp"
#include "engine/scenarios/oncall_usual.hpp"

namespace rehearse::scenarios {
namespace {

constexpr double kClipAt = 30;  // days
constexpr const char* kFaultNames[] = {"none", "null", "unit", "stale", "renamed", "clipped"};

struct RecentRates {
  double impressions = 0, clicks = 0;
  double rate() const { return clicks / impressions; }
};

Result<RecentRates> last_hours(const Frame& table, int hours) {
  auto sessions = hourly(table, "sessions", "all");
  auto ctr = hourly(table, "ctr", "all");
  if (!sessions) return fail(sessions.error());
  if (!ctr) return fail(ctr.error());
  RecentRates rates;
  const std::size_t n = sessions->hour.size();
  for (std::size_t i = n - std::min(n, static_cast<std::size_t>(hours)); i < n; ++i) {
    const double impressions = sessions->value[i] * kImpressionsPerSession;
    rates.impressions += impressions, rates.clicks += impressions * ctr->value[i];
  }
  return rates;
}

Result<void> check_grouping(const Grouping& g) {
  if (g.names.empty() || g.names.size() > 40 || g.shares.size() != g.names.size() ||
      g.damage.size() != g.names.size())
    return fail(Code::invalid_argument,
                "names, shares and damage must be lists of one length, 1 to 40; they hold {}, {} "
                "and {}",
                g.names.size(), g.shares.size(), g.damage.size());
  for (std::size_t i = 0; i < g.names.size(); ++i)
    if (!(g.shares[i] > 0) || !(g.damage[i] >= 0) || !std::isfinite(g.shares[i] + g.damage[i]))
      return fail(Code::invalid_argument,
                  "`{}`: a share must be above 0 and damage from 0; they are {:g} and {:g}",
                  g.names[i], g.shares[i], g.damage[i]);
  if (g.hours < 1 || g.hours > 48 || !(g.kept > 0 && g.kept <= 1))
    return fail(Code::invalid_argument, "hours go from 1 to 48, the share kept from above 0 to 1");
  if (std::accumulate(g.damage.begin(), g.damage.end(), 0.0) <= 0)
    return fail(Code::invalid_argument, "at least one group must be hit: damage is 0 everywhere");
  return {};
}

// One logged request before it is written down.
struct LoggedRow {
  std::string segment;
  double offline = 0, before = 0, score = 0;
  bool hit = false;
};

std::string days_text(double value) {
  return value >= 1e5 ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::string online_text(RowFault fault, const LoggedRow& row) {
  if (!row.hit) return days_text(row.offline);
  switch (fault) {
    case RowFault::none: break;
    case RowFault::null: return "";
    case RowFault::unit: return days_text(1000 * row.offline);
    case RowFault::stale: return days_text(row.before);
    case RowFault::renamed: break;
    case RowFault::clipped: return days_text(std::min(row.offline, kClipAt));
  }
  return days_text(row.offline);
}

std::vector<LoggedRow> logged_rows(const SampleOptions& o, std::size_t count, double score,
                                   std::uint64_t seed) {
  const StreamKey key = stream_key(seed, "oncall.log");
  std::vector<double> shares;
  for (const sim::OperationsSegment& segment : sim::operation_segments())
    shares.push_back(segment.share);
  std::vector<LoggedRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(key, 0, i);
    LoggedRow row;
    row.segment = sim::operation_segments()[stream.categorical(shares)].name;
    row.offline = std::round(10 * std::exp(stream.normal(3.6, 1.1))) / 10;
    row.before = std::max(0.0, row.offline - std::round(10 * stream.uniform(0.5, 2.5)) / 10);
    row.score = 1 / (1 + std::exp(-(std::log(score / (1 - score)) + stream.normal(0, 0.5))));
    row.hit = stream.bernoulli(o.affected) && (o.segment.empty() || o.segment == row.segment);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<RowFault> parse_row_fault(const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::size(kFaultNames); ++i) {
    if (name == kFaultNames[i]) return static_cast<RowFault>(i);
    names.emplace_back(kFaultNames[i]);
  }
  return fail(Code::invalid_argument, "`{}` is no fault of a row{}", name,
              did_you_mean(name, names));
}

Result<Frame> group_rates(const Frame& broken, const Frame& clean, const Grouping& g,
                          std::uint64_t seed) {
  if (auto fine = check_grouping(g); !fine) return fail(fine.error());
  auto now = last_hours(broken, g.hours);
  auto without = last_hours(clean, g.hours);
  if (!now) return fail(now.error());
  if (!without) return fail(without.error());
  const double whole = std::accumulate(g.shares.begin(), g.shares.end(), 0.0);
  double hit = 0;
  for (std::size_t i = 0; i < g.names.size(); ++i) hit += g.shares[i] / whole * g.damage[i];
  const double gap = (without->rate() - now->rate()) / hit;
  std::vector<double> impressions, clicks, usual, rate, low, high, change;
  const StreamKey key = stream_key(seed, "oncall.group");
  for (std::size_t i = 0; i < g.names.size(); ++i) {
    Stream stream(key, 0, i);
    const double n = std::max(1.0, std::round(g.kept * now->impressions * g.shares[i] / whole));
    const double p = std::clamp(without->rate() - gap * g.damage[i], 1e-6, 1.0);
    const double k = std::min(n, static_cast<double>(stream.poisson(n * p)));
    const auto interval = metrics::wilson_interval(k, n);
    impressions.push_back(n), clicks.push_back(k);
    usual.push_back(without->rate()), rate.push_back(k / n);
    low.push_back(interval.low), high.push_back(interval.high);
    change.push_back(std::round(1000 * (k / n / without->rate() - 1)) / 10);
  }
  Frame::Builder builder;
  builder.add(g.by, g.names).add("impressions", std::move(impressions));
  builder.add("clicks", std::move(clicks)).add("usual CTR", std::move(usual));
  builder.add("CTR", std::move(rate)).add("low", std::move(low)).add("high", std::move(high));
  builder.add("change, %", std::move(change));
  return std::move(builder).build();
}

Result<LogSample> sample_logs(const Frame& seen, const SampleOptions& o, std::uint64_t seed) {
  if (!(o.affected >= 0 && o.affected <= 1) || o.rows < 1 || o.rows > 200 ||
      !(o.kept > 0 && o.kept <= 1))
    return fail(Code::invalid_argument,
                "affected and kept are shares, and 1 to 200 rows can be shown");
  auto sessions = hourly(seen, "sessions", "all");
  auto score = hourly(seen, "score_mean", "all");
  if (!sessions) return fail(sessions.error());
  if (!score) return fail(score.error());
  const auto count = static_cast<std::size_t>(std::clamp(
      std::round(o.kept * sessions->value.back() * kImpressionsPerSession), 1.0, 20000.0));
  const std::vector<LoggedRow> rows = logged_rows(o, count, score->value.back(), seed);
  struct Counts {
    double rows = 0, missing = 0, differs = 0;
  };
  std::map<std::string, Counts> by;
  std::vector<std::string> request, segment, online, offline, same;
  std::vector<double> scores;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const LoggedRow& row = rows[i];
    std::string before = days_text(row.offline), shown = online_text(o.fault, row);
    if (o.fault == RowFault::renamed) {
      before = fmt::format("topic-{}", i * 7 % 40);
      shown = row.hit ? "t/" + before.substr(6) : before;
    }
    for (const std::string& place : {std::string("all"), row.segment}) {
      Counts& counts = by[place];
      counts.rows += 1, counts.missing += shown.empty(), counts.differs += shown != before;
    }
    if (i >= static_cast<std::size_t>(o.rows)) continue;
    request.push_back(fmt::format(
        "{:08x}", static_cast<std::uint32_t>(Stream(seed, "oncall.request", 0, i).next_u32())));
    segment.push_back(row.segment), online.push_back(shown.empty() ? "(missing)" : shown);
    offline.push_back(before), same.emplace_back(shown == before ? "yes" : "NO");
    scores.push_back(std::round(1e4 * row.score) / 1e4);
  }
  LogSample sample;
  Frame::Builder lines;
  lines.add("request", request).add("segment", segment);
  lines.add(o.column + ", online", online).add("offline", offline).add("same", same);
  lines.add("score", std::move(scores));
  std::vector<std::string> names;
  std::vector<double> n, missing, differs;
  for (const auto& [name, counts] : by) {
    names.push_back(name), n.push_back(counts.rows);
    missing.push_back(std::round(1000 * counts.missing / counts.rows) / 10);
    differs.push_back(std::round(1000 * counts.differs / counts.rows) / 10);
  }
  Frame::Builder summary;
  summary.add("segment", names).add("rows", std::move(n));
  summary.add("online missing, %", std::move(missing)).add("differs, %", std::move(differs));
  auto made = std::move(lines).build();
  auto counted = std::move(summary).build();
  if (!made) return fail(made.error());
  if (!counted) return fail(counted.error());
  return LogSample{std::move(*made), std::move(*counted)};
}

}  // namespace rehearse::scenarios
