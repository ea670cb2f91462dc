// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/histogram.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/calibration/validate.hpp"
#include "engine/metrics/order.hpp"

namespace rehearse::calibration {
namespace {

std::vector<double> inner_edges(std::span<const double> scores, int bins,
                                metrics::Binning binning) {
  std::vector<double> edges, ascending;
  if (binning == metrics::Binning::quantile)
    for (const std::uint32_t row : metrics::ascending_order(scores))
      ascending.push_back(scores[row]);
  for (int b = 1; b < bins; ++b) {
    const double q = static_cast<double>(b) / bins;
    edges.push_back(ascending.empty() ? q : metrics::quantile_sorted(ascending, q));
  }
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace

HistogramMap::HistogramMap(std::vector<double> inner_edges, std::vector<double> values)
    : inner_edges_(std::move(inner_edges)), values_(std::move(values)) {
  assert(values_.size() == inner_edges_.size() + 1);
}

double HistogramMap::operator()(double score) const {
  const auto bin = std::upper_bound(inner_edges_.begin(), inner_edges_.end(), score);
  const double value = values_[static_cast<std::size_t>(bin - inner_edges_.begin())];
  return std::isnan(value) ? score : value;
}

Result<std::shared_ptr<const HistogramMap>> fit_histogram(std::span<const double> scores,
                                                          std::span<const double> labels, int bins,
                                                          metrics::Binning binning) {
  if (auto valid = validate_probabilities(scores, labels); !valid) return fail(valid.error());
  if (bins < 1 || bins > 10000)
    return fail(Code::invalid_argument, "{} bins: a histogram map has 1 to 10,000", bins);
  if (binning == metrics::Binning::mass)
    return fail(Code::invalid_argument,
                "bins of equal mass are cut between rows and have no edges to score new rows with; "
                "use `quantile`");
  std::vector<double> edges = inner_edges(scores, bins, binning);
  std::vector<double> sums(edges.size() + 1, 0), counts(edges.size() + 1, 0);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto bin = static_cast<std::size_t>(
        std::upper_bound(edges.begin(), edges.end(), scores[i]) - edges.begin());
    sums[bin] += labels[i], counts[bin] += 1;
  }
  for (std::size_t b = 0; b < sums.size(); ++b)
    sums[b] = counts[b] > 0 ? sums[b] / counts[b] : std::numeric_limits<double>::quiet_NaN();
  return std::make_shared<const HistogramMap>(std::move(edges), std::move(sums));
}

}  // namespace rehearse::calibration
