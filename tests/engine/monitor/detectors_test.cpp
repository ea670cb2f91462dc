// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/detectors.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/monitor/stream.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

using Given = std::map<std::string, std::string>;

StreamReport watched(const std::vector<double>& values, const std::string& detector,
                     const Given& given = {}) {
  const auto options = detector_options(detector, given);
  REQUIRE(options);
  auto report = watch_stream(values, *options);
  REQUIRE(report);
  return *report;
}

// [[index, "up"], …]
Json alarms_of(const StreamReport& report) {
  Json all = Json::array();
  for (std::size_t i = 0; i < report.alarms.size(); ++i)
    all.push_back({report.alarms[i], direction_name(report.directions[i])});
  return all;
}

std::string error_of(const std::string& detector, const Given& given) {
  const auto options = detector_options(detector, given);
  REQUIRE_FALSE(options);
  return options.error().message;
}

}  // namespace

TEST_CASE("detectors: the outputs that River documents are reproduced") {
  const Json river = oracle::read("monitor/detectors.json")["river"];
  for (const char* detector : {"page-hinkley", "adwin", "ddm"}) {
    const auto report = watched(oracle::numbers(river[detector]["values"]), detector);
    CHECK(Json(report.alarms) == river[detector]["alarms"]);
  }
  const auto ddm = watched(oracle::numbers(river["ddm"]["values"]), "ddm");
  CHECK(ddm.warnings.front() == river["ddm"]["first_warnings"][0].get<std::size_t>());
  const auto again = std::find_if(ddm.warnings.begin(), ddm.warnings.end(),
                                  [&](std::size_t at) { return at > ddm.alarms.front(); });
  CHECK(*again == river["ddm"]["first_warnings"][1].get<std::size_t>());
  CHECK(Json(watched(oracle::numbers(river["tests"]["two"]), "ddm").alarms) ==
        river["tests"]["ddm"]);
}

TEST_CASE("detectors: implementations written apart from the papers raise the same alarms") {
  const Json cases = oracle::read("monitor/detectors.json")["cases"];
  const std::vector<std::tuple<const char*, const char*, Given>> calls = {
      {"page-hinkley", "page-hinkley", {{"delta", "0.3"}, {"lambda", "12"}}},
      {"page-hinkley-up",
       "page-hinkley",
       {{"delta", "0.3"}, {"lambda", "12"}, {"direction", "up"}}},
      {"page-hinkley-fading",
       "page-hinkley",
       {{"delta", "0.1"}, {"lambda", "12"}, {"alpha", "0.99"}, {"min", "60"}}},
      {"cusum", "cusum", {}},
      {"cusum-shifted", "cusum", {{"mu", "0.2"}, {"sigma", "1.5"}, {"k", "0.25"}, {"h", "4"}}},
      {"ewma", "ewma", {}},
      {"ewma-slow", "ewma", {{"lambda", "0.05"}, {"L", "2.4"}}},
      {"adwin", "adwin", {}},
      {"adwin-eager", "adwin", {{"delta", "0.3"}}}};
  for (const Json& one : cases)
    for (const auto& [key, detector, given] : calls) {
      INFO(one["name"].get<std::string>() << ", " << key);
      CHECK(alarms_of(watched(oracle::numbers(one["values"]), detector, given)) == one[key]);
    }
}

TEST_CASE("ddm: counts of errors give the same alarms and warnings, also where none was seen yet") {
  const Json oracle = oracle::read("monitor/detectors.json");
  for (const Json& one : oracle["errors"]) {
    INFO(one["name"].get<std::string>());
    const auto values = oracle::numbers(one["values"]);
    const auto report = watched(values, "ddm");
    CHECK(alarms_of(report) == one["alarms"]);
    CHECK(Json(report.warnings) == one["warnings"]);
    CHECK(alarms_of(watched(values, "ddm", {{"warm", "10"}, {"drift", "2.5"}})) == one["eager"]);
  }
}

TEST_CASE("ddm: a batch of outcomes counts as all of them") {
  const auto batch = make_detector(DdmOptions()), single = make_detector(DdmOptions());
  batch->add(0.1, 100);
  const double worst = 0.2 + std::sqrt(0.2 * 0.8 / 200),
               least_deviation = std::sqrt(0.1 * 0.9 / 100);
  CHECK(batch->add(0.3, 100).statistic == Approx((worst - 0.1) / least_deviation));
  batch->restart();
  Stream stream(3, "test.ddm");
  long of_batch = -1, of_single = -1;
  for (int b = 0; b < 80; ++b) {
    double ones = 0;
    for (int i = 0; i < 50; ++i) {
      const double x = stream.bernoulli(b < 40 ? 0.1 : 0.4) ? 1 : 0;
      ones += x;
      if (single->add(x).signal == Signal::alarm && b >= 40 && of_single < 0) of_single = b;
    }
    if (batch->add(ones / 50, 50).signal == Signal::alarm && of_batch < 0) of_batch = b;
  }
  CHECK(of_batch >= 40);
  CHECK(std::abs(of_batch - of_single) <= 2);
}

TEST_CASE("detectors: an alarm is a statistic above its limit, and nothing else is") {
  Stream stream(9, "test.detectors");
  for (const std::string& name : detector_names()) {
    const auto detector = make_detector(*detector_options(name));
    std::size_t alarms = 0;
    for (int i = 0; i < 6000; ++i) {
      const double level = i % 2000 < 1000 ? 0.2 : 0.8;
      const double x =
          name == "ddm" ? (stream.bernoulli(level) ? 1 : 0) : stream.normal(4 * level, 1);
      const Reading reading = detector->add(x);
      const bool alarm = reading.signal == Signal::alarm;
      alarms += alarm;
      CHECK(alarm == (reading.statistic > reading.limit));
      CHECK((reading.direction != Direction::none) == alarm);
    }
    INFO(name);
    CHECK(alarms > 0);
  }
}

TEST_CASE("detectors: after an alarm everything is as at the beginning") {
  Stream stream(5, "test.restart");
  std::vector<double> values;
  for (int i = 0; i < 900; ++i) values.push_back(stream.bernoulli(i % 300 < 150 ? 0.1 : 0.7));
  for (const std::string& name : detector_names()) {
    const auto whole = watched(values, name);
    INFO(name);
    if (whole.alarms.empty()) continue;
    const std::size_t first = whole.alarms.front() + 1;
    const auto rest =
        watched({values.begin() + static_cast<std::ptrdiff_t>(first), values.end()}, name);
    REQUIRE(rest.alarms.size() + 1 == whole.alarms.size());
    for (std::size_t i = 0; i < rest.alarms.size(); ++i)
      CHECK(rest.alarms[i] + first == whole.alarms[i + 1]);
  }
}

TEST_CASE("detectors: memory does not grow with the stream") {
  for (const std::string& name : detector_names()) {
    const auto detector = make_detector(*detector_options(name));
    for (int i = 0; i < 200000; ++i) detector->add(i % 2);
    INFO(name);
    CHECK(detector->bytes() < 4096);
  }
}

TEST_CASE("detectors: calls that make no sense say what would") {
  CHECK(error_of("cumsum", {}).find("page-hinkley, cusum, ewma, ddm, adwin") != std::string::npos);
  CHECK(error_of("cusum", {{"lambda", "3"}}).find("mu, sigma, k, h") != std::string::npos);
  CHECK(error_of("cusum", {{"sigma", "0"}}).find("above 0") != std::string::npos);
  CHECK(error_of("ewma", {{"L", "many"}}).find("is a number") != std::string::npos);
  CHECK(error_of("adwin", {{"delta", "1.5"}}).find("at most 1") != std::string::npos);
  CHECK(error_of("page-hinkley", {{"direction", "left"}}).find("both, up or down") !=
        std::string::npos);
}

TEST_CASE("streams: what a detector cannot take is named by its place") {
  const auto said = [](std::vector<double> values, const char* detector) {
    const auto report = watch_stream(values, *detector_options(detector));
    REQUIRE_FALSE(report);
    return report.error().message;
  };
  CHECK(said({0, 1, NAN}, "cusum").find("observation 3 is missing") != std::string::npos);
  CHECK(said({INFINITY}, "ewma").find("observation 1 is infinite") != std::string::npos);
  CHECK(said({0, 1e200}, "adwin").find("1e150") != std::string::npos);
  CHECK(said({0, 1, 2}, "ddm").find("observation 3 is 2") != std::string::npos);
  CHECK(watch_stream({}, *detector_options("cusum"))->alarms.empty());
}

TEST_CASE("streams: constant observations never alarm, whatever the detector") {
  for (const std::string& name : detector_names())
    for (const double level : {0.0, 1.0}) {
      INFO(name);
      CHECK(watched(
                std::vector<double>(3000, level), name,
                name == "cusum" || name == "ewma" ? Given{{"mu", level == 0 ? "0" : "1"}} : Given{})
                .alarms.empty());
    }
}
