// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed_return.hpp"

#include <algorithm>

#include "engine/metrics/probability.hpp"

namespace rehearse::sim {

double ReturnLaw::probability(double satisfaction) const {
  return metrics::sigmoid(metrics::logit(returns) + loyalty * satisfaction);
}

ReturnGrid::ReturnGrid(const ReturnLaw& law) : law_(law) {
  for (int point = 0; point < kPoints; ++point)
    probability_.push_back(law.probability(satisfaction(point)));
}

ReturnForward::ReturnForward(const ReturnGrid& grid)
    : grid_(&grid), mass_(ReturnGrid::kPoints), next_(ReturnGrid::kPoints) {
  mass_[ReturnGrid::kPoints / 2] = 1;
}

double ReturnForward::visit_probability() const {
  double sum = 0;
  for (int i = 0; i < ReturnGrid::kPoints; ++i)
    sum += mass_[static_cast<std::size_t>(i)] * grid_->at(i);
  return sum;
}

double ReturnForward::mean_satisfaction() const {
  double sum = 0;
  for (int i = 0; i < ReturnGrid::kPoints; ++i)
    sum += mass_[static_cast<std::size_t>(i)] * ReturnGrid::satisfaction(i);
  return sum;
}

void ReturnForward::advance(std::span<const SessionChance> sessions) {
  constexpr int kLast = ReturnGrid::kPoints - 1;
  for (std::size_t i = 0; i < mass_.size(); ++i)
    next_[i] = mass_[i] * (1 - grid_->at(static_cast<int>(i)));
  for (const SessionChance& session : sessions)
    for (std::size_t i = 0; i < mass_.size(); ++i) {
      const double moved = mass_[i] * grid_->at(static_cast<int>(i)) * session.share;
      if (moved == 0) continue;
      const double to =
          grid_->law().after(ReturnGrid::satisfaction(static_cast<int>(i)), session.satisfaction);
      const double place = std::clamp((to + 1) / 2 * kLast, 0.0, static_cast<double>(kLast));
      const auto below = std::min(static_cast<std::size_t>(place), mass_.size() - 2);
      const double above = place - static_cast<double>(below);
      next_[below] += moved * (1 - above), next_[below + 1] += moved * above;
    }
  mass_.swap(next_);
}

}  // namespace rehearse::sim
