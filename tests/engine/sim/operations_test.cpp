// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/operations.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/sim/operations_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

OperationsOptions quiet(int days = 14) {
  OperationsOptions o;
  o.days = days, o.incidents_per_week = 0, o.spikes_per_week = 0;
  return o;
}

// A signal in the rows of one segment.
std::vector<double> series(const Frame& frame, const char* signal, std::string_view segment) {
  std::vector<double> values;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (frame.find("segment")->text(row) == segment)
      values.push_back(frame.find(signal)->number(row));
  return values;
}

double mean(const std::vector<double>& v, std::size_t begin, std::size_t end) {
  return std::accumulate(v.begin() + static_cast<std::ptrdiff_t>(begin),
                         v.begin() + static_cast<std::ptrdiff_t>(end), 0.0) /
         static_cast<double>(end - begin);
}

}  // namespace

TEST_CASE("operations: without noise and incidents every signal is its base at hour 14") {
  OperationsOptions o = quiet(1);
  o.noise = 0;
  const auto made = simulate_operations(o);
  REQUIRE(made);
  CHECK(made->signals.rows() == 24 * 4);
  CHECK(made->incidents.rows() == 0);
  for (const Signal& signal : operation_signals()) {
    INFO(signal.name);
    const double there = series(made->signals, signal.name, "all")[14];
    if (std::string(signal.name) == "feature_psi")
      CHECK(there == 0);
    else
      CHECK(there == Approx(signal.base).epsilon(1e-6));
  }
}

TEST_CASE("operations: each kind moves the signals that it lists, by what it lists, and no other") {
  for (const IncidentKind& kind : incident_kinds()) {
    OperationsOptions o = quiet(6);
    o.noise = 0;
    const auto before = simulate_operations(o);
    o.planted = {{kind.name, 24, 24 + 96, 1, "all"}};
    const auto with = simulate_operations(o);
    REQUIRE(before);
    REQUIRE(with);
    for (const Signal& signal : operation_signals()) {
      const std::string name = signal.name;
      if (name == "ctr" || name == "calibration_ratio" || name == "feature_psi" ||
          name == "latency_p99")
        continue;
      double listed = 0;
      for (const SignalEffect& effect : kind.effects)
        if (name == effect.signal) listed = effect.shift;
      const double a = series(before->signals, signal.name, "ios")[70],
                   b = series(with->signals, signal.name, "ios")[70];
      const double moved = signal.scale == Scale::log
                               ? std::log(b / a)
                               : std::log(b / (1 - b)) - std::log(a / (1 - a));
      INFO(kind.name << " " << name);
      CHECK(moved ==
            Approx(kind.decay_hours > 0 ? listed * std::exp(-46 / kind.decay_hours) : listed)
                .margin(1e-9));
    }
  }
}

TEST_CASE("operations: hours before an incident are the same to the byte as without it") {
  OperationsOptions o = quiet();
  const auto before = simulate_operations(o);
  o.planted = {{"bad_deploy", 200, 220, 2, "android"}};
  const auto with = simulate_operations(o);
  for (const Signal& signal : operation_signals()) {
    const auto a = series(before->signals, signal.name, "all"),
               b = series(with->signals, signal.name, "all");
    CHECK(std::equal(a.begin(), a.begin() + 200, b.begin()));
    CHECK(std::equal(a.begin() + 220, a.end(), b.begin() + 220));
    CHECK(series(before->signals, signal.name, "ios") == series(with->signals, signal.name, "ios"));
  }
}

TEST_CASE("operations: late clicks lower the click rate that is seen and not the true one") {
  OperationsOptions o = quiet();
  const auto before = simulate_operations(o);
  o.planted = {{"label_delay", 168, 336, 1, "all"}};
  const auto with = simulate_operations(o);
  CHECK(series(before->signals, "true_ctr", "all") == series(with->signals, "true_ctr", "all"));
  CHECK(mean(series(with->signals, "ctr", "all"), 180, 336) <
        0.9 * mean(series(before->signals, "ctr", "all"), 180, 336));
  CHECK(mean(series(with->signals, "calibration_ratio", "all"), 180, 336) > 1.1);
}

TEST_CASE("operations: noise of the click rate has the size and memory that it says") {
  OperationsOptions o = quiet(200);
  const Signal& ctr = *find_signal("ctr");
  const auto made = simulate_operations(o);
  std::vector<double> z;
  const auto seen = series(made->signals, "true_ctr", "all");
  for (std::size_t t = 0; t < seen.size(); ++t) {
    const double season = ctr.daily * std::cos(2 * M_PI * (static_cast<double>(t % 24) - 20) / 24) +
                          (t / 24 % 7 >= 5 ? ctr.weekly : 0);
    z.push_back((std::log(seen[t] / (1 - seen[t])) - std::log(ctr.base / (1 - ctr.base)) - season) /
                ctr.noise);
  }
  double squares = 0, lagged = 0;
  for (std::size_t t = 0; t < z.size(); ++t) squares += z[t] * z[t];
  for (std::size_t t = 1; t < z.size(); ++t) lagged += z[t] * z[t - 1];
  CHECK(squares / static_cast<double>(z.size()) == Approx(1).margin(0.1));
  CHECK(lagged / squares == Approx(0.6).margin(0.05));
}

TEST_CASE("operations: PSI of a quiet hour follows the law of its noise floor") {
  OperationsOptions o = quiet(100);
  const auto made = simulate_operations(o);
  const auto psi = series(made->signals, "feature_psi", "all"),
             sessions = series(made->signals, "sessions", "all");
  double scaled = 0;
  for (std::size_t t = 0; t < psi.size(); ++t) scaled += psi[t] / (1 / sessions[t] + 1 / 20000.0);
  // The mean of χ²_9 over 2,400 hours: 9 ± 0.09 (one standard error).
  CHECK(scaled / static_cast<double>(psi.size()) == Approx(9).margin(0.35));
}

TEST_CASE("operations: a mixture's percentile lies between its parts and equals one part's alone") {
  const double one[] = {1}, p50[] = {45}, p99[] = {150};
  CHECK(mixture_quantile(one, p50, p99, 0.99) == Approx(150).epsilon(1e-7));
  CHECK(mixture_quantile(one, p50, p99, 0.5) == Approx(45).epsilon(1e-7));
  const double two[] = {0.9, 0.1}, medians[] = {45, 90}, tails[] = {150, 900};
  const double q = mixture_quantile(two, medians, tails, 0.99);
  // Brute force: P(X ≤ q) of the mixture.
  double below = 0;
  for (int k = 0; k < 2; ++k) {
    const double sd = std::log(tails[k] / medians[k]) / normal_quantile(0.99);
    below += two[k] * std::erfc(-(std::log(q) - std::log(medians[k])) / sd / std::sqrt(2.0)) / 2;
  }
  CHECK(below == Approx(0.99).epsilon(1e-9));
  CHECK(q > 0.9 * 150 + 0.1 * 900);  // the mean of percentiles is no percentile of the mixture
}

TEST_CASE("operations: drawn incidents keep apart, come at their rate and after the quiet days") {
  OperationsOptions o;
  o.days = 400, o.incidents_per_week = 1, o.kinds = {"bad_deploy", "slow_dependency"};
  const auto all = incidents_of(o);
  REQUIRE(all);
  CHECK(all->size() > 30);
  CHECK(all->size() < 80);
  CHECK(all->front().start_hour >= 14 * 24);
  for (std::size_t i = 1; i < all->size(); ++i)
    CHECK((*all)[i].start_hour >= (*all)[i - 1].end_hour + 12 - 1);
}

TEST_CASE("operations: a wrong option says what is wrong") {
  OperationsOptions o;
  o.days = 0;
  CHECK_FALSE(simulate_operations(o));
  o = {};
  o.kinds = {"earthquake"};
  CHECK(simulate_operations(o).error().message.find("bad_deploy") != std::string::npos);
  o = {};
  o.planted = {{"bad_deploy", 20, 10, 1, "all"}};
  CHECK_FALSE(simulate_operations(o));
  o.planted = {{"bad_deploy", 20, 30, 1, "desktop"}};
  CHECK_FALSE(simulate_operations(o));
  o.planted = {{"bad_deploy", 20, 30, NAN, "all"}};
  CHECK_FALSE(simulate_operations(o));
}
