// SPDX-License-Identifier: GPL-3.0-or-later
//
// k-means: `clusters` centroids such that the points lie near to one of them, by turns of assigning
// each point to its nearest centroid and moving each centroid to the mean of its points (Lloyd
// 1957, 1982). The sum of squared distances never rises.
//
// It begins with centroids drawn from the points, each with a chance in proportion to its squared
// distance to those drawn before (k-means++: Arthur, Vassilvitskii 2007). A cluster that lost all
// its points goes to the point that lies farthest from its centroid.
//
// Use it to cut a space into cells (ivf.hpp) and to make codebooks (product_quantizer.hpp). The
// clusters need not mean anything.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::retrieval {

struct KMeansOptions {
  std::size_t clusters = 16;
  std::size_t iterations = 12;  // at most
  std::uint64_t seed = 1, entity = 0;
};

struct Clusters {
  std::size_t dims = 0;
  std::vector<float> centroids;      // one after another
  std::vector<std::uint32_t> cells;  // of each point
  std::vector<double> inertia;       // sum of squared distances after each assignment
  std::size_t size() const { return dims == 0 ? 0 : centroids.size() / dims; }
};

// Clusters are fewer where there are fewer different points. Errors: no points, dims or clusters
// is 0, numbers that are no whole points or not finite, cancelled.
// O(points · clusters · dims · iterations).
Result<Clusters> kmeans(std::span<const float> points, std::size_t dims,
                        const KMeansOptions& options, const Progress& progress = {});

// The nearest centroid of each point, the first of equals, and the squared distance to it.
struct Assignment {
  std::vector<std::uint32_t> cells;
  std::vector<float> distances;
};
Assignment assign(std::span<const float> points, std::span<const float> centroids,
                  std::size_t dims);

}  // namespace rehearse::retrieval
