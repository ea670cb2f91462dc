// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/kmeans.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse::retrieval {
namespace {

using PointRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using PointMap = Eigen::Map<const PointRows>;

constexpr Eigen::Index kBlockRows = 256;  // whose products with all centroids stay in the cache

PointMap mapped(std::span<const float> points, std::size_t dims) {
  return {points.data(), static_cast<Eigen::Index>(points.size() / dims),
          static_cast<Eigen::Index>(dims)};
}

// Lowers `nearest` to the squared distance to one more centroid; their sum.
double lower_distances(const PointMap& points, Eigen::Index centre, std::vector<float>& nearest) {
  double sum = 0;
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    float& least = nearest[static_cast<std::size_t>(row)];
    least = std::min(least, (points.row(row) - points.row(centre)).squaredNorm());
    sum += static_cast<double>(least);
  }
  return sum;
}

std::vector<float> drawn_centroids(const PointMap& points, const KMeansOptions& options) {
  Stream stream(options.seed, "kmeans.centroid", 0, options.entity);
  const auto n = static_cast<std::size_t>(points.rows());
  std::vector<float> nearest(n, std::numeric_limits<float>::infinity()), centroids;
  std::size_t centre = stream.below(n);
  while (true) {
    const auto row = static_cast<Eigen::Index>(centre);
    centroids.insert(centroids.end(), points.row(row).data(),
                     points.row(row).data() + points.cols());
    const double sum = lower_distances(points, row, nearest);
    if (centroids.size() == options.clusters * static_cast<std::size_t>(points.cols()) || sum <= 0)
      return centroids;
    double left = stream.uniform() * sum;
    std::size_t last = centre;  // the last point that is no centroid: sums round
    for (centre = 0; centre < n; ++centre) {
      if (nearest[centre] <= 0) continue;
      last = centre;
      left -= static_cast<double>(nearest[centre]);
      if (left < 0) break;
    }
    centre = last;
  }
}

// Moves centroids to the means; a cluster without points takes the farthest point of all.
void move_centroids(const PointMap& points, Assignment& assigned, Clusters& clusters) {
  const std::size_t k = clusters.size(), dims = clusters.dims;
  std::vector<double> sums(k * dims, 0), counts(k, 0);
  for (std::size_t i = 0; i < assigned.cells.size(); ++i) {
    counts[assigned.cells[i]] += 1;
    const float* point = points.data() + i * dims;
    double* sum = sums.data() + assigned.cells[i] * dims;
    for (std::size_t j = 0; j < dims; ++j) sum[j] += static_cast<double>(point[j]);
  }
  for (std::size_t c = 0; c < k; ++c) {
    float* centroid = clusters.centroids.data() + c * dims;
    if (counts[c] > 0) {
      for (std::size_t j = 0; j < dims; ++j)
        centroid[j] = static_cast<float>(sums[c * dims + j] / counts[c]);
      continue;
    }
    const auto farthest = std::max_element(assigned.distances.begin(), assigned.distances.end());
    const auto point = static_cast<std::size_t>(farthest - assigned.distances.begin());
    std::copy_n(points.data() + point * dims, dims, centroid);
    *farthest = 0;
  }
}

Result<void> check_kmeans(std::span<const float> points, std::size_t dims,
                          const KMeansOptions& options) {
  if (dims == 0 || points.empty() || points.size() % dims != 0)
    return fail(Code::invalid_argument, "{} numbers are no points of {} dimensions", points.size(),
                dims);
  if (options.clusters == 0)
    return fail(Code::invalid_argument, "0 clusters are asked for; one is the least");
  if (!std::all_of(points.begin(), points.end(), [](float x) { return std::isfinite(x); }))
    return fail(Code::bad_data, "a number of the points is not finite");
  return {};
}

}  // namespace

// |x - c|² = |x|² - 2 (x·c - |c|²/2): the greatest bracket is the nearest.
Assignment assign(std::span<const float> points, std::span<const float> centroids,
                  std::size_t dims) {
  const PointMap rows = mapped(points, dims), centres = mapped(centroids, dims);
  const Eigen::RowVectorXf halves = (centres.rowwise().squaredNorm() / 2).transpose();
  Assignment assigned;
  assigned.cells.reserve(static_cast<std::size_t>(rows.rows()));
  assigned.distances.reserve(static_cast<std::size_t>(rows.rows()));
  PointRows products;
  for (Eigen::Index begin = 0; begin < rows.rows(); begin += kBlockRows) {
    const Eigen::Index count = std::min(kBlockRows, rows.rows() - begin);
    products.noalias() = rows.middleRows(begin, count) * centres.transpose();
    products.rowwise() -= halves;
    for (Eigen::Index i = 0; i < count; ++i) {
      const float greatest = products.row(i).maxCoeff();
      Eigen::Index cell = 0;
      while (products(i, cell) < greatest) ++cell;
      assigned.cells.push_back(static_cast<std::uint32_t>(cell));
      assigned.distances.push_back((rows.row(begin + i) - centres.row(cell)).squaredNorm());
    }
  }
  return assigned;
}

Result<Clusters> kmeans(std::span<const float> points, std::size_t dims,
                        const KMeansOptions& options, const Progress& progress) {
  if (auto fine = check_kmeans(points, dims, options); !fine) return fail(fine.error());
  const PointMap rows = mapped(points, dims);
  Clusters clusters;
  clusters.dims = dims;
  clusters.centroids = drawn_centroids(rows, options);
  for (std::size_t turn = 0;; ++turn) {
    if (!progress.report(static_cast<double>(turn) / static_cast<double>(options.iterations + 1)))
      return cancelled();
    Assignment assigned = assign(points, clusters.centroids, dims);
    clusters.inertia.push_back(
        std::accumulate(assigned.distances.begin(), assigned.distances.end(), 0.0));
    const bool settled = assigned.cells == clusters.cells;
    clusters.cells = assigned.cells;
    if (settled || turn == options.iterations) return clusters;
    move_centroids(rows, assigned, clusters);
  }
}

}  // namespace rehearse::retrieval
