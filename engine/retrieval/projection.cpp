// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/projection.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace rehearse::retrieval {

Result<Projection> Projection::fit(std::span<const float> points, std::size_t dims) {
  if (dims < 2 || points.empty() || points.size() % dims != 0)
    return fail(Code::invalid_argument, "{} numbers are no points of {} dimensions to draw",
                points.size(), dims);
  if (!std::all_of(points.begin(), points.end(), [](float x) { return std::isfinite(x); }))
    return fail(Code::bad_data, "a number of the points is not finite");
  using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto columns = static_cast<Eigen::Index>(dims);
  const Eigen::Map<const FloatRows> rows(points.data(),
                                         static_cast<Eigen::Index>(points.size() / dims), columns);
  Eigen::MatrixXd centred = rows.cast<double>();
  const Eigen::RowVectorXd mean = centred.colwise().mean();
  centred.rowwise() -= mean;
  const Eigen::MatrixXd covariance = centred.transpose() * centred;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(covariance);
  Projection projection;
  projection.mean_.assign(mean.data(), mean.data() + columns);
  double kept = 0;
  for (Eigen::Index a = 0; a < 2; ++a) {
    Eigen::VectorXd axis = solved.eigenvectors().col(columns - 1 - a);
    Eigen::Index greatest = 0;
    axis.cwiseAbs().maxCoeff(&greatest);
    if (axis(greatest) < 0) axis = -axis;
    projection.axes_[static_cast<std::size_t>(a)].assign(axis.data(), axis.data() + columns);
    kept += std::max(0.0, solved.eigenvalues()(columns - 1 - a));
  }
  const double all = covariance.trace();
  projection.share_ = all > 0 ? std::min(1.0, kept / all) : 1;
  return projection;
}

std::array<double, 2> Projection::operator()(std::span<const float> point) const {
  std::array<double, 2> at{};
  for (std::size_t a = 0; a < 2; ++a)
    for (std::size_t i = 0; i < mean_.size(); ++i)
      at[a] += axes_[a][i] * (static_cast<double>(point[i]) - mean_[i]);
  return at;
}

}  // namespace rehearse::retrieval
