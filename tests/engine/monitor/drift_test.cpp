// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"
#include "engine/monitor/compare.hpp"
#include "engine/monitor/psi.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::metrics;
using namespace rehearse::monitor;

std::vector<double> normals(std::size_t n, const char* process, std::uint64_t replicate,
                            double mean = 0) {
  Stream stream(5, process, replicate);
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(stream.normal(mean, 1));
  return values;
}

Frame table(std::vector<double> x, const std::vector<std::string>& level) {
  Frame::Builder builder;
  builder.add("x", std::move(x)).add("level", level);
  return *std::move(builder).build();
}

std::vector<std::string> levels(std::size_t n, const std::string& odd) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(i % 3 ? "a" : i % 2 ? odd : "b");
  return all;
}

}  // namespace

TEST_CASE("drift: SciPy gives the same PSI, KL, JS, KS and Wasserstein") {
  const Json oracle = oracle::read("monitor/drift.json");
  for (const Json& one : oracle["numeric"]) {
    auto a = oracle::numbers(one["reference"]), b = oracle::numbers(one["current"]);
    std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
    const auto edges = decile_edges(a);
    const auto ca = bin_counts(a, edges), cb = bin_counts(b, edges);
    INFO(one["name"].get<std::string>());
    CHECK(psi(ca, cb) == Approx(one["psi"].get<double>()).epsilon(1e-9));
    CHECK(kl_divergence(ca, cb) == Approx(one["kl"].get<double>()).epsilon(1e-9));
    CHECK(js_divergence(ca, cb) == Approx(one["js"].get<double>()).epsilon(1e-9));
    CHECK(ks_distance(a, b) == Approx(one["ks"].get<double>()).epsilon(1e-12));
    CHECK(ks_p_value(ks_distance(a, b), a.size(), b.size()) ==
          Approx(one["ks_p"].get<double>()).margin(1e-6));
    CHECK(wasserstein(a, b) == Approx(one["wasserstein"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("ks: the survival function follows SciPy's kstwo to 1e-6, from n = 1 to 50,000") {
  const Json oracle = oracle::read("monitor/drift.json");
  for (const Json& one : oracle["survival"]) {
    INFO("d = " << one[0].get<double>() << ", n = " << one[1].get<long>());
    CHECK(ks_survival(one[0].get<double>(), one[1].get<long>()) ==
          Approx(one[2].get<double>()).margin(1e-6));
  }
}

TEST_CASE("chi-square: SciPy gives the same statistic, p and V") {
  const Json oracle = oracle::read("monitor/drift.json");
  for (const Json& one : oracle["tables"]) {
    const ChiSquare chi =
        chi_square(oracle::numbers(one["reference"]), oracle::numbers(one["current"]));
    CHECK(chi.statistic == Approx(one["chi2"].get<double>()).epsilon(1e-9));
    CHECK(chi.p == Approx(one["p"].get<double>()).epsilon(1e-6));
    CHECK(chi.degrees == one["degrees"].get<int>());
    CHECK(chi.cramers_v == Approx(one["cramers_v"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("benjamini-hochberg: adjusted values as by NumPy, in the order given, NaN kept apart") {
  const Json oracle = oracle::read("monitor/drift.json");
  const Json& one = oracle["bh"];
  auto p = oracle::numbers(one["p"]);
  const auto want = oracle::numbers(one["adjusted"]);
  auto got = benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) CHECK(got[i] == Approx(want[i]).epsilon(1e-12));
  p.push_back(std::nan(""));
  got = benjamini_hochberg(p);
  CHECK(got[0] == Approx(want[0]).epsilon(1e-12));
  CHECK(std::isnan(got.back()));
}

TEST_CASE("psi: its noise floor holds where nothing has changed") {
  int above = 0;
  double mean = 0;
  const int trials = 400;
  NoiseFloor floor;
  for (int t = 0; t < trials; ++t) {
    auto a = normals(2000, "a", static_cast<std::uint64_t>(t));
    const auto b = normals(500, "b", static_cast<std::uint64_t>(t));
    std::sort(a.begin(), a.end());
    const auto edges = decile_edges(a);
    const auto ca = bin_counts(a, edges), cb = bin_counts(b, edges);
    floor = psi_noise_floor(ca, cb);
    const double value = psi(ca, cb);
    mean += value / trials;
    above += value > floor.p95;
  }
  CHECK_FALSE(floor.by_permutation);
  // The binomial interval of 5% in 400 trials, and four standard errors of the mean.
  CHECK(above >= 8);
  CHECK(above <= 36);
  CHECK(mean == Approx(floor.mean).epsilon(0.10));
}

TEST_CASE("psi: with few rows the floor comes from permutations, the same for the same seed") {
  const std::vector<double> a = {3, 2, 4, 3, 3, 2, 4, 3, 3, 3}, b = {1, 0, 2, 1, 1, 0, 2, 1, 1, 1};
  const NoiseFloor once = psi_noise_floor(a, b, 3), again = psi_noise_floor(a, b, 3);
  CHECK(once.by_permutation);
  CHECK(once.p95 == again.p95);
  CHECK(once.p95 > once.mean);
}

TEST_CASE("compare: a moved column is an alert, an unmoved one is not, new levels are named") {
  const Frame reference = table(normals(3000, "ref", 0), levels(3000, "c")),
              moved = table(normals(3000, "cur", 1, 0.5), levels(3000, "new"));
  const auto report = compare(reference, moved);
  REQUIRE(report);
  REQUIRE(report->columns.size() == 2);
  CHECK(report->columns[0].alert);
  CHECK(report->columns[1].new_levels.named == std::vector<std::string>{"new"});
  CHECK(report->columns[1].vanished_levels.named == std::vector<std::string>{"c"});
  const auto same = compare(reference, table(normals(3000, "cur", 2), levels(3000, "c")));
  REQUIRE(same);
  CHECK_FALSE(same->columns[0].alert);
  CHECK_FALSE(same->columns[1].alert);
  const Json json = to_json(*report);
  CHECK(json["columns"]["x"]["chi2"].is_null());
  CHECK(json["columns"]["level"]["ks"].is_null());
  CHECK(json["alerts"].size() == 2);
}

TEST_CASE("compare: levels are counted, the most frequent are named first") {
  std::vector<std::string> before(300, "old"), after;
  for (int i = 0; i < 300; ++i) after.push_back(fmt::format("level{:02}", i % 25));
  for (int i = 0; i < 40; ++i) after[static_cast<std::size_t>(i)] = "often";
  Frame::Builder a, b;
  a.add("kind", before), b.add("kind", after);
  const auto report = compare(*std::move(a).build(), *std::move(b).build());
  REQUIRE(report);
  const ColumnDrift& kind = report->columns[0];
  CHECK(kind.new_levels.count == 26);
  CHECK(kind.new_levels.named.size() == 20);
  CHECK(kind.new_levels.named[0] == "often");
  CHECK(kind.new_levels.named[1] == "level15");  // eleven times, as those after it
  CHECK(kind.vanished_levels.count == 1);
}

TEST_CASE("compare: what cannot be compared is said") {
  Frame::Builder empty, text;
  empty.add("x", std::vector<double>{});
  text.add("x", std::vector<std::string>{"a", "b"});
  const Frame numbers = table({1, 2, 3}, {"a", "b", "c"});
  CHECK_FALSE(compare(*std::move(empty).build(), numbers));
  CHECK(compare(*std::move(text).build(), numbers).error().message.find("`x`") !=
        std::string::npos);
}

TEST_CASE("compare: a column without a value is of the other table's kind") {
  // As files are read: a column without one text is a column of numbers.
  Frame::Builder empty, texts;
  empty.add("flair", std::vector<double>(200, 0)).missing(std::vector<std::uint8_t>(200, 0));
  texts.add("flair", std::vector<std::string>(200, "news"));
  const Frame without = *std::move(empty).build(), with = *std::move(texts).build();
  for (const auto& [reference, current] :
       {std::pair{&without, &with}, std::pair{&with, &without}}) {
    const auto report = compare(*reference, *current);
    REQUIRE(report);
    CHECK(report->columns[0].type == "categorical");
    CHECK(std::isnan(report->columns[0].psi));
    CHECK(report->columns[0].alert);
    CHECK(report->columns[0].why.find("has no values; ") != std::string::npos);
  }
}

TEST_CASE("psi: counts of a large pool are drawn from the law that reshuffling a small one has") {
  // Two pools on either side of the size at which rows are no longer moved one by one.
  const std::vector<double> below = {12000, 12990, 6, 3}, above = {12010, 12995, 6, 3};
  const NoiseFloor shuffled = psi_noise_floor(below, below, 1, 2000),
                   drawn = psi_noise_floor(above, above, 1, 2000);
  CHECK(shuffled.by_permutation);
  CHECK(drawn.by_permutation);
  CHECK(drawn.mean == Approx(shuffled.mean).epsilon(0.1));
  CHECK(drawn.p95 == Approx(shuffled.p95).epsilon(0.15));
  // A million rows with a level that one side alone has.
  const NoiseFloor large = psi_noise_floor(std::vector<double>{600000, 400000, 0},
                                           std::vector<double>{599990, 400000, 10});
  CHECK(large.mean > 0);
  CHECK(large.p95 > large.mean);
  CHECK(large.p95 < 1e-3);
}

TEST_CASE("drift: a column that goes missing is an alert, wholly or by a few points") {
  const auto with_gaps = [](std::size_t every) {
    std::vector<double> x = normals(2000, "test.gaps", 0);
    std::vector<std::uint8_t> present(x.size());
    for (std::size_t row = 0; row < x.size(); ++row) present[row] = !(every && row % every == 0);
    Frame::Builder builder;
    builder.add("x", x).missing(present).add("y", normals(2000, "test.gaps", 1));
    return *std::move(builder).build();
  };
  const auto alerted = [&](std::size_t before, std::size_t after) {
    const auto report = compare(with_gaps(before), with_gaps(after)).value();
    CHECK_FALSE(report.columns[1].alert);
    return report.columns[0];
  };
  const ColumnDrift gone = alerted(0, 1);
  CHECK(gone.alert);
  CHECK(gone.why ==
        "the current table has no values; 100% of the values are missing, 0% were (adjusted p 0)");
  CHECK(alerted(0, 20).alert);         // 5%
  CHECK(alerted(20, 0).alert);         // and back
  CHECK_FALSE(alerted(0, 500).alert);  // 0.2% is no alarm, however sure
  CHECK_FALSE(alerted(20, 20).alert);
}
