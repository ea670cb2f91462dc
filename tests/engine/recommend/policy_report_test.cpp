// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/policy_report.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

struct Rows {
  std::vector<std::string> segment, post, topic;
  std::vector<double> propensity, topic_propensity, click;
  Frame frame() const {
    Frame::Builder builder;
    builder.add("segment", segment).add("post", post).add("topic", topic);
    builder.add("propensity", propensity).add("topic_propensity", topic_propensity);
    builder.add("click", click);
    return *std::move(builder).build();
  }
};

// Posts a and b of one topic, c of another; shown at 1/4, 1/4, 1/2.
Rows four_rounds() {
  return {{"x", "x", "x", "x"},   {"a", "b", "c", "c"}, {"news", "news", "art", "art"},
          {0.25, 0.25, 0.5, 0.5}, {0.5, 0.5, 0.5, 0.5}, {1, 0, 1, 0}};
}

Frame policy_of(std::vector<double> target) {
  Frame::Builder builder;
  builder.add("context", std::vector<std::string>{"x", "x", "x"})
      .add("action", std::vector<std::string>{"a", "b", "c"})
      .add("target", std::move(target));
  return *std::move(builder).build();
}

Frame three_pairs() {
  Frame::Builder builder;
  builder.add("segment", std::vector<std::string>{"x", "x", "x"})
      .add("post", std::vector<std::string>{"a", "b", "c"})
      .add("topic", std::vector<std::string>{"news", "news", "art"});
  builder.add("share", std::vector<double>{1, 1, 1})
      .add("propensity", std::vector<double>{0.25, 0.25, 0.5})
      .add("click_probability", std::vector<double>{0.4, 0.2, 0.6}, {.role = Role::truth});
  return *std::move(builder).build();
}

const NamedEstimate& named(const PolicyReport& report, const std::string& name) {
  for (const NamedEstimate& one : report.estimates)
    if (one.name == name) return one;
  FAIL("no estimate " << name);
  return report.estimates.front();
}

}  // namespace

TEST_CASE("policy report: every estimate by hand, with the truth of the pairs") {
  const Frame pairs = three_pairs();
  PolicyReportOptions options;
  options.most_weight = 1.5;
  const auto report =
      report_on_policy(four_rounds().frame(), policy_of({0.5, 0, 0.5}), &pairs, options);
  REQUIRE(report);
  // Weights 2, 0, 1, 1.
  CHECK(named(*report, "logged policy").estimate.value == 0.5);
  CHECK(named(*report, "logged policy").truth == Approx(0.25 * 0.4 + 0.25 * 0.2 + 0.5 * 0.6));
  CHECK(report->truth == Approx(0.5 * 0.4 + 0.5 * 0.6));
  CHECK(named(*report, "IPS").estimate.value == Approx(3.0 / 4));
  CHECK(named(*report, "clipped IPS").estimate.value == Approx(2.5 / 4));
  CHECK(named(*report, "SNIPS").estimate.value == Approx(3.0 / 4));
  CHECK(named(*report, "no propensities").estimate.value == Approx(1 / 1.5));
  CHECK(named(*report, "DM").estimate.value == Approx(0.5 * 1 + 0.5 * 0.5));
  CHECK(named(*report, "DR").estimate.value == Approx(0.75));  // residuals of c cancel
  // By topic both policies are one half and one half: every weight is 1.
  CHECK(named(*report, "MIPS").estimate.value == 0.5);
  CHECK(report->never_logged == 0);
}

TEST_CASE("policy report: without pairs the truth is not known, without topics there is no MIPS") {
  Rows rows = four_rounds();
  Frame log = rows.frame();
  const std::vector<std::string> kept = {"segment", "post", "propensity", "click"};
  const auto report = report_on_policy(*log.select(kept), policy_of({0.5, 0, 0.5}), nullptr, {});
  REQUIRE(report);
  CHECK(std::isnan(report->truth));
  for (const NamedEstimate& one : report->estimates) CHECK(one.name != "MIPS");
}

TEST_CASE("policy report: what is wrong is told") {
  const auto message = [](const Rows& rows, const Frame& policy, double weight = 10) {
    PolicyReportOptions options;
    options.most_weight = weight;
    const auto report = report_on_policy(rows.frame(), policy, nullptr, options);
    REQUIRE_FALSE(report);
    return report.error().message;
  };
  Rows rows = four_rounds();
  CHECK(message(rows, policy_of({0.5, 0.5, 0.5})).find("policy: ") == 0);
  CHECK(message(rows, policy_of({1, 0, 0}), 0).find("the greatest weight") == 0);
  rows.propensity[1] = 0;
  CHECK(message(rows, policy_of({1, 0, 0})).find("row 2: the propensity") == 0);
  rows = four_rounds(), rows.topic[3] = "news";
  CHECK(message(rows, policy_of({1, 0, 0})).find("`c` is of the topic `art` here") == 0);
  rows = four_rounds(), rows.topic_propensity[2] = 0;
  CHECK(message(rows, policy_of({1, 0, 0})).find("topic: row 3") == 0);
}
