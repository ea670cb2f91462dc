// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/request_path.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/serving/closed_form.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::serving;

RequestPathOptions cascade() {
  RequestPathOptions o;
  o.stages = {{2000, 0.5}, {200, 20}};  // 1 ms and 4 ms
  o.overhead_ms = 1, o.servers = 1, o.rate_per_s = 100, o.requests = 100000, o.seed = 4;
  return o;
}

RequestPath path_of(const RequestPathOptions& o) {
  auto path = simulate_request_path(o);
  INFO((path ? "" : path.error().message));
  REQUIRE(path);
  return *path;
}

}  // namespace

TEST_CASE("request path: the mean is that of Pollaczek and Khinchine, and of the mixture") {
  RequestPathOptions o = cascade();
  const auto mean_online = [&](double rate) {
    // overhead is fixed: cv of the whole service is 0.2 · 5 / 6
    return 4 + 6 + 1e3 * *wait_mg1({rate, 0.006, 1}, 0.2 * 5 / 6);
  };
  const RequestPathReport all = path_of(o).report;
  CHECK(all.service_ms == Approx(6));
  CHECK(all.utilization == Approx(0.6));
  CHECK(all.mean_ms == Approx(mean_online(100)).epsilon(0.03));
  CHECK(all.online == 1);
  o.cached = 0.4;
  const RequestPathReport mixed = path_of(o).report;
  CHECK(mixed.cached == Approx(0.4).margin(0.006));
  CHECK(mixed.mean_ms == Approx(0.4 * 2 + 0.6 * mean_online(60)).epsilon(0.03));
  CHECK(mixed.utilization == Approx(0.36));
}

TEST_CASE("request path: where nobody is scored, percentiles are those of the lookup") {
  RequestPathOptions o = cascade();
  o.cached = 1;
  const RequestPath path = path_of(o);
  CHECK(path.report.p50.value == Approx(2 * std::log(2)).epsilon(0.02));
  CHECK(path.report.p99.value == Approx(2 * std::log(100)).epsilon(0.04));
  CHECK(path.report.utilization == 0);
  CHECK(path.report.online == 0);
}

TEST_CASE("request path: who is not done by the deadline gets the fallback, at the deadline") {
  RequestPathOptions o = cascade();
  o.deadline_ms = 20;
  const RequestPath with = path_of(o);
  o.deadline_ms = 0;
  const RequestPath without = path_of(o);
  std::size_t late = 0;
  for (std::size_t i = 0; i < with.answers.size(); ++i) {
    const bool is_late = without.answers[i].latency_ms > 20;
    late += is_late;
    REQUIRE((with.answers[i].way == AnsweredBy::fallback) == is_late);
    REQUIRE(with.answers[i].latency_ms == std::min(20.0, without.answers[i].latency_ms));
  }
  CHECK(late > 100);
  CHECK(with.report.fallback == Approx(static_cast<double>(late) / 100000));
}

TEST_CASE("request path: a line that only grows has no percentiles; with a deadline, fallbacks") {
  RequestPathOptions o = cascade();
  o.rate_per_s = 200, o.cached = 0.1;
  RequestPath path = path_of(o);
  CHECK(path.report.utilization == Approx(1.08));
  CHECK(std::isnan(path.report.p99.value));
  CHECK(path.report.p99.why.find("the line grows for ever") != std::string::npos);
  CHECK(path.answers.empty());
  o.deadline_ms = 50;
  path = path_of(o);
  CHECK(path.report.fallback == Approx(0.9).margin(0.006));
  CHECK(path.report.p99.value == 50);
}

TEST_CASE("request path: lists made beforehand cost cores") {
  RequestPathOptions o = cascade();
  CHECK(path_of(o).report.cost_per_month == Approx(30));
  o.cached = 0.5, o.users = 3.6e6, o.refresh_hours = 12;
  // 7.2 million lists a day of 6 ms: 43,200 s of work in 86,400 s
  CHECK(path_of(o).report.list_cores == Approx(0.5));
  CHECK(path_of(o).report.cost_per_month == Approx(45));
}

TEST_CASE("request path: what is out of its range is named") {
  RequestPathOptions o = cascade();
  o.cached = 1.2;
  CHECK(simulate_request_path(o).error().message.find("cached is 1.2") == 0);
  o = cascade();
  o.stages[1].us_per_row = std::nan("");
  CHECK(simulate_request_path(o).error().message.find("a stage of 200 rows at nan µs") == 0);
}
