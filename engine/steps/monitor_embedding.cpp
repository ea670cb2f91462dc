// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small space of embeddings, day by day, that changes in a known way: items of eight topics,
// queries that know which items are relevant. Made here, deterministic; watched by engine/monitor.
#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/reliability.hpp"
#include "engine/monitor/embedding.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kTopics = 8, kQueries = 60, kRelevant = 10;
constexpr int kPermutations = 99, kReferenceDay = 1000;
constexpr double kTopicSpread = 1, kItemSpread = 0.5, kQuerySpread = 0.2, kCommon = 1.5;

std::vector<double> normals(Stream stream, std::size_t n, double sd) {
  std::vector<double> v(n);
  for (double& x : v) x = stream.normal(0, sd);
  return v;
}

class Space {
 public:
  Space(std::size_t items, std::size_t dimensions, std::uint64_t seed)
      : seed_(seed), dims_(dimensions) {
    for (std::size_t t = 0; t < kTopics; ++t) {
      topics_.push_back(normals(Stream(seed, "embedding.topic", 0, t), dims_, kTopicSpread));
      topics_.back()[0] += kCommon;  // real spaces have a direction that all vectors share
    }
    items_ = around("embedding.item", items, kItemSpread);
    queries_ = around("embedding.query", kQueries, kQuerySpread);
    for (std::size_t q = 0; q < kQueries; ++q)
      relevant_.push_back(monitor::nearest(items_, queries_.row(q), kRelevant));
    draw_rotation();
  }

  // Items as the index has them that day; `share` of them are changed.
  monitor::Vectors items_on(int day, const std::string& change, double share,
                            double strength) const {
    monitor::Vectors out = items_;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto row = std::span(out.values).subspan(i * dims_, dims_);
      const auto jitter =
          normals(Stream(seed_, "embedding.day", static_cast<std::uint64_t>(day), i), dims_, 0.02);
      for (std::size_t d = 0; d < dims_; ++d) row[d] += jitter[d];
      if (Stream(seed_, "embedding.changed", 0, i).uniform() >= share) continue;
      if (change == "swap") rotate(row);
      if (change == "noise")
        add(row, normals(Stream(seed_, "embedding.noise", 0, i), dims_, strength));
      if (change == "topic") move(row, strength);
    }
    return out;
  }
  // A swapped model embeds the queries too.
  monitor::Vectors queries_on(const std::string& change) const {
    monitor::Vectors out = queries_;
    for (std::size_t q = 0; q < out.size() && change == "swap"; ++q)
      rotate(std::span(out.values).subspan(q * dims_, dims_));
    return out;
  }
  const std::vector<std::vector<std::uint32_t>>& relevant() const { return relevant_; }

 private:
  monitor::Vectors around(const char* process, std::size_t n, double spread) const {
    monitor::Vectors v{dims_, {}};
    for (std::size_t i = 0; i < n; ++i) {
      const auto own = normals(Stream(seed_, process, 0, i), dims_, spread);
      for (std::size_t d = 0; d < dims_; ++d) v.values.push_back(topics_[i % kTopics][d] + own[d]);
    }
    return v;
  }
  // An orthogonal basis by Gram and Schmidt whose first axis is kept: cosines to a centroid along
  // it hardly move, neighbours do.
  void draw_rotation() {
    for (std::size_t r = 0; r < dims_; ++r) {
      auto v = normals(Stream(seed_, "embedding.rotation", 0, r), dims_, 1);
      if (r == 0) std::fill(v.begin(), v.end(), 0), v[0] = 1;
      for (const auto& before : rotation_) {
        double dot = 0;
        for (std::size_t d = 0; d < dims_; ++d) dot += v[d] * before[d];
        for (std::size_t d = 0; d < dims_; ++d) v[d] -= dot * before[d];
      }
      double length = 0;
      for (const double x : v) length += x * x;
      for (double& x : v) x /= std::sqrt(length);
      rotation_.push_back(std::move(v));
    }
  }
  void rotate(std::span<double> row) const {
    std::vector<double> out(dims_, 0);
    for (std::size_t r = 0; r < dims_; ++r)
      for (std::size_t d = 0; d < dims_; ++d) out[r] += rotation_[r][d] * row[d];
    std::copy(out.begin(), out.end(), row.begin());
  }
  static void add(std::span<double> row, const std::vector<double>& what) {
    for (std::size_t d = 0; d < row.size(); ++d) row[d] += what[d];
  }
  // Towards a ninth topic that nobody has asked for yet.
  void move(std::span<double> row, double strength) const {
    const auto topic = normals(Stream(seed_, "embedding.topic", 0, kTopics), dims_, kTopicSpread);
    for (std::size_t d = 0; d < dims_; ++d) row[d] += std::min(1.0, strength) * (topic[d] - row[d]);
  }

  const std::uint64_t seed_;
  const std::size_t dims_;
  std::vector<std::vector<double>> topics_, rotation_;
  monitor::Vectors items_, queries_;
  std::vector<std::vector<std::uint32_t>> relevant_;
};

Result<Outputs> run_monitor_embedding(const StepCall& call, const StepContext& context) {
  const Space space(static_cast<std::size_t>(call.integer("items")),
                    static_cast<std::size_t>(call.integer("dimensions")), context.seed);
  const auto centre = monitor::centroid(space.items_on(kReferenceDay, "none", 0, 0));
  const auto reference = space.items_on(0, "none", 0, 0);
  std::vector<double> day, mean, p10, p, recall;
  for (int d = 1; d <= call.integer("days"); ++d) {
    const std::string change = d >= call.number("change_day") ? call.text("change") : "none";
    const auto items = space.items_on(d, change, call.number("share"), call.number("strength"));
    auto cosines = monitor::cosines_to(items, centre);
    std::sort(cosines.begin(), cosines.end());
    double sum = 0;
    for (const double c : cosines) sum += c;
    auto shift = monitor::mean_shift(reference, items, kPermutations, context.seed,
                                     static_cast<std::uint64_t>(d));
    if (!shift) return fail(shift.error());
    auto found = monitor::recall_at(items, space.queries_on(change), space.relevant(), kRelevant);
    if (!found) return fail(found.error());
    day.push_back(d), mean.push_back(sum / static_cast<double>(cosines.size()));
    p10.push_back(metrics::quantile_sorted(cosines, 0.1)), p.push_back(shift->p);
    recall.push_back(*found);
    if (!context.progress.report(static_cast<double>(d) /
                                 static_cast<double>(call.integer("days"))))
      return cancelled();
  }
  Frame::Builder b;
  b.add("day", std::move(day))
      .add("cosine_mean", std::move(mean))
      .add("cosine_p10", std::move(p10));
  b.add("mean_shift_p", std::move(p)).add("recall_at_10", std::move(recall));
  return one(std::move(b).build());
}

const StepRegistration kMonitorEmbedding{{
    .name = "monitor.embedding",
    .sentence =
        "A space of embeddings by day: cosine to the reference centroid, mean shift, and recall "
        "of labelled queries.",
    .example = "monitor.embedding { change = \"swap\", change_day = 14 }",
    .outputs = {{.name = "days", .kind = Kind::frame}},
    .parameters = {choice_parameter(
                       "change", "swap", {"none", "swap", "noise", "topic"},
                       "nothing; another model for a share of items and for all queries; "
                       "noise on the vectors; items of a new topic"),
                   number_parameter("change_day", 14, 1, 400, "its first day", "days"),
                   number_parameter("share", 0.5, 0, 1, "share of items it affects"),
                   number_parameter("strength", 0.5, 0, 10,
                                    "standard deviation of noise; how far items move to the topic"),
                   integer_parameter("items", 320, 20, 20000, "items in the index"),
                   integer_parameter("dimensions", 16, 2, 256, "length of a vector"),
                   integer_parameter("days", 28, 1, 400, "days watched")},
    .run = run_monitor_embedding,
}};

}  // namespace
}  // namespace rehearse::steps
