// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/run_length.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/monitor/alarm_score.hpp"
#include "engine/monitor/detect.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

double arl_of_cusum(double k, double h, double shift) {
  return run_length(CusumOptions{0, 1, k, h}, shift)->mean;
}

}  // namespace

TEST_CASE("run length: CUSUM follows the published tables") {
  // Montgomery, Introduction to Statistical Quality Control, table 9.3, after Siegmund.
  CHECK(arl_of_cusum(0.5, 4, 0) == Approx(168).margin(1));
  CHECK(arl_of_cusum(0.5, 5, 0) == Approx(465).margin(1));
  for (const auto& [shift, four, five] : {std::tuple{0.25, 74.2, 139.0},
                                          {0.5, 26.6, 38.0},
                                          {0.75, 13.3, 17.0},
                                          {1.0, 8.38, 10.4},
                                          {1.5, 4.75, 5.75},
                                          {2.0, 3.34, 4.01},
                                          {3.0, 2.19, 2.57}}) {
    CHECK(arl_of_cusum(0.5, 4, shift) == Approx(four).epsilon(0.004));
    CHECK(arl_of_cusum(0.5, 5, shift) == Approx(five).epsilon(0.004));
  }
}

TEST_CASE("run length: EWMA with fixed limits has the in-control run of Lucas and Saccucci") {
  // Their pairs for a run of about 500; limits of each t shorten it a little.
  for (const auto& [lambda, limit] : {std::pair{0.1, 2.814}, {0.2, 2.962}, {0.4, 3.054}}) {
    const double run = ewma_run_length(lambda, limit, 0);
    CHECK(run < 501);
    CHECK(run > 480);
  }
  CHECK(ewma_run_length(1, 3, 0) == Approx(370.398).epsilon(1e-5));  // Shewhart
  CHECK(ewma_run_length(1, 3, 1) == Approx(43.895).epsilon(1e-4));
}

TEST_CASE("run length: the chain of Brook and Evans agrees with the equation") {
  const Json oracle = oracle::read("monitor/detectors.json");
  for (const Json& one : oracle["cusum_arl"]) {
    INFO(one.dump());
    CHECK(arl_of_cusum(one[0], one[1], one[2]) == Approx(one[3].get<double>()).epsilon(1e-4));
  }
  for (const Json& one : oracle["ewma_arl"]) {
    INFO(one.dump());
    CHECK(ewma_run_length(one[0], one[1], one[2]) == Approx(one[3].get<double>()).epsilon(2e-3));
  }
}

TEST_CASE("run length: one side in control is closed for h = 0") {
  // S⁺ leaves 0 at once when x > k: a geometric law.
  for (const double k : {0.25, 1.0})
    CHECK(cusum_one_sided_run_length(k, 1e-9, 0) ==
          Approx(1 / (std::erfc(k / std::sqrt(2.0)) / 2)).epsilon(1e-6));
}

TEST_CASE("run length: very wide charts go over into Siegmund's form without a step") {
  CHECK(cusum_one_sided_run_length(0.5, 101, 1) ==
        Approx(cusum_one_sided_run_length(0.5, 99.99, 1) * 101 / 99.99).epsilon(0.01));
  CHECK(cusum_run_length(0.5, 1e5, 0) == 1e12);
}

TEST_CASE("run length: simulation agrees with the equation within its stated error") {
  RunLengthOptions options;
  options.simulate = true, options.replicates = 2000;
  for (const double shift : {0.0, 1.0}) {
    for (const DetectorOptions& detector :
         {DetectorOptions(CusumOptions{0, 1, 0.5, 3}), DetectorOptions(EwmaOptions{0, 1, 0.2, 2.5}),
          DetectorOptions(EwmaOptions{0, 1, 0.05, 2})}) {
      const auto simulated = run_length(detector, shift, {}, options);
      const double exact = run_length(detector, shift)->mean;
      INFO(name_of(detector) << " " << shift << ": " << simulated->mean << " and " << exact);
      CHECK(std::abs(simulated->mean - exact) < 3.5 * simulated->standard_error);
      CHECK(simulated->standard_error > 0);
    }
  }
}

TEST_CASE("threshold: it has the run length that was asked for") {
  CHECK(threshold_of(*threshold_for(CusumOptions{}, 465.44)) == Approx(5).epsilon(1e-4));
  CHECK(threshold_of(*threshold_for(CusumOptions{}, 370)) == Approx(4.77).margin(0.005));
  for (const double arl0 : {50.0, 500.0, 20000.0}) {
    const auto chart = threshold_for(EwmaOptions{}, arl0);
    CHECK(run_length(*chart, 0)->mean == Approx(arl0).epsilon(1e-4));
  }
  RunLengthOptions other;
  other.seed = 77, other.replicates = 800;
  for (const double arl0 : {100.0, 400.0}) {
    other.longest = 5 * arl0;  // DDM grows deaf: the mean depends on how long one looks
    PageHinkleyOptions page;
    page.delta = 0.5;
    const auto chosen = threshold_for(page, arl0);
    const auto measured = run_length(*chosen, 0, {}, other);
    INFO("page-hinkley " << threshold_of(*chosen) << ": " << measured->mean);
    CHECK(std::abs(measured->mean - arl0) < 0.15 * arl0);
    const InControl errors{0.2, 0.4, 1};
    const auto ddm = threshold_for(DdmOptions{}, arl0, errors);
    const auto of_ddm = run_length(*ddm, 0, errors, other);
    INFO("ddm " << threshold_of(*ddm) << ": " << of_ddm->mean);
    CHECK(std::abs(of_ddm->mean - arl0) < 0.2 * arl0);
  }
}

TEST_CASE("threshold: more patience is more delay, for every detector") {
  for (const std::string& name : detector_names()) {
    const InControl in_control = name == "ddm" ? InControl{0.2, 0.04, 100} : InControl{};
    const auto tuned = tuned_for(name, 1, in_control);
    RunLengthOptions options;
    options.quiet_before = 100, options.replicates = 300, options.longest = 5000;
    double before = 0;
    for (const double arl0 : {100.0, 1000.0}) {
      const auto chosen = threshold_for(*tuned, arl0, in_control);
      REQUIRE(chosen);
      const double delay = run_length(*chosen, 1, in_control, options)->mean;
      INFO(name << " " << arl0 << " " << delay);
      CHECK((name == "adwin" ? delay >= before : delay > before));
      before = delay;
    }
  }
}

TEST_CASE("threshold: what cannot be is refused with the reason") {
  const auto message = [](const Result<DetectorOptions>& result) {
    REQUIRE_FALSE(result);
    return result.error().message;
  };
  CHECK(message(threshold_for(PageHinkleyOptions{}, 10)).find("cannot have a mean run") !=
        std::string::npos);
  CHECK(message(threshold_for(CusumOptions{}, 1)).find("between 2 and") != std::string::npos);
  CHECK(message(threshold_for(DdmOptions{}, 500)).find("between 0 and 1") != std::string::npos);
  CHECK(message(tuned_for("cusum", 0)).find("above 0") != std::string::npos);
  CHECK_FALSE(run_length(CusumOptions{}, NAN));
  CHECK_FALSE(run_length(CusumOptions{}, 0, {0, 0, 1}));
}

TEST_CASE("run length: a threshold that was searched for is remembered, under its question alone") {
  std::stop_source stop;
  stop.request_stop();
  const Progress stopped(stop.get_token(), {});
  const auto searched = threshold_for(PageHinkleyOptions{.delta = 0.25}, 200);
  REQUIRE(searched);
  const auto again = threshold_for(PageHinkleyOptions{.delta = 0.25}, 200, {}, {}, stopped);
  REQUIRE(again);
  CHECK(threshold_of(*again) == threshold_of(*searched));
  CHECK_FALSE(threshold_for(PageHinkleyOptions{.delta = 0.3}, 200, {}, {}, stopped));
  CHECK_FALSE(threshold_for(PageHinkleyOptions{.delta = 0.25}, 201, {}, {}, stopped));
  RunLengthOptions other;
  other.seed = 2;
  CHECK_FALSE(threshold_for(PageHinkleyOptions{.delta = 0.25}, 200, {}, other, stopped));
}

TEST_CASE("detect: a signal is watched from its baseline on") {
  SignalSeries series;
  Stream stream(4, "test.detect");
  for (int i = 0; i < 600; ++i) {
    series.at.push_back(i / 10.0);
    series.season.push_back(i % 2);
    series.value.push_back(5 + (i % 2) * 10 + stream.normal() + (i >= 400 ? 2 : 0));
  }
  DetectOptions options;
  options.baseline_until = 20;
  const auto found = detect(series, options);
  REQUIRE(found);
  CHECK(found->begin == 200);
  REQUIRE(found->z.size() == 400);
  std::vector<double> alarm(found->z.size());
  for (std::size_t i = 0; i < alarm.size(); ++i)
    alarm[i] = found->report.readings[i].signal == Signal::alarm;
  const AlarmScore verdict =
      score_alarms(std::span(series.at).subspan(found->begin), alarm, true, 40, 0.1);
  CHECK(verdict.detected == 1);
  CHECK(verdict.first_alarm_delay >= 0);
  CHECK(verdict.first_alarm_delay < 1);
  CHECK(verdict.quiet == 200);

  SignalSeries flat = series;
  std::fill(flat.value.begin(), flat.value.end(), 3);
  CHECK(detect(flat, options).error().message.find("does not vary") != std::string::npos);
  options.baseline_until = 0.5;
  CHECK(detect(series, options).error().message.find("baseline holds 5") != std::string::npos);
  options.baseline_until = 20, options.detector = "ddm";
  CHECK(detect(series, options).error().message.find("ddm watches a rate") != std::string::npos);
}
