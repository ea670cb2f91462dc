// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/queue.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/serving/closed_form.hpp"
#include "engine/serving/cost.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::serving;

QueueOptions plain(double rate, int servers, TimeLaw service) {
  QueueOptions o;
  o.rate_per_s = rate, o.servers = servers, o.service = service, o.requests = 300000;
  return o;
}

double mean_wait_ms(const QueueOptions& o) {
  const auto requests = *simulate_queue(o);
  double sum = 0;
  for (const Request& r : requests) sum += r.wait_ms();
  return sum / static_cast<double>(requests.size());
}

std::vector<double> latencies(const std::vector<Request>& requests) {
  std::vector<double> values;
  for (const Request& r : requests) values.push_back(r.latency_ms());
  return values;
}

}  // namespace

TEST_CASE("queue: mean waits are those of M/M/1, M/D/1, M/M/3 and M/G/1") {
  const TimeLaw exponential{LawKind::exponential, 5, 1}, fixed{LawKind::deterministic, 5, 0},
      skewed{LawKind::lognormal, 5, 1.5};
  for (const double rho : {0.3, 0.7}) {
    const double one = rho / 0.005, three = 3 * one;
    CHECK(mean_wait_ms(plain(one, 1, exponential)) ==
          Approx(1e3 * *wait_mg1({one, 0.005, 1}, 1)).epsilon(0.05));
    CHECK(mean_wait_ms(plain(one, 1, fixed)) ==
          Approx(1e3 * *wait_mg1({one, 0.005, 1}, 0)).epsilon(0.05));
    CHECK(mean_wait_ms(plain(one, 1, skewed)) ==
          Approx(1e3 * *wait_mg1({one, 0.005, 1}, 1.5)).epsilon(0.08));
    CHECK(mean_wait_ms(plain(three, 3, exponential)) ==
          Approx(1e3 * *wait_mmc({three, 0.005, 3})).epsilon(0.06));
  }
}

TEST_CASE("queue: quantiles of an M/M/1 are those of the formula; fetching adds its own time") {
  QueueOptions o = plain(120, 1, {LawKind::exponential, 5, 1});
  const auto requests = *simulate_queue(o);
  for (const double p : {0.5, 0.95, 0.99}) {
    const Percentile found = percentile(latencies(requests), p);
    const double exact = 1e3 * *mm1_quantile({120, 0.005, 1}, p);
    CHECK(found.value == Approx(exact).epsilon(0.04));
    CHECK(found.low < found.value);
    CHECK(found.high > found.value);
  }
  // A random fetch before the line leaves arrivals Poisson: the wait's mean stays.
  o.cache_hit = 0.8, o.hit = {LawKind::deterministic, 0.5, 0},
  o.miss = {LawKind::exponential, 20, 1};
  const auto fetched = *simulate_queue(o);
  double wait = 0, fetch = 0, hits = 0;
  for (const Request& r : fetched) wait += r.wait_ms(), fetch += r.fetch_ms(), hits += r.hit;
  const auto n = static_cast<double>(fetched.size());
  CHECK(wait / n == Approx(1e3 * *wait_mg1({120, 0.005, 1}, 1)).epsilon(0.05));
  CHECK(fetch / n == Approx(0.8 * 0.5 + 0.2 * 20).epsilon(0.02));
  CHECK(hits / n == Approx(0.8).epsilon(0.01));
}

TEST_CASE("queue: one server follows Lindley's recursion to the nanosecond") {
  QueueOptions o = plain(150, 1, {LawKind::lognormal, 5, 0.5});
  o.requests = 5000, o.overhead_ms = 1;
  const auto requests = *simulate_queue(o);
  for (std::size_t i = 1; i < requests.size(); ++i)
    REQUIRE(requests[i].start == std::max(requests[i].ready, requests[i - 1].end));
}

TEST_CASE("queue: batches are never too large or too patient, and servers do one thing at once") {
  CHECK(rc::check("batches", [] {
    QueueOptions o;
    o.rate_per_s = *rc::gen::inRange(10, 2000), o.servers = *rc::gen::inRange(1, 4);
    o.service = {LawKind::exponential, 1, 1}, o.overhead_ms = *rc::gen::inRange(0, 5);
    o.batch = *rc::gen::inRange(1, 20), o.batch_wait_ms = *rc::gen::inRange(0, 10);
    o.requests = 800, o.seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    const auto requests = *simulate_queue(o);
    std::map<std::pair<std::int64_t, std::int64_t>, int> batches;  // (start, end) -> requests
    for (const Request& r : requests) {
      RC_ASSERT(r.start >= r.ready && r.end >= r.start && r.batch <= o.batch);
      ++batches[{r.start, r.end}];
    }
    std::vector<std::pair<std::int64_t, int>> events;
    for (const auto& [span, size] : batches)
      events.emplace_back(span.first, 1), events.emplace_back(span.second, -1);
    std::sort(events.begin(), events.end());  // an end before a start of the same nanosecond
    int busy = 0;
    for (const auto& [at, change] : events) RC_ASSERT((busy += change) <= o.servers);
  }));
  QueueOptions idle = plain(1, 4, {LawKind::deterministic, 1, 0});
  idle.batch = 8, idle.batch_wait_ms = 20, idle.requests = 500;
  const auto patient = *simulate_queue(idle);
  double longest = 0;
  for (const Request& r : patient) longest = std::max(longest, r.wait_ms());
  CHECK(longest == Approx(20));
}

TEST_CASE("queue: in full batches the line holds out to the capacity of the formula") {
  QueueOptions o;
  o.service = {LawKind::deterministic, 1, 0}, o.overhead_ms = 9, o.batch = 16;
  o.batch_wait_ms = 2, o.requests = 40000;
  const double capacity = batch_capacity(1, 16, 0.009, 0.001);
  o.rate_per_s = 0.9 * capacity;
  CHECK(utilization(o) == Approx(0.9));
  CHECK(percentile(latencies(*simulate_queue(o)), 0.99).value < 200);
  o.rate_per_s = 1.1 * capacity;
  CHECK(percentile(latencies(*simulate_queue(o)), 0.99).value > 1000);
  o.batch = 1, o.rate_per_s = 0.2 * capacity;  // alone each costs 10 ms
  CHECK(utilization(o) > 1);
}

TEST_CASE("queue: the same requests at another rate; the same bytes for the same seed") {
  QueueOptions o = plain(50, 1, {LawKind::exponential, 5, 1});
  o.requests = 2000;
  const auto slow = *simulate_queue(o);
  o.rate_per_s = 100;
  const auto fast = *simulate_queue(o), again = *simulate_queue(o);
  for (std::size_t i = 0; i < fast.size(); ++i) {
    REQUIRE(fast[i].end - fast[i].start == slow[i].end - slow[i].start);
    REQUIRE(fast[i].end == again[i].end);
  }
  o.replicate = 1;
  CHECK((*simulate_queue(o))[7].end != fast[7].end);
}

TEST_CASE("percentile: of few values undefined with a reason, else that of a sort") {
  std::vector<double> values;
  for (int i = 0; i < 999; ++i) values.push_back(static_cast<double>((i * 7919) % 999));
  const Percentile few = percentile(values, 0.99);
  CHECK(std::isnan(few.value));
  CHECK(few.why.find("not enough samples") != std::string::npos);
  values.push_back(999);
  const Percentile enough = percentile(values, 0.99);
  CHECK(enough.why.empty());
  CHECK(enough.value == Approx(0.99 * 999));
  CHECK(std::isnan(enough.low));
  CHECK(percentile(values, 0.5).value == Approx(499.5));
  CHECK_FALSE(percentile({}, 0.5).why.empty());
}

TEST_CASE("closed forms: Erlang C from a published table; M/M/1 is M/M/c with one server") {
  // Offered 2 erlangs to 3 servers: C = 4/9 (Kleinrock 1975, by its definition).
  CHECK(*erlang_c(3, 2) == Approx(4.0 / 9));
  CHECK(*erlang_c(1, 0.7) == Approx(0.7));
  CHECK(*wait_mmc({70, 0.01, 1}) == Approx(*wait_mg1({70, 0.01, 1}, 1)));
  CHECK(*wait_mg1({70, 0.01, 1}, 0) == Approx(*wait_mg1({70, 0.01, 1}, 1) / 2));
  for (const double rho : {1.0, 1.5}) CHECK_FALSE(wait_mmc({100 * rho, 0.01, 1}));
  CHECK_FALSE(erlang_c(2, 2));
  CHECK_FALSE(wait_mg1({10, 0.01, 2}, 1));
}

TEST_CASE("queue: options out of their range are refused; cost is a sum of counted work") {
  QueueOptions o;
  for (const double rate : {0.0, -1.0, std::nan(""), 1e9}) {
    o.rate_per_s = rate;
    CHECK_FALSE(simulate_queue(o));
  }
  o = {};
  o.servers = 0;
  CHECK_FALSE(simulate_queue(o));
  o = {};
  o.cache_hit = 1.5;
  CHECK_FALSE(simulate_queue(o));
  CHECK(cost_us({.lookups = 10, .multiply_adds = 2000}) == Approx(10 * 0.02 + 2000 * 0.0005));
}
