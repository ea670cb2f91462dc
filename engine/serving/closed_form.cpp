// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/closed_form.hpp"

#include <cmath>

namespace rehearse::serving {
namespace {

Result<void> stable(const QueueLoad& load) {
  if (!(load.rate_per_s >= 0) || !(load.service_s >= 0) || load.servers < 1)
    return fail(Code::invalid_argument,
                "a queue needs a rate and a service time of 0 or more and at least one server");
  if (load.utilization() >= 1)
    return fail(Code::invalid_argument,
                "the servers are asked for {:.3g} times what they can do: the queue grows for ever",
                load.utilization());
  return {};
}

}  // namespace

Result<double> erlang_c(int servers, double offered) {
  if (servers < 1 || !(offered >= 0) || offered >= servers)
    return fail(Code::invalid_argument, "Erlang's C needs 0 ≤ offered load {:g} < {} servers",
                offered, servers);
  double blocked = 1;  // Erlang's B with no server
  for (int c = 1; c <= servers; ++c) blocked = offered * blocked / (c + offered * blocked);
  return servers * blocked / (servers - offered * (1 - blocked));
}

Result<double> wait_mmc(const QueueLoad& load) {
  if (auto fine = stable(load); !fine) return fail(fine.error());
  auto waits = erlang_c(load.servers, load.rate_per_s * load.service_s);
  if (!waits) return waits;
  return *waits * load.service_s / (load.servers * (1 - load.utilization()));
}

Result<double> wait_mg1(const QueueLoad& load, double cv) {
  if (auto fine = stable(load); !fine) return fail(fine.error());
  if (load.servers != 1 || !(cv >= 0))
    return fail(Code::invalid_argument, "the formula is for one server and a variation ≥ 0");
  const double rho = load.utilization();
  return rho * load.service_s * (1 + cv * cv) / (2 * (1 - rho));
}

Result<double> mm1_quantile(const QueueLoad& load, double p) {
  if (auto fine = stable(load); !fine) return fail(fine.error());
  if (load.servers != 1 || !(p >= 0 && p < 1))
    return fail(Code::invalid_argument, "the formula is for one server and p in [0, 1)");
  return load.service_s / (1 - load.utilization()) * -std::log1p(-p);
}

double batch_capacity(int servers, int batch, double overhead_s, double each_s) {
  return servers * batch / (overhead_s + each_s * batch);
}

}  // namespace rehearse::serving
