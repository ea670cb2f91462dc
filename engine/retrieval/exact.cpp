// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/exact.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/retrieval/product.hpp"
#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

Result<ExactIndex> ExactIndex::over(std::vector<float> points, std::size_t dims) {
  if (dims == 0 || points.size() % dims != 0)
    return fail(Code::invalid_argument, "{} numbers are no whole points of {} dimensions",
                points.size(), dims);
  const auto wrong =
      std::find_if(points.begin(), points.end(), [](float x) { return !std::isfinite(x); });
  if (wrong != points.end())
    return fail(Code::bad_data, "point {}: a number is not finite",
                static_cast<std::size_t>(wrong - points.begin()) / dims + 1);
  ExactIndex index;
  index.dims_ = dims;
  index.points_ = std::move(points);
  for (DocumentId id = 0; id < index.size(); ++id)
    index.at_origin_.push_back(at_origin(index.point(id)));
  return index;
}

std::vector<Hit> ExactIndex::search(std::span<const float> query, std::size_t k) const {
  assert(query.size() == dims_);
  if (at_origin(query)) return {};
  const auto rows = static_cast<Eigen::Index>(size()), columns = static_cast<Eigen::Index>(dims_);
  const Eigen::Map<const Rows> points(points_.data(), rows, columns);
  const Eigen::VectorXf products =
      points * Eigen::Map<const Eigen::VectorXf>(query.data(), columns);
  TopHits best(k);
  auto threshold = static_cast<float>(best.threshold());  // itself one of the products, or -∞
  const std::span<const float> scores(products.data(), size());
  for (DocumentId id = 0; id < scores.size(); ++id) {
    if (!(scores[id] > threshold) || at_origin_[id]) continue;
    best.offer({id, static_cast<double>(scores[id])});
    threshold = static_cast<float>(best.threshold());
  }
  return std::move(best).take();
}

}  // namespace rehearse::retrieval
