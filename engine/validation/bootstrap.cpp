// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "engine/base/random.hpp"

namespace rehearse::validation {
namespace {

// Rows grouped by unit: those of unit u are rows[begin[u] … begin[u + 1]).
struct Units {
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> begin;
  std::size_t size() const { return begin.size() - 1; }
};

Units group(std::size_t rows, std::span<const std::uint64_t> clusters) {
  Units units;
  units.rows.resize(rows);
  std::iota(units.rows.begin(), units.rows.end(), 0U);
  if (clusters.empty()) {
    units.begin.resize(rows + 1);
    std::iota(units.begin.begin(), units.begin.end(), std::size_t{0});
    return units;
  }
  std::unordered_map<std::uint64_t, std::size_t> place;  // in order of first appearance
  std::vector<std::size_t> unit(rows), count;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto [found, added] = place.try_emplace(clusters[row], count.size());
    if (added) count.push_back(0);
    unit[row] = found->second;
    ++count[unit[row]];
  }
  units.begin.assign(count.size() + 1, 0);
  std::partial_sum(count.begin(), count.end(), units.begin.begin() + 1);
  std::vector<std::size_t> next(units.begin.begin(), units.begin.end() - 1);
  for (std::size_t row = 0; row < rows; ++row)
    units.rows[next[unit[row]]++] = static_cast<std::uint32_t>(row);
  return units;
}

double quantile_of(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Result<void> validate_bootstrap(const BootstrapOptions& o) {
  if (o.replicates < 20 || o.replicates > 10000)
    return fail(Code::invalid_argument, "replicates is {}; it lies between 20 and 10,000",
                o.replicates);
  if (!(o.level > 0 && o.level < 1))
    return fail(Code::invalid_argument, "level is {:g}; it lies between 0 and 1, both excluded",
                o.level);
  return {};
}

void close_interval(Interval& interval, std::vector<double> values, double level) {
  if (interval.units < 2) {
    interval.why = "one unit cannot be resampled";
    return;
  }
  if (values.size() < 10 || static_cast<std::size_t>(interval.undefined) > values.size()) {
    interval.why = "the statistic is undefined in most resamples: there are too few positives";
    return;
  }
  std::sort(values.begin(), values.end());
  interval.low = quantile_of(values, (1 - level) / 2);
  interval.high = quantile_of(values, (1 + level) / 2);
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  interval.standard_error = std::sqrt(squares / (n - 1));
}

Result<Interval> resample(const Units& units, const Statistic& statistic, const BootstrapOptions& o,
                          const Progress& progress) {
  auto whole = statistic(units.rows);
  if (!whole) return fail(whole.error());
  Interval interval;
  interval.value = whole->value, interval.units = units.size();
  interval.low = interval.high = interval.standard_error = std::nan("");
  if (!whole->defined()) {
    interval.why = whole->why;
    return interval;
  }
  const StreamKey key = stream_key(o.seed, "validation.bootstrap");
  std::vector<double> values;
  std::vector<std::uint32_t> drawn;
  for (int b = 0; b < o.replicates; ++b) {
    Stream stream(key, o.replicate, static_cast<std::uint64_t>(b));
    drawn.clear();
    for (std::size_t i = 0; i < units.size(); ++i) {
      const std::size_t unit = stream.below(units.size());
      for (std::size_t at = units.begin[unit]; at < units.begin[unit + 1]; ++at)
        drawn.push_back(units.rows[at]);
    }
    auto value = statistic(drawn);
    if (!value) return fail(value.error());
    if (value->defined())
      values.push_back(value->value);
    else
      ++interval.undefined;
    if (!progress.report(static_cast<double>(b + 1) / o.replicates)) return cancelled();
  }
  close_interval(interval, std::move(values), o.level);
  return interval;
}

}  // namespace

Result<Interval> bootstrap(std::size_t rows, std::span<const std::uint64_t> clusters,
                           const Statistic& statistic, const BootstrapOptions& options,
                           const Progress& progress) {
  if (auto fine = validate_bootstrap(options); !fine) return fail(fine.error());
  if (rows == 0) return fail(Code::bad_data, "there are no rows to resample");
  if (!clusters.empty() && clusters.size() != rows)
    return fail(Code::internal, "{} clusters for {} rows", clusters.size(), rows);
  return resample(group(rows, clusters), statistic, options, progress);
}

double clustered_standard_error(std::span<const double> values,
                                std::span<const std::uint64_t> clusters) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  const Units units = group(values.size(), clusters);
  const auto groups = static_cast<double>(units.size());
  double squares = 0;
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    double sum = 0;
    for (std::size_t at = units.begin[unit]; at < units.begin[unit + 1]; ++at)
      sum += values[units.rows[at]] - mean;
    squares += sum * sum;
  }
  return std::sqrt(groups / (groups - 1) * squares) / n;
}

namespace {

// The rows of some clusters, whose own clusters are their numbers among those drawn.
struct Sampled {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint64_t> clusters;
};

Sampled draw_clusters(const Units& units, int wanted, std::uint64_t seed, std::uint64_t sample) {
  std::vector<std::uint32_t> order(units.size());
  std::iota(order.begin(), order.end(), 0U);
  Stream stream(seed, "validation.coverage", 0, sample);
  Sampled drawn;
  for (std::size_t i = 0; i < static_cast<std::size_t>(wanted); ++i) {
    std::swap(order[i], order[i + stream.below(order.size() - i)]);
    for (std::size_t at = units.begin[order[i]]; at < units.begin[order[i] + 1]; ++at)
      drawn.rows.push_back(units.rows[at]), drawn.clusters.push_back(i);
  }
  return drawn;
}

void count_sample(Coverage::Kind& kind, const Interval& interval, double truth) {
  if (!interval.why.empty()) return;
  kind.share += truth >= interval.low && truth <= interval.high;
  kind.width += interval.high - interval.low;
  ++kind.samples;
}

Result<Coverage::Sample> both_intervals(const Sampled& drawn, const Statistic& statistic,
                                        const BootstrapOptions& o) {
  std::vector<std::uint32_t> actual;
  const Statistic inner = [&](std::span<const std::uint32_t> rows) {
    actual.clear();
    for (const std::uint32_t row : rows) actual.push_back(drawn.rows[row]);
    return statistic(actual);
  };
  auto rows = bootstrap(drawn.rows.size(), {}, inner, o);
  if (!rows) return fail(rows.error());
  auto clusters = bootstrap(drawn.rows.size(), drawn.clusters, inner, o);
  if (!clusters) return fail(clusters.error());
  return Coverage::Sample{std::move(*rows), std::move(*clusters)};
}

}  // namespace

Result<Coverage> coverage(std::span<const std::uint64_t> clusters, const Statistic& statistic,
                          const CoverageOptions& o, const Progress& progress) {
  if (auto fine = validate_bootstrap(o.bootstrap); !fine) return fail(fine.error());
  if (o.samples < 20 || o.samples > 10000)
    return fail(Code::invalid_argument, "samples is {}; it lies between 20 and 10,000", o.samples);
  const Units units = group(clusters.size(), clusters);
  if (o.sample_clusters < 10 || static_cast<std::size_t>(o.sample_clusters) * 3 > units.size())
    return fail(Code::invalid_argument,
                "a sample of {} clusters from {}: take at least 10 and at most a third of them, so "
                "that the table can stand for the population",
                o.sample_clusters, units.size());
  auto truth = statistic(units.rows);
  if (!truth) return fail(truth.error());
  if (!truth->defined()) return fail(Code::bad_data, "{}", truth->why);
  Coverage result;
  result.truth = truth->value;
  for (int s = 0; s < o.samples; ++s) {
    BootstrapOptions inner = o.bootstrap;
    inner.replicate = static_cast<std::uint64_t>(s);
    auto both = both_intervals(draw_clusters(units, o.sample_clusters, inner.seed, inner.replicate),
                               statistic, inner);
    if (!both) return fail(both.error());
    count_sample(result.rows, both->rows, result.truth);
    count_sample(result.clusters, both->clusters, result.truth);
    result.samples.push_back(std::move(*both));
    if (!progress.report(static_cast<double>(s + 1) / o.samples)) return cancelled();
  }
  for (Coverage::Kind* kind : {&result.rows, &result.clusters}) {
    kind->share = kind->samples ? kind->share / kind->samples : std::nan("");
    kind->width = kind->samples ? kind->width / kind->samples : std::nan("");
  }
  return result;
}

}  // namespace rehearse::validation
