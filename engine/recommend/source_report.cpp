// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/source_report.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace rehearse::recommend {
namespace {

constexpr const char* kBestPossible = "best possible";

std::vector<std::size_t> depths_to(std::size_t items) {
  std::vector<std::size_t> depths;
  for (std::size_t ten = 1; ten <= items; ten *= 10)
    for (const std::size_t step : {1U, 2U, 3U, 5U, 7U})
      if (step * ten < items) depths.push_back(step * ten);
  depths.push_back(items);
  return depths;
}

// The sources in turn, each giving its next candidate that is not there yet.
std::vector<std::uint32_t> merged(const std::vector<std::vector<Recommended>>& lists,
                                  std::size_t items) {
  std::vector<std::uint32_t> all;
  std::vector<std::uint8_t> there(items);
  std::vector<std::size_t> at(lists.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t s = 0; s < lists.size(); ++s) {
      while (at[s] < lists[s].size() && there[lists[s][at[s]].item]) ++at[s];
      if (at[s] == lists[s].size()) continue;
      const std::uint32_t item = lists[s][at[s]++].item;
      there[item] = 1, all.push_back(item), more = true;
    }
  }
  return all;
}

// Sums of recall by depth, over users.
class RecallCurve {
 public:
  explicit RecallCurve(const std::vector<std::size_t>& depths)
      : depths_(depths), sums_(depths.size()) {}
  // Ranks from 1, ascending.
  void add(const std::vector<std::size_t>& ranks) {
    for (std::size_t d = 0; d < depths_.size(); ++d)
      sums_[d] += static_cast<double>(std::upper_bound(ranks.begin(), ranks.end(), depths_[d]) -
                                      ranks.begin()) /
                  static_cast<double>(ranks.size());
    ++users_;
  }
  double recall(std::size_t d) const { return sums_[d] / static_cast<double>(users_); }

 private:
  std::vector<std::size_t> depths_;
  std::vector<double> sums_;
  std::size_t users_ = 0;
};

struct SummaryRows {
  std::vector<std::string> method;
  std::vector<double> ndcg, recall, map, mrr, coverage, popular, kilobytes;

  void add(const NamedRecommender& source, const Evaluation& e,
           const std::vector<std::uint8_t>& popular_items) {
    double listed = 0, places = 0, of_popular = 0;
    for (std::size_t item = 0; item < e.listed.size(); ++item) {
      listed += e.listed[item] > 0, places += e.listed[item];
      if (popular_items[item]) of_popular += e.listed[item];
    }
    method.push_back(source.name);
    ndcg.push_back(e.ndcg.value), recall.push_back(e.recall.value), map.push_back(e.map.value);
    mrr.push_back(e.mrr.value);
    coverage.push_back(listed / static_cast<double>(e.listed.size()));
    popular.push_back(places > 0 ? of_popular / places : 0);
    kilobytes.push_back(static_cast<double>(source.model->bytes()) / 1024);
  }
  Result<Frame> build() && {
    Frame::Builder b;
    b.add("method", method).add("ndcg", std::move(ndcg)).add("recall", std::move(recall));
    b.add("map", std::move(map)).add("mrr", std::move(mrr));
    b.add("coverage", std::move(coverage), {.unit = "%"});
    b.add("popular_share", std::move(popular), {.unit = "%"});
    b.add("kilobytes", std::move(kilobytes));
    return std::move(b).build();
  }
};

std::vector<std::uint8_t> most_popular(const Interactions& training) {
  std::vector<std::uint32_t> order(training.items());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return training.users_of(a).size() > training.users_of(b).size();
  });
  std::vector<std::uint8_t> popular(order.size());
  for (std::size_t i = 0; i < std::max<std::size_t>(1, order.size() / 10); ++i)
    popular[order[i]] = 1;
  return popular;
}

// Ranks of the relevant items in a list that holds every candidate.
std::vector<std::size_t> ranks_in(const std::vector<std::uint32_t>& list,
                                  std::span<const std::uint32_t> relevant) {
  std::vector<std::size_t> ranks;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (std::binary_search(relevant.begin(), relevant.end(), list[i])) ranks.push_back(i + 1);
  return ranks;
}

}  // namespace

GivenScores::GivenScores(const Interactions& training, std::vector<double> scores)
    : training_(training), scores_(std::move(scores)) {
  assert(scores_.size() == training.users() * training.items());
}

void GivenScores::score(std::uint32_t user, std::span<double> scores) const {
  const std::size_t items = training_.items();
  std::copy_n(scores_.begin() + static_cast<std::ptrdiff_t>(user * items), items, scores.begin());
}

Result<SourceReport> report_on_sources(const std::vector<NamedRecommender>& sources,
                                       const Interactions& test, std::size_t k, bool merge,
                                       const Progress& progress) {
  if (sources.empty()) return fail(Code::invalid_argument, "no source of candidates is named");
  const Interactions& training = sources.front().model->training();
  const std::vector<std::uint8_t> popular = most_popular(training);
  SummaryRows summary;
  std::vector<std::uint32_t> users;
  for (const NamedRecommender& source : sources) {
    auto measured = evaluate(*source.model, test, k, Progress(progress.token(), {}));
    if (!measured) return fail(measured.error());
    summary.add(source, *measured, popular);
    if (users.empty())
      for (const ListQuality& one : measured->users) users.push_back(one.user);
  }
  const std::vector<std::size_t> depths = depths_to(training.items());
  std::vector<RecallCurve> curves(sources.size() + 1, RecallCurve(depths));
  std::vector<double> scores(training.items());
  for (std::size_t i = 0; i < users.size(); ++i) {
    if (!progress.report(static_cast<double>(i) / static_cast<double>(users.size())))
      return cancelled();
    const auto masked = training.items_of(users[i]), relevant = test.items_of(users[i]);
    std::vector<std::vector<Recommended>> lists;
    for (std::size_t s = 0; s < sources.size(); ++s) {
      sources[s].model->score(users[i], scores);
      curves[s].add(ranks_of(scores, masked, relevant));
      if (merge && sources[s].name.rfind(kBestPossible, 0) != 0)
        lists.push_back(top_k(scores, masked, training.items()));
    }
    if (merge) curves.back().add(ranks_in(merged(lists, training.items()), relevant));
  }
  std::vector<std::string> series;
  std::vector<std::int32_t> depth;
  std::vector<double> recall;
  for (std::size_t s = 0; s < sources.size() + (merge ? 1 : 0); ++s)
    for (std::size_t d = 0; d < depths.size() && !users.empty(); ++d) {
      series.push_back(s < sources.size() ? sources[s].name : "merged");
      depth.push_back(static_cast<std::int32_t>(depths[d]));
      recall.push_back(curves[s].recall(d));
    }
  Frame::Builder b;
  b.add("series", series).add("depth", std::move(depth)).add("recall", std::move(recall));
  auto curve = std::move(b).build();
  if (!curve) return fail(curve.error());
  auto rows = std::move(summary).build();
  if (!rows) return fail(rows.error());
  return SourceReport{*std::move(rows), *std::move(curve)};
}

}  // namespace rehearse::recommend
