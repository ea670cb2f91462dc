// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/tower.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::recommend {
namespace {

struct TowerPass {
  std::vector<double> x, active, out;
  TowerPass(const Tower& tower, std::span<const Bag* const> bags)
      : x(bags.size() * tower.factors),
        active(bags.size() * tower.hidden + 1),
        out(bags.size() * tower.factors) {
    for (std::size_t i = 0; i < bags.size(); ++i)
      tower.forward(*bags[i], &x[i * tower.factors], &active[i * tower.hidden],
                    &out[i * tower.factors]);
  }
};

double product(const double* a, const double* b, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

void Tower::forward(const Bag& bag, double* x, double* active, double* out) const {
  std::fill_n(x, factors, 0.0);
  const double weight = 1 / std::sqrt(static_cast<double>(bag.size()));
  for (const std::uint32_t row : bag)
    for (std::size_t f = 0; f < factors; ++f) x[f] += weight * at[row * factors + f];
  std::copy_n(x, factors, out);
  const double* w1 = at.data() + dense_begin();
  const double* bias = w1 + hidden * factors;
  const double* w2 = bias + hidden;
  for (std::size_t h = 0; h < hidden; ++h) {
    active[h] = std::max(0.0, bias[h] + product(w1 + h * factors, x, factors));
    for (std::size_t f = 0; f < factors; ++f) out[f] += w2[h * factors + f] * active[h];
  }
}

void Tower::backward(const Bag& bag, const double* x, const double* active, const double* by_out,
                     std::vector<double>& gradient) const {
  std::vector<double> by_x(by_out, by_out + factors);
  const std::size_t w1 = dense_begin(), bias = w1 + hidden * factors, w2 = bias + hidden;
  for (std::size_t h = 0; h < hidden; ++h) {
    if (active[h] <= 0) continue;
    const double d = product(&at[w2 + h * factors], by_out, factors);
    for (std::size_t f = 0; f < factors; ++f) {
      gradient[w2 + h * factors + f] += active[h] * by_out[f];
      gradient[w1 + h * factors + f] += d * x[f];
      by_x[f] += d * at[w1 + h * factors + f];
    }
    gradient[bias + h] += d;
  }
  const double weight = 1 / std::sqrt(static_cast<double>(bag.size()));
  for (const std::uint32_t row : bag)
    for (std::size_t f = 0; f < factors; ++f) gradient[row * factors + f] += weight * by_x[f];
}

double in_batch_softmax(const Tower& user, const Tower& item, std::span<const Bag* const> users,
                        std::span<const Bag* const> items, std::span<const std::uint32_t> item_of,
                        std::span<const double> log_q, double temperature,
                        std::vector<double>& user_gradient, std::vector<double>& item_gradient) {
  const std::size_t n = users.size(), k = user.factors;
  assert(items.size() == n && item_of.size() == n && log_q.size() == n && item.factors == k);
  const TowerPass u(user, users), v(item, items);
  user_gradient.resize(user.at.size(), 0), item_gradient.resize(item.at.size(), 0);
  std::vector<double> by_u(n * k, 0), by_v(n * k, 0), logit(n);
  double loss = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double most = -INFINITY, sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const bool itself = j != i && item_of[j] == item_of[i];
      logit[j] =
          itself ? -INFINITY : product(&u.out[i * k], &v.out[j * k], k) / temperature - log_q[j];
      most = std::max(most, logit[j]);
    }
    for (std::size_t j = 0; j < n; ++j) sum += std::exp(logit[j] - most);
    loss += (most + std::log(sum) - logit[i]) / static_cast<double>(n);
    for (std::size_t j = 0; j < n; ++j) {
      const double slope = (std::exp(logit[j] - most) / sum - (j == i ? 1 : 0)) /
                           (temperature * static_cast<double>(n));
      if (slope == 0) continue;
      for (std::size_t f = 0; f < k; ++f) {
        by_u[i * k + f] += slope * v.out[j * k + f];
        by_v[j * k + f] += slope * u.out[i * k + f];
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    user.backward(*users[i], &u.x[i * k], &u.active[i * user.hidden], &by_u[i * k], user_gradient);
    item.backward(*items[i], &v.x[i * k], &v.active[i * item.hidden], &by_v[i * k], item_gradient);
  }
  return loss;
}

}  // namespace rehearse::recommend
