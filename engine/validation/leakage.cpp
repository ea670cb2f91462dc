// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/leakage.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "engine/base/random.hpp"
#include "engine/metrics/discrimination.hpp"

namespace rehearse::validation {
namespace {

constexpr std::size_t kBins = 32;
constexpr double kPriorRows = 20;  // a bin's mean begins from so many rows of the base rate
constexpr double kAgreement = 0.98;

// The bin of each row: 0 for a missing cell.
std::vector<std::uint32_t> bins_of(const Column& column) {
  std::vector<std::uint32_t> bin(column.size());
  if (!column.numeric()) {
    std::unordered_map<std::string_view, std::uint32_t> level;
    for (std::size_t row = 0; row < bin.size(); ++row)
      if (!column.missing(row))
        bin[row] = level.try_emplace(column.text(row), static_cast<std::uint32_t>(level.size() + 1))
                       .first->second;
    return bin;
  }
  const std::vector<double> values = column.numbers();
  std::vector<double> sorted;
  for (const double v : values)
    if (!std::isnan(v)) sorted.push_back(v);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> edges;
  for (std::size_t b = 1; b < kBins && !sorted.empty(); ++b)
    edges.push_back(sorted[b * sorted.size() / kBins]);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  for (std::size_t row = 0; row < bin.size(); ++row)
    if (!std::isnan(values[row]))
      bin[row] = static_cast<std::uint32_t>(
          1 + (std::upper_bound(edges.begin(), edges.end(), values[row]) - edges.begin()));
  return bin;
}

struct Tally {
  double rows = 0, clicks = 0;
};

// Rows of each cluster in order of appearance.
std::vector<std::vector<std::uint32_t>> grouped(std::span<const std::uint64_t> clusters) {
  std::unordered_map<std::uint64_t, std::size_t> place;
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    const auto [found, added] = place.try_emplace(clusters[row], groups.size());
    if (added) groups.emplace_back();
    groups[found->second].push_back(static_cast<std::uint32_t>(row));
  }
  return groups;
}

bool same_cell(const Column& column, std::size_t a, std::size_t b) {
  if (column.missing(a) || column.missing(b)) return column.missing(a) == column.missing(b);
  return column.numeric() ? column.number(a) == column.number(b) : column.text(a) == column.text(b);
}

}  // namespace

Result<metrics::Measure> auc_alone(const Column& column, std::span<const double> labels,
                                   std::span<const std::uint64_t> clusters, std::uint64_t seed) {
  assert(labels.size() == column.size());
  const std::vector<std::uint32_t> bin = bins_of(column);
  const StreamKey key = stream_key(seed, "validation.halves");
  std::vector<std::uint8_t> half(bin.size());
  for (std::size_t row = 0; row < half.size(); ++row)
    half[row] = Stream(key, 0, clusters.empty() ? row : clusters[row]).uniform() < 0.5;
  const std::size_t bins = bin.empty() ? 0 : *std::max_element(bin.begin(), bin.end()) + 1;
  std::vector<std::array<Tally, 2>> tally(bins);
  Tally all[2];
  for (std::size_t row = 0; row < bin.size(); ++row)
    for (Tally* one : {&tally[bin[row]][half[row]], &all[half[row]]})
      one->rows += 1, one->clicks += labels[row];
  std::vector<double> scores(bin.size());
  for (std::size_t row = 0; row < bin.size(); ++row) {
    const Tally &other = tally[bin[row]][1 - half[row]], &base = all[1 - half[row]];
    const double rate = base.rows > 0 ? base.clicks / base.rows : 0;
    scores[row] = (other.clicks + kPriorRows * rate) / (other.rows + kPriorRows);
  }
  auto scored = metrics::Scored::of(scores, labels);
  if (!scored) return fail(scored.error());
  return metrics::roc_auc(*scored);
}

std::optional<double> late_share(const Frame& rows, const Column& column) {
  const Column* time = rows.find("time");
  if (!time || time->type() != Type::time || column.type() != Type::time ||
      column.name() == "time" || rows.rows() == 0)
    return {};
  const auto now = time->values<std::int64_t>(), then = column.values<std::int64_t>();
  double late = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    late += !column.missing(row) && then[row] > now[row];
  return late / static_cast<double>(rows.rows());
}

std::vector<std::optional<std::uint32_t>> earlier_rows(std::span<const std::uint64_t> clusters,
                                                       std::span<const std::int64_t> times) {
  struct Last {
    std::uint32_t row;                         // the newest
    std::optional<std::uint32_t> before = {};  // the newest of an earlier moment
  };
  std::unordered_map<std::uint64_t, Last> last;
  std::vector<std::optional<std::uint32_t>> earlier(clusters.size());
  for (std::uint32_t row = 0; row < clusters.size(); ++row) {
    const auto [found, added] = last.try_emplace(clusters[row], Last{row});
    if (added) continue;
    Last& known = found->second;
    if (times.empty() || times[known.row] != times[row]) known.before = known.row;
    known.row = row;
    earlier[row] = known.before;
  }
  return earlier;
}

bool about_cluster(const Column& column, std::span<const std::uint64_t> clusters,
                   std::span<const std::int64_t> times) {
  std::unordered_map<std::uint64_t, std::size_t> last;
  double pairs = 0, same = 0;
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    const auto [found, added] = last.try_emplace(clusters[row], row);
    if (!added && !times.empty() && times[found->second] == times[row])
      pairs += 1, same += same_cell(column, found->second, row);
    found->second = row;
  }
  return pairs > 0 && same >= kAgreement * pairs;
}

Result<Frame> with_shuffled(const Frame& rows, const std::string& column,
                            std::span<const std::uint64_t> clusters, std::uint64_t seed,
                            std::uint64_t repeat) {
  auto found = rows.require(column);
  if (!found) return fail(found.error());
  Stream stream(seed, "validation.permutation", repeat, 0);
  std::vector<std::uint32_t> from(rows.rows());
  if (clusters.empty()) {
    std::iota(from.begin(), from.end(), 0U);
    stream.shuffle(std::span(from));
  } else {
    const auto groups = grouped(clusters);
    std::vector<std::uint32_t> order(groups.size());
    std::iota(order.begin(), order.end(), 0U);
    stream.shuffle(std::span(order));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const auto& giver = groups[order[g]];
      for (std::size_t i = 0; i < groups[g].size(); ++i)
        from[groups[g][i]] = giver[i % giver.size()];
    }
  }
  const std::vector<std::string> alone = {column};
  auto shuffled = rows.select(alone);
  if (!shuffled) return shuffled;
  return rows.with(shuffled->take(from).column(0));
}

}  // namespace rehearse::validation
