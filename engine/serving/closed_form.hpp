// SPDX-License-Identifier: GPL-3.0-or-later
//
// Queues whose waiting time is known by a formula: what a simulation is held against, and what to
// say at a whiteboard. λ arrivals a second (Poisson), mean service s, c servers, ρ = λ s / c.
//
//   M/M/1   W_q = ρ s / (1 - ρ);  P(T > t) = e^{-(1/s - λ) t}
//   M/M/c   W_q = C(c, a) s / (c (1 - ρ)), with Erlang's C and a = λ s
//   M/D/1   W_q = ρ s / (2 (1 - ρ))
//   M/G/1   W_q = λ E[S²] / (2 (1 - ρ)) = ρ s (1 + cv²) / (2 (1 - ρ))    (Pollaczek, Khinchine)
//   batches of b with service τ0 + α b: capacity c b / (τ0 + α b)
//
// Kleinrock 1975, "Queueing systems", volume 1. With ρ ≥ 1 the queue grows for ever: undefined.
#pragma once

#include "engine/base/error.hpp"

namespace rehearse::serving {

struct QueueLoad {
  double rate_per_s = 0;
  double service_s = 0;  // mean
  int servers = 1;

  double utilization() const { return rate_per_s * service_s / servers; }
};

// Probability that an arrival waits, a = offered load in servers; by the stable recursion of
// Erlang's B. Errors: a ≥ c, or a negative.
Result<double> erlang_c(int servers, double offered);

// Mean wait in the queue, seconds. Errors: ρ ≥ 1; a number that is negative; cv negative.
Result<double> wait_mmc(const QueueLoad& load);
Result<double> wait_mg1(const QueueLoad& load, double cv);  // servers = 1; M/M/1: cv 1, M/D/1: cv 0
// Quantile p of the time in an M/M/1 system: s / (1 - ρ) · ln(1 / (1 - p)).
Result<double> mm1_quantile(const QueueLoad& load, double p);

// Requests a second that c servers can take in full batches of b.
double batch_capacity(int servers, int batch, double overhead_s, double each_s);

}  // namespace rehearse::serving
