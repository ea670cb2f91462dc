// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/loss.hpp"

#include <algorithm>
#include <cmath>

#include "engine/metrics/probability.hpp"

namespace rehearse::models {
namespace {

double focal_value(double gamma, double y, double eta) {
  const double toward = y > 0.5 ? eta : -eta;  // η of what happened
  return std::exp(-gamma * metrics::softplus(toward)) * metrics::softplus(-toward);
}

double focal_slope(double gamma, double y, double eta) {
  const double sign = y > 0.5 ? 1 : -1, toward = sign * eta;
  const double p = metrics::sigmoid(toward), log_p = -metrics::softplus(-toward);
  return sign * std::exp(-gamma * metrics::softplus(toward)) *
         (gamma * p * log_p - metrics::sigmoid(-toward));
}

// ln Γ(y + 1/α) and its kin cancel badly for tiny α, where NB2 is Poisson; the sum form is exact.
double log_rising(double y, double alpha) {
  if (y < 1000 && y == std::floor(y)) {
    double sum = 0;
    for (double k = 0; k < y; ++k) sum += std::log1p(alpha * k);
    return sum;  // ln Π (1 + αk) = ln Γ(y + 1/α) - ln Γ(1/α) + y ln α
  }
  const double r = 1 / alpha;
  return std::lgamma(y + r) - std::lgamma(r) + y * std::log(alpha);
}

}  // namespace

const char* Loss::name() const {
  switch (kind) {
    case LossKind::logistic: return "logistic";
    case LossKind::focal: return "focal";
    case LossKind::squared: return "squared";
    case LossKind::huber: return "huber";
    case LossKind::pinball: return "pinball";
    case LossKind::poisson: return "poisson";
    case LossKind::negative_binomial: return "negative binomial";
    case LossKind::positive_poisson: return "positive poisson";
  }
  return "";
}

double Loss::value(double y, double eta) const {
  const double r = y - eta;
  switch (kind) {
    case LossKind::logistic: return metrics::log_loss_of_logit(eta, y);
    case LossKind::focal: return focal_value(shape, y, eta);
    case LossKind::squared: return r * r / 2;
    case LossKind::huber:
      return std::abs(r) <= shape ? r * r / 2 : shape * std::abs(r) - shape * shape / 2;
    case LossKind::pinball: return r >= 0 ? shape * r : (shape - 1) * r;
    case LossKind::poisson: return std::exp(eta) - y * eta + std::lgamma(y + 1);
    case LossKind::negative_binomial: {
      // -ln [ Π(1 + αk) / y! · μ^y / (1 + αμ)^{y + 1/α} ]
      const double spread = std::log1p(shape * std::exp(eta));
      return (y + 1 / shape) * spread - y * eta - log_rising(y, shape) + std::lgamma(y + 1);
    }
    case LossKind::positive_poisson: {
      const double mean = std::exp(eta);
      return mean - y * eta + std::lgamma(y + 1) + std::log(-std::expm1(-mean));
    }
  }
  return 0;
}

double Loss::slope(double y, double eta) const {
  const double r = y - eta;
  switch (kind) {
    case LossKind::logistic: return metrics::sigmoid(eta) - y;
    case LossKind::focal: return focal_slope(shape, y, eta);
    case LossKind::squared: return -r;
    case LossKind::huber: return -std::clamp(r, -shape, shape);
    case LossKind::pinball: return r >= 0 ? -shape : 1 - shape;
    case LossKind::poisson: return std::exp(eta) - y;
    case LossKind::negative_binomial: {
      const double mean = std::exp(eta);
      return (mean - y) / (1 + shape * mean);
    }
    case LossKind::positive_poisson: return predicted(eta) - y;
  }
  return 0;
}

Loss::Both Loss::both(double y, double eta) const {
  if (kind == LossKind::logistic) {
    const double e = std::exp(-std::abs(eta));
    const double p = (eta >= 0 ? 1 : e) / (1 + e);
    return {std::max(eta, 0.0) + std::log1p(e) - y * eta, p - y};
  }
  if (kind == LossKind::poisson) {
    const double mean = std::exp(eta);
    return {mean - y * eta + std::lgamma(y + 1), mean - y};
  }
  return {value(y, eta), slope(y, eta)};
}

double Loss::predicted(double eta) const {
  switch (kind) {
    case LossKind::logistic:
    case LossKind::focal: return metrics::sigmoid(eta);
    case LossKind::squared:
    case LossKind::huber:
    case LossKind::pinball: return eta;
    case LossKind::poisson:
    case LossKind::negative_binomial: return std::exp(eta);
    case LossKind::positive_poisson: {
      const double mean = std::exp(eta);
      return mean < 1e-8 ? 1 + mean / 2 : mean / -std::expm1(-mean);
    }
  }
  return eta;
}

}  // namespace rehearse::models
