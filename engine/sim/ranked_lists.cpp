// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/ranked_lists.hpp"

#include <array>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/sim/mean_rate.hpp"
#include "engine/sim/names.hpp"

namespace rehearse::sim {
namespace {

constexpr double kMostListRows = 2e6, kReadSeconds = 30, kDwellSpread = 0.8, kMeanAge = 18;
constexpr int kCommunitiesATopic = 3, kAuthors = 60;
constexpr std::array<const char*, 4> kListMedia = {"text", "link", "image", "video"};

Result<void> check_lists(const RankedListOptions& o) {
  if (auto fine = check_ranges({{"requests", o.requests, 1, 50000},
                                {"later", o.later, 1, 50000},
                                {"candidates", o.candidates, 2, 500},
                                {"topics", o.topics, 2, 50},
                                {"click_rate", o.click_rate, 0.001, 0.5},
                                {"report_rate", o.report_rate, 0.0001, 0.2},
                                {"interplay", o.interplay, 0, 3},
                                {"noise", o.noise, 0, 5},
                                {"unsafe", o.unsafe, 0, 0.5}});
      !fine)
    return fine;
  if ((static_cast<double>(o.requests) + o.later) * o.candidates > kMostListRows)
    return fail(Code::limit, "{} requests of {} candidates are more than {:g} rows",
                o.requests + o.later, o.candidates, kMostListRows);
  return {};
}

// A column each; a row a candidate.
struct CandidateColumns {
  std::vector<std::int32_t> request, post, author, community, topic, media;
  std::vector<double> affinity, votes, headline, age, hour, risk;
  std::vector<double> click_odds, report_odds, dwell_median;  // log-odds, ln of seconds
  std::vector<double> click_draw, report_draw, dwell_draw;
  std::vector<std::uint8_t> unsafe;
};

// The log-odds of a click without the intercept.
double click_odds_of(double liking, double quality, double headline, double age, int topic,
                     double interplay) {
  const double aged = std::log1p(age / 6);
  const double fading = 0.35 * aged, news = topic % 2 == 0 ? 1 : -1;
  const double together = 0.5 * liking * quality - 0.7 * news * (aged - 1.1) +
                          (age < 8 ? 1.2 : -1.2) * (headline - 0.5);
  return 0.8 * liking + 0.7 * quality + 1.6 * headline - fading + interplay * together;
}

void add_request(const RankedListOptions& o, std::uint64_t request, CandidateColumns& rows) {
  Stream stream(o.seed, "list.request", o.replicate, request);
  std::vector<double> liking;
  for (int t = 0; t < o.topics; ++t) liking.push_back(stream.normal());
  const auto hour = static_cast<double>(stream.below(24));
  for (int c = 0; c < o.candidates; ++c) {
    const auto topic = static_cast<int>(stream.below(static_cast<std::uint64_t>(o.topics)));
    const auto community =
        topic * kCommunitiesATopic + static_cast<int>(stream.below(kCommunitiesATopic));
    const double likes = liking[static_cast<std::size_t>(topic)], quality = stream.normal(),
                 headline = stream.uniform(), age = stream.exponential(1 / kMeanAge);
    const bool unsafe = stream.bernoulli(std::min(1.0, 2 * o.unsafe * headline));
    rows.request.push_back(static_cast<std::int32_t>(request));
    rows.post.push_back(static_cast<std::int32_t>(rows.post.size()));
    rows.author.push_back(static_cast<std::int32_t>(stream.below(kAuthors)));
    rows.community.push_back(community), rows.topic.push_back(topic);
    rows.media.push_back(static_cast<std::int32_t>(stream.below(kListMedia.size())));
    rows.affinity.push_back(likes + o.noise * stream.normal());
    rows.votes.push_back(quality + o.noise * stream.normal());
    rows.headline.push_back(headline), rows.age.push_back(age), rows.hour.push_back(hour);
    rows.risk.push_back(metrics::sigmoid((unsafe ? 2.0 : -3.0) + stream.normal()));
    rows.click_odds.push_back(click_odds_of(likes, quality, headline, age, topic, o.interplay));
    rows.report_odds.push_back(2.2 * headline - 0.6 * quality + (unsafe ? 3 : 0));
    rows.dwell_median.push_back(std::log(kReadSeconds) + 1.2 + 0.6 * quality + 0.3 * likes -
                                2.4 * headline);
    rows.click_draw.push_back(stream.uniform()), rows.report_draw.push_back(stream.uniform());
    rows.dwell_draw.push_back(stream.normal());
    rows.unsafe.push_back(unsafe);
  }
}

// Outcomes and their truth, once the intercepts are known.
struct Outcomes {
  std::vector<std::uint8_t> relevance, click, read, report;
  std::vector<double> dwell, click_p, read_p, report_p, dwell_expected, gain;

  void add(const CandidateColumns& rows, std::size_t i, double click_intercept,
           double report_intercept) {
    const double p = metrics::sigmoid(click_intercept + rows.click_odds[i]);
    const double long_read =
        normal_cdf((rows.dwell_median[i] - std::log(kReadSeconds)) / kDwellSpread);
    const bool clicked = rows.click_draw[i] < p;
    const double seconds =
        clicked ? std::exp(rows.dwell_median[i] + kDwellSpread * rows.dwell_draw[i]) : 0;
    const bool reads = clicked && seconds >= kReadSeconds;
    click.push_back(clicked), read.push_back(reads), dwell.push_back(seconds);
    relevance.push_back(static_cast<std::uint8_t>(clicked + reads));
    click_p.push_back(p), read_p.push_back(p * long_read);
    dwell_expected.push_back(p * std::exp(rows.dwell_median[i] + kDwellSpread * kDwellSpread / 2));
    gain.push_back(p * (1 + 2 * long_read));
    report_p.push_back(metrics::sigmoid(report_intercept + rows.report_odds[i]));
    report.push_back(rows.report_draw[i] < report_p.back());
  }
};

Result<Frame> frame_of(CandidateColumns& rows, Outcomes& o, int topics) {
  const ColumnInfo id{.role = Role::id}, feature{.role = Role::feature}, label{.role = Role::label};
  const auto truth = [](const char* of) {
    return ColumnInfo{.role = Role::truth, .unit = "probability", .truth_of = of};
  };
  Frame::Builder b;
  b.add("request", std::move(rows.request), id).add("post", std::move(rows.post), id);
  b.add_dictionary("author", std::move(rows.author), numbered_names("author", kAuthors));
  b.add_dictionary(
      "community", std::move(rows.community),
      numbered_names("community", static_cast<std::size_t>(topics * kCommunitiesATopic)));
  b.add_dictionary("topic", std::move(rows.topic),
                   numbered_names("topic", static_cast<std::size_t>(topics)), feature);
  b.add_dictionary("media", std::move(rows.media),
                   shared_names({kListMedia.begin(), kListMedia.end()}), feature);
  b.add("affinity", std::move(rows.affinity), feature).add("votes", std::move(rows.votes), feature);
  b.add("headline", std::move(rows.headline), feature);
  b.add("age_hours", std::move(rows.age), {.role = Role::feature, .unit = "hours"});
  b.add("hour", std::move(rows.hour), feature).add("risk", std::move(rows.risk), feature);
  b.add("relevance", std::move(o.relevance), label).add("click", std::move(o.click), label);
  b.add("read", std::move(o.read), label).add("report", std::move(o.report), label);
  b.add("dwell_seconds", std::move(o.dwell), {.role = Role::label, .unit = "seconds"});
  b.add("click_probability", std::move(o.click_p), truth("click"));
  b.add("read_probability", std::move(o.read_p), truth("read"));
  b.add("report_probability", std::move(o.report_p), truth("report"));
  b.add("dwell_expected", std::move(o.dwell_expected),
        {.role = Role::truth, .unit = "seconds", .truth_of = "dwell_seconds"});
  b.add("gain_expected", std::move(o.gain), {.role = Role::truth, .truth_of = "gain_expected"});
  b.add("unsafe", std::move(rows.unsafe), {.role = Role::truth, .truth_of = "unsafe"});
  return std::move(b).build();
}

}  // namespace

Result<RankedLists> simulate_ranked_lists(const RankedListOptions& o, const Progress& progress) {
  if (auto fine = check_lists(o); !fine) return fail(fine.error());
  CandidateColumns rows;
  for (int request = 0; request < o.requests + o.later; ++request) {
    if (!progress.report(static_cast<double>(request) / (o.requests + o.later))) return cancelled();
    add_request(o, static_cast<std::uint64_t>(request), rows);
  }
  // The intercepts are those of the past: judging more requests must not change it.
  const auto learned =
      static_cast<std::size_t>(o.requests) * static_cast<std::size_t>(o.candidates);
  const std::vector<double> even(learned, 1);
  const double click =
                   intercept_of_mean(std::span(rows.click_odds).first(learned), even, o.click_rate),
               report = intercept_of_mean(std::span(rows.report_odds).first(learned), even,
                                          o.report_rate);
  Outcomes outcomes;
  for (std::size_t i = 0; i < rows.click_odds.size(); ++i) outcomes.add(rows, i, click, report);
  auto all = frame_of(rows, outcomes, o.topics);
  if (!all) return fail(all.error());
  return RankedLists{all->slice(0, learned), all->slice(learned, all->rows())};
}

}  // namespace rehearse::sim
