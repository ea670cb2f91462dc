// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/faults.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

Frame with_missing(Mechanism mechanism, double rate, const char* column = "affinity") {
  SiteOptions o = small_site();
  o.users = 1500, o.missing = {mechanism, rate, column};
  return log_of(o);
}

double missing_share(const Frame& log, const char* column) {
  return static_cast<double>(log.find(column)->missing_count()) / static_cast<double>(log.rows());
}

// Share missing among rows whose `by` is at most its median, and among the others.
std::pair<double, double> shares_by(const Frame& log, const char* column, const char* by) {
  std::vector<double> values = numbers(log, by), sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const double middle = sorted[sorted.size() / 2];
  double low = 0, low_rows = 0, high = 0, high_rows = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    const bool gone = log.find(column)->missing(row);
    (values[row] <= middle ? low_rows : high_rows) += 1;
    (values[row] <= middle ? low : high) += gone;
  }
  return {low / low_rows, high / high_rows};
}

// Area under the ROC curve of a column by counting pairs with ranks, ties by half.
double area(const std::vector<double>& score, const std::vector<double>& label) {
  std::vector<std::size_t> order(score.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return score[a] < score[b]; });
  double positives = 0, negatives_before = 0, sum = 0;
  for (std::size_t i = 0; i < order.size();) {
    double tied_positives = 0, tied_negatives = 0;
    const double value = score[order[i]];
    for (; i < order.size() && score[order[i]] == value; ++i)
      (label[order[i]] == 1 ? tied_positives : tied_negatives) += 1;
    sum += tied_positives * (negatives_before + tied_negatives / 2);
    negatives_before += tied_negatives, positives += tied_positives;
  }
  return sum / (positives * negatives_before);
}

}  // namespace

TEST_CASE("missing: at the rate asked for, whatever the mechanism") {
  for (const Mechanism mechanism : {Mechanism::mcar, Mechanism::mar, Mechanism::mnar})
    for (const double rate : {0.05, 0.3, 0.7})
      CHECK(missing_share(with_missing(mechanism, rate), "affinity") == Approx(rate).margin(0.015));
  CHECK(missing_share(with_missing(Mechanism::none, 0.5), "affinity") == 0);
}

TEST_CASE("missing: each mechanism depends on what defines it and on nothing else") {
  const auto gap = [](const std::pair<double, double>& shares) {
    return shares.second - shares.first;
  };
  const Frame mcar = with_missing(Mechanism::mcar, 0.3), mar = with_missing(Mechanism::mar, 0.3),
              mnar = with_missing(Mechanism::mnar, 0.3);
  CHECK(std::abs(gap(shares_by(mcar, "affinity", "affinity_true"))) < 0.012);
  CHECK(std::abs(gap(shares_by(mcar, "affinity", "user_activity"))) < 0.012);
  CHECK(gap(shares_by(mar, "affinity", "user_activity")) > 0.2);
  CHECK(std::abs(gap(shares_by(mar, "affinity", "affinity_true"))) < 0.03);
  CHECK(gap(shares_by(mnar, "affinity", "affinity_true")) > 0.2);
  CHECK(std::abs(gap(shares_by(mnar, "affinity", "user_activity"))) < 0.03);
}

TEST_CASE("missing: the odds follow the driver with the slope that the header states") {
  std::vector<float> driver;
  for (int i = 0; i < 2000; ++i) driver.push_back(static_cast<float>(i % 50));
  const std::vector<float> p = missing_probability(driver, 0.25);
  double mean = 0, log_mean = 0, log_squares = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double x = std::log1p(static_cast<double>(driver[i]));
    mean += static_cast<double>(p[i]) / 2000, log_mean += x / 2000, log_squares += x * x / 2000;
  }
  CHECK(mean == Approx(0.25).margin(1e-4));
  const double sd = std::sqrt(log_squares - log_mean * log_mean);
  const auto odds = [&](std::size_t i) { return logit(static_cast<double>(p[i])); };
  CHECK(odds(9) - odds(3) ==
        Approx(Missing::kSlope * (std::log1p(9.0) - std::log1p(3.0)) / sd).epsilon(1e-3));
  for (const float one : missing_probability(std::vector<float>(10, 4), 0.2))
    CHECK(one == Approx(0.2));
}

TEST_CASE("missing: the truth beside it holds what the plain world publishes") {
  SiteOptions plain = small_site();
  SiteOptions o = plain;
  o.missing = {Mechanism::mnar, 0.4, "user_activity"};
  const Frame a = log_of(plain), b = log_of(o);
  CHECK(numbers(a, "user_activity") == numbers(b, "user_activity_true"));
  CHECK(b.find("user_activity_true")->role() == Role::truth);
  CHECK(b.find("user_activity_true")->truth_of() == "user_activity");
  CHECK(a.find("click")->hash() == b.find("click")->hash());
  for (std::size_t row = 0; row < b.rows(); ++row)
    if (!b.find("user_activity")->missing(row))
      REQUIRE(b.find("user_activity")->number(row) == a.find("user_activity")->number(row));
}

TEST_CASE("missing: a column that cannot be missing is refused with those that can") {
  SiteOptions o = small_site();
  o.missing = {Mechanism::mcar, 0.1, "click"};
  CHECK(simulate_impressions(o).error().message.find("post_votes") != std::string::npos);
}

TEST_CASE("leaks: a planted column alone has the area that its strength says") {
  for (const double strength : {0.0, 0.5, 0.9, 1.0}) {
    SiteOptions o = small_site();
    o.users = 2000, o.base_ctr = 0.1, o.leaks = {true, true, strength};
    const Frame log = log_of(o);
    const std::vector<double> click = numbers(log, "click");
    CHECK(area(numbers(log, "open_seconds"), click) == Approx((1 + strength) / 2).margin(0.015));
    CHECK(area(numbers(log, "record_id"), click) == Approx((1 + strength) / 2).margin(0.015));
  }
}

TEST_CASE("leaks: they are features, and the world does not know of them") {
  SiteOptions o = small_site();
  o.leaks = *Leaks::of({"after_outcome", "id"}, 0.8);
  const Frame log = log_of(o);
  CHECK(log.find("open_seconds")->role() == Role::feature);
  CHECK(log.find("record_id")->role() == Role::feature);
  CHECK(log.find("click")->hash() == log_of(small_site()).find("click")->hash());
  CHECK(!Leaks::of({"psychic"}, 0.5));
}

TEST_CASE("breakage: texts change their casing for the share of rows asked for, from that day on") {
  SiteOptions o = small_site();
  o.drift = {DriftKind::broken_feature, 4, 0.5, "platform", Breakage::casing};
  const Frame plain = log_of(small_site()), log = log_of(o);
  double broken = 0, later = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const auto before = plain.find("platform")->text(row), now = log.find("platform")->text(row);
    const bool late = log.find("day")->number(row) >= 4;
    later += late, broken += now != before;
    if (now != before) {
      REQUIRE(late);
      REQUIRE(now.size() == before.size());
      REQUIRE(std::equal(now.begin(), now.end(), before.begin(), [](char a, char b) {
        return a == std::toupper(static_cast<unsigned char>(b));
      }));
    }
  }
  CHECK(broken / later == Approx(0.5).margin(0.03));
  o.drift.column = "country";  // written in capitals already
  const Frame countries = log_of(o);
  CHECK(countries.find("country")->text(countries.rows() - 1).size() == 2);
  CHECK(countries.find("country")->hash() != plain.find("country")->hash());
}

TEST_CASE(
    "breakage: texts may be lost, numbers may be lost beside those that were missing anyway") {
  SiteOptions o = small_site();
  o.drift = {DriftKind::broken_feature, 5, 1, "topic", Breakage::null};
  const Frame log = log_of(o);
  CHECK(log.find("topic")->text(log.rows() - 1).empty());
  CHECK(!log.find("topic")->text(0).empty());
  o.drift.column = "affinity", o.missing = {Mechanism::mcar, 0.3, "affinity"};
  const Frame both = log_of(o);
  CHECK(both.find("affinity")->missing(both.rows() - 1));
  const int marks[] = {5};
  CHECK(missing_share((*split_by_day(both, marks))[0], "affinity") == Approx(0.3).margin(0.02));
}

TEST_CASE("breakage: what cannot break is refused with what can") {
  SiteOptions o = small_site();
  o.drift = {DriftKind::broken_feature, 5, 1, "affinity", Breakage::casing};
  CHECK(simulate_impressions(o).error().message.find("platform") != std::string::npos);
  o.drift = {DriftKind::broken_feature, 5, 1, "topic", Breakage::scaled};
  CHECK(simulate_impressions(o).error().message.find("user_activity") != std::string::npos);
  CHECK(parse_breakage("casing"));
  CHECK(!parse_breakage("melted"));
}
