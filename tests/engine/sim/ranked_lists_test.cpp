// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/ranked_lists.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

RankedListOptions few_lists() {
  RankedListOptions options;
  options.requests = 900, options.later = 300, options.candidates = 12, options.seed = 5;
  return options;
}

double column_sum(const Frame& rows, const char* name) {
  const std::vector<double> all = rows.find(name)->numbers();
  return std::accumulate(all.begin(), all.end(), 0.0);
}

}  // namespace

TEST_CASE("ranked lists: rates are those asked for, and outcomes agree with their truth") {
  const auto made = simulate_ranked_lists(few_lists());
  REQUIRE(made);
  const Frame& rows = made->past;
  REQUIRE(rows.rows() == 900 * 12);
  CHECK(made->later.rows() == 300 * 12);
  CHECK(column_sum(rows, "click_probability") / 10800 == Approx(0.12).epsilon(1e-9));
  CHECK(column_sum(rows, "report_probability") / 10800 == Approx(0.01).epsilon(1e-9));
  for (const auto& [outcome, truth] :
       {std::pair("click", "click_probability"), std::pair("read", "read_probability"),
        std::pair("report", "report_probability")}) {
    INFO(outcome);
    const double expected = column_sum(rows, truth);
    CHECK(column_sum(rows, outcome) == Approx(expected).margin(4 * std::sqrt(expected)));
  }
  // A lognormal of spread 0.8 has a variance of its mean squared times e^0.64 - 1 at the least.
  const double dwell = column_sum(rows, "dwell_expected");
  CHECK(column_sum(rows, "dwell_seconds") == Approx(dwell).epsilon(0.15));
}

TEST_CASE("ranked lists: relevance, reads and gain follow from clicks and seconds") {
  const auto made = simulate_ranked_lists(few_lists());
  REQUIRE(made);
  const Frame& rows = made->later;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto at = [&](const char* name) { return rows.find(name)->number(row); };
    REQUIRE(at("relevance") == at("click") + at("read"));
    REQUIRE((at("read") == 1) == (at("dwell_seconds") >= 30));
    REQUIRE((at("click") == 1) == (at("dwell_seconds") > 0));
    // Gain 1 for a click without a read, 3 with one.
    REQUIRE(at("gain_expected") ==
            Approx(at("click_probability") + 2 * at("read_probability")).epsilon(1e-12));
    REQUIRE(at("read_probability") < at("click_probability"));
  }
}

TEST_CASE("ranked lists: a loud headline brings clicks, reports and short reads") {
  const auto made = simulate_ranked_lists(few_lists());
  REQUIRE(made);
  const Frame& rows = made->past;
  double clicks[2] = {}, reads[2] = {}, reports[2] = {};
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const int loud = rows.find("headline")->number(row) > 0.5;
    clicks[loud] += rows.find("click_probability")->number(row);
    reads[loud] += rows.find("read_probability")->number(row);
    reports[loud] += rows.find("report_probability")->number(row);
  }
  CHECK(clicks[1] > clicks[0]);
  CHECK(reports[1] > reports[0]);
  CHECK(reads[1] / clicks[1] < reads[0] / clicks[0]);
}

TEST_CASE("ranked lists: more requests leave the earlier ones as they are") {
  RankedListOptions more = few_lists();
  more.later = 600;
  const auto few = simulate_ranked_lists(few_lists()), many = simulate_ranked_lists(more);
  REQUIRE(few);
  REQUIRE(many);
  CHECK(few->past.hash() == many->past.hash());
  CHECK(few->later.hash() == many->later.slice(0, few->later.rows()).hash());
  more.seed = 6;
  CHECK(simulate_ranked_lists(more)->past.hash() != few->past.hash());
}

TEST_CASE("ranked lists: an option out of its range is named; too many rows and a stop are told") {
  RankedListOptions wrong = few_lists();
  wrong.candidates = 1;
  CHECK(simulate_ranked_lists(wrong).error().message.find("candidates is 1") == 0);
  wrong = few_lists(), wrong.click_rate = std::nan("");
  CHECK(simulate_ranked_lists(wrong).error().message.find("click_rate") == 0);
  wrong = few_lists(), wrong.requests = 50000, wrong.candidates = 100;
  CHECK(simulate_ranked_lists(wrong).error().code == Code::limit);
  std::stop_source stop;
  stop.request_stop();
  CHECK(simulate_ranked_lists(few_lists(), Progress(stop.get_token(), {})).error().code ==
        Code::cancelled);
}
