// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/json.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/sim/records.hpp"

namespace {

using namespace rehearse;

Frame records_log() {
  sim::SiteOptions site;
  site.users = 400, site.days = 7;
  auto log = sim::simulate_impressions(site);
  REQUIRE(log);
  return *log;
}

Frame records(const Frame& log, const sim::RecordOptions& options) {
  auto lines = sim::simulate_records(log, options);
  INFO((lines ? "" : lines.error().message));
  REQUIRE(lines);
  return *lines;
}

}  // namespace

TEST_CASE("records: without faults every line is JSON and says what the truth columns say") {
  sim::RecordOptions options;
  options.events = 500;
  const Frame lines = records(records_log(), options);
  REQUIRE(lines.rows() == 500);
  for (std::size_t row = 0; row < lines.rows(); ++row) {
    const Json event = Json::parse(lines.find("raw")->cell(row));
    CHECK(lines.find("planted")->cell(row) == "none");
    CHECK(event["user"]["tenure_days"].get<double>() ==
          lines.find("true_tenure_days")->number(row));
    CHECK(event["dwell_seconds"].get<double>() == lines.find("true_dwell_seconds")->number(row));
    CHECK(event["post"]["votes"].get<double>() == lines.find("true_votes")->number(row));
  }
}

TEST_CASE("records: faults come at their rates, from their day on, and are what they say") {
  const Frame log = records_log();
  sim::RecordOptions options;
  options.events = 2500;
  options.faults = {
      .type = 0.1, .missing = 0.1, .unit = 0.1, .renamed = 0.1, .duplicate = 0.1, .truncated = 0.1};
  options.fault_day = 2;
  const Frame lines = records(log, options);
  std::map<std::string, int> counts;
  int late = 0;
  for (std::size_t row = 0; row < lines.rows(); ++row) {
    const std::string fault = lines.find("planted")->cell(row), raw = lines.find("raw")->cell(row);
    ++counts[fault];
    late += lines.find("day")->number(row) >= 2 && fault != "duplicate";
    if (lines.find("day")->number(row) < 2) CHECK(fault == "none");
    if (fault == "truncated") {
      CHECK_FALSE(Json::accept(raw));
      continue;
    }
    const Json event = Json::parse(raw);
    if (fault == "type") CHECK(event["user"]["tenure_days"].is_string());
    if (fault == "missing") CHECK_FALSE(event["user"].contains("tenure_days"));
    if (fault == "renamed")
      CHECK((event["post"].contains("score") && !event["post"].contains("votes")));
    if (fault == "unit")
      CHECK(event["dwell_seconds"].get<double>() ==
            Approx(1000 * lines.find("true_dwell_seconds")->number(row)));
    if (fault == "duplicate") CHECK(raw == lines.find("raw")->cell(row - 1));
  }
  for (const char* fault : {"type", "missing", "unit", "renamed", "duplicate", "truncated"}) {
    INFO(fault);
    CHECK(std::abs(counts[fault] - 0.1 * late) < 5 * std::sqrt(0.09 * late));
  }
}

TEST_CASE("records: a fault leaves the events that it does not touch as they were") {
  const Frame log = records_log();
  sim::RecordOptions clean, faulty;
  clean.events = faulty.events = 800;
  faulty.faults.unit = 0.3;
  const Frame a = records(log, clean), b = records(log, faulty);
  REQUIRE(a.rows() == b.rows());
  for (std::size_t row = 0; row < a.rows(); ++row)
    CHECK((a.find("raw")->cell(row) == b.find("raw")->cell(row)) ==
          (b.find("planted")->cell(row) == "none"));
}

TEST_CASE("records: options out of range and a log of something else are errors") {
  const Frame log = records_log();
  sim::RecordOptions options;
  options.faults.unit = 1.5;
  CHECK_FALSE(sim::simulate_records(log, options));
  options.faults = {.type = 0.6, .unit = 0.6};
  CHECK_FALSE(sim::simulate_records(log, options));
  options.faults = {};
  options.events = 0;
  CHECK_FALSE(sim::simulate_records(log, options));
  Frame::Builder other;
  other.add("x", std::vector<double>{1});
  CHECK_FALSE(sim::simulate_records(*std::move(other).build(), {}));
}
