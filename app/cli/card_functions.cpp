// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/card_functions.hpp"

#include "engine/calibration/isotonic.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/report.hpp"
#include "engine/monitor/psi.hpp"

namespace rehearse::cli {
namespace {

using Operands = std::vector<practice::Argument>;

Result<double> number(const Operands& a, std::size_t place) {
  if (place >= a.size() || a[place].size() != 1)
    return fail(Code::bad_data, "argument {} must be a number", place + 1);
  return a[place][0];
}

Result<void> expect_count(const Operands& a, std::size_t count) {
  if (a.size() != count)
    return fail(Code::bad_data, "takes {} arguments, {} were given", count, a.size());
  return {};
}

// metric([p …], [y …]) for a metric by name.
practice::Function of_metric(const char* name, bool with_bins = false) {
  return [name, with_bins](const Operands& a) -> Result<double> {
    if (auto fine = expect_count(a, with_bins ? 3 : 2); !fine) return fail(fine.error());
    auto scored = metrics::Scored::of(a[0], a[1]);
    if (!scored) return fail(scored.error());
    metrics::MetricOptions options;
    if (with_bins) options.bins = static_cast<int>(a[2].at(0));
    auto value = metrics::metric(name, *scored, {}, options);
    if (!value) return fail(value.error());
    if (!value->defined()) return fail(Code::bad_data, "{}", value->why);
    return value->value;
  };
}

Result<double> downsample_correct(const Operands& a) {
  if (auto fine = expect_count(a, 2); !fine) return fail(fine.error());
  auto p = number(a, 0), w = number(a, 1);
  if (!p) return p;
  if (!w) return w;
  return metrics::undo_downsampling(*p, *w);
}

Result<double> psi(const Operands& a) {
  if (auto fine = expect_count(a, 2); !fine) return fail(fine.error());
  if (a[0].size() != a[1].size() || a[0].empty())
    return fail(Code::bad_data, "both lists need one share a bin");
  return monitor::psi(a[0], a[1]);
}

practice::Function noise(double monitor::NoiseFloor::*which) {
  return [which](const Operands& a) -> Result<double> {
    if (auto fine = expect_count(a, 3); !fine) return fail(fine.error());
    auto n = number(a, 0), m = number(a, 1), bins = number(a, 2);
    for (const auto* one : {&n, &m, &bins})
      if (!*one) return *one;
    return monitor::psi_noise_floor(*n, *m, static_cast<int>(*bins)).*which;
  };
}

Result<double> isotonic(const Operands& a) {
  if (auto fine = expect_count(a, 3); !fine) return fail(fine.error());
  auto map = calibration::fit_isotonic(a[0], a[1]);
  auto at = number(a, 2);
  if (!map) return fail(map.error());
  if (!at) return at;
  return (**map)(*at);
}

Result<double> platt(const Operands& a) {
  if (auto fine = expect_count(a, 3); !fine) return fail(fine.error());
  auto map = calibration::fit_platt(a[0], a[1]);
  auto at = number(a, 2);
  if (!map) return fail(map.error());
  if (!at) return at;
  return (**map)(*at);
}

}  // namespace

practice::Functions card_functions() {
  practice::Functions functions = practice::arithmetic_functions();
  for (const auto& [name, metric] : {std::pair{"log_loss", "log_loss"},
                                     {"brier", "brier"},
                                     {"auc", "roc_auc"},
                                     {"average_precision", "average_precision"},
                                     {"normalized_entropy", "normalized_entropy"},
                                     {"calibration_ratio", "calibration_ratio"}})
    functions[name] = of_metric(metric);
  functions["ece"] = of_metric("ece", true);
  functions["downsample_correct"] = downsample_correct;
  functions["psi"] = psi;
  functions["psi_noise_mean"] = noise(&monitor::NoiseFloor::mean);
  functions["psi_noise_95"] = noise(&monitor::NoiseFloor::p95);
  functions["isotonic"] = isotonic;
  functions["platt"] = platt;
  return functions;
}

}  // namespace rehearse::cli
