// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/slices.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

struct World {
  Frame rows;
  std::vector<double> scores, outcomes, truth;
};

// Three columns of five, four and three levels. In (a1, b2) the true rate is `factor` times what
// the scores say.
World world(std::size_t n, double factor, std::uint64_t replicate = 0) {
  World w;
  Stream stream(5, "test.slices", replicate);
  std::vector<std::string> a, b;
  std::vector<double> c;
  for (std::size_t i = 0; i < n; ++i) {
    a.push_back("a" + std::to_string(stream.below(5))),
        b.push_back("b" + std::to_string(stream.below(4)));
    c.push_back(stream.normal());
    w.scores.push_back(stream.beta(2, 18));
    const bool broken = a.back() == "a1" && b.back() == "b2";
    w.truth.push_back(std::min(1.0, w.scores.back() * (broken ? factor : 1)));
    w.outcomes.push_back(stream.uniform() < w.truth.back());
  }
  Frame::Builder builder;
  builder.add("a", a).add("b", b).add("c", std::move(c));
  w.rows = *std::move(builder).build();
  return w;
}

SliceOptions columns() {
  SliceOptions o;
  o.columns = {"a", "b", "c"};
  return o;
}

Result<SliceReport> found(const World& w, const SliceOptions& o) {
  return find_slices(w.rows, w.scores, w.outcomes, w.truth, {}, o);
}

}  // namespace

TEST_CASE("slices: the broken pair comes first, and its parents no longer stand out behind it") {
  int first = 0;
  for (std::uint64_t replicate = 0; replicate < 10; ++replicate) {
    const auto report = found(world(40000, 0.5, replicate), columns());
    REQUIRE(report);
    const Slice& worst = report->peeled.front();
    first += worst.name == "a = a1, b = b2";
    if (worst.name != "a = a1, b = b2") continue;
    CHECK(worst.significant);
    CHECK(worst.true_gap == Approx(-0.05).margin(0.01));
    CHECK(worst.gap == Approx(worst.true_gap).margin(4 * (worst.high - worst.low) / 3.92));
    for (std::size_t i = 1; i < report->peeled.size(); ++i)
      CHECK(report->peeled[i].z * report->peeled[i].z < 25);
  }
  CHECK(first >= 9);
}

TEST_CASE("slices: counts of a slice are those of a filter (brute force)") {
  const World w = world(5000, 0.5);
  SliceOptions o = columns();
  o.relative = false, o.most = 1, o.columns = {"a", "b"};
  const Slice worst = found(w, o)->peeled.front();
  const auto comma = worst.name.find(", ");
  double rows = 0, expected = 0, seen = 0, variance = 0;
  const auto holds = [&](const std::string& condition, std::size_t row) {
    const std::string column = condition.substr(0, condition.find(" = ")),
                      level = condition.substr(condition.find(" = ") + 3);
    return w.rows.find(column)->text(row) == level;
  };
  for (std::size_t row = 0; row < 5000; ++row) {
    if (!holds(worst.name.substr(0, comma), row) ||
        (comma != std::string::npos && !holds(worst.name.substr(comma + 2), row)))
      continue;
    rows += 1, expected += w.scores[row], seen += w.outcomes[row];
    variance += std::max(std::pow(w.outcomes[row] - w.scores[row], 2), 0.0);
  }
  CHECK(static_cast<double>(worst.rows) == rows);
  CHECK(worst.expected == Approx(expected));
  CHECK(worst.observed == seen);
  CHECK(worst.gap == Approx((seen - expected) / rows));
  CHECK(std::fabs(worst.z) <= std::fabs(seen - expected) / std::sqrt(variance) + 1e-9);
}

TEST_CASE("slices: with nothing broken, some slice is called broken in few of a hundred worlds") {
  int alarmed = 0;
  SliceOptions o = columns();
  o.most = 1;
  for (std::uint64_t replicate = 0; replicate < 100; ++replicate)
    alarmed += found(world(6000, 1, replicate), o)->peeled.front().significant;
  // Benjamini-Hochberg at 5% under the global null: at most 5 expected, 12 in all but one of 1,000.
  CHECK(alarmed <= 12);
}

TEST_CASE("slices: an error of all rows is none of a slice, unless it is asked for") {
  World w = world(20000, 1);
  for (double& p : w.scores) p *= 0.7;
  SliceOptions o = columns();
  CHECK_FALSE(found(w, o)->peeled.front().significant);
  o.relative = false;
  CHECK(found(w, o)->peeled.front().significant);
}

TEST_CASE("slices: rows of one owner that know each other widen the interval") {
  World w = world(4000, 1);
  std::vector<std::int64_t> owner;
  for (std::size_t i = 0; i < 4000; ++i) owner.push_back(static_cast<std::int64_t>(i / 40));
  for (std::size_t i = 0; i < 4000; ++i) w.outcomes[i] = w.outcomes[i / 40 * 40];  // all alike
  SliceOptions o = columns();
  o.most = 1;
  const auto alone = found(w, o),
             together = find_slices(w.rows, w.scores, w.outcomes, {}, owner, o);
  CHECK(std::fabs(together->peeled.front().z) < std::fabs(alone->peeled.front().z));
}

TEST_CASE("slices: what cannot be searched is refused") {
  World w = world(1000, 1);
  SliceOptions o = columns();
  o.least_rows = 5000;
  CHECK(found(w, o).error().message.find("least_rows") != std::string::npos);
  o = columns(), o.columns = {"d"};
  CHECK_FALSE(found(w, o));
  o = columns(), o.depth = 3;
  CHECK_FALSE(found(w, o));
  w.scores[4] = NAN;
  CHECK(found(w, columns()).error().message.find("row 5") != std::string::npos);
  w = world(1000, 1);
  w.outcomes.assign(1000, 0);
  CHECK_FALSE(found(w, columns()));
}
