// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/policy.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "app/analysis/analysis.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::analysis;
using Catch::Matchers::Contains;

// Four rounds: `a` was shown at one half, `b` at one quarter; the other policy shows `a` always.
Frame logged_rounds() {
  Frame::Builder builder;
  builder.add("who", std::vector<std::string>{"new", "new", "old", "old"})
      .add("what", std::vector<std::string>{"a", "b", "a", "b"})
      .add("p", std::vector<double>{0.5, 0.25, 0.5, 0.25})
      .add("q", std::vector<double>{1, 0, 1, 0})
      .add("click", std::vector<double>{1, 0, 0, 1});
  return *std::move(builder).build();
}

Frame always_a() {
  Frame::Builder builder;
  builder.add("context", std::vector<std::string>{"new", "old"})
      .add("action", std::vector<std::string>{"a", "a"})
      .add("target", std::vector<double>{1, 1});
  return *std::move(builder).build();
}

recommend::PolicyTable table_of(const Frame& rows) { return *policy_of("policy.csv", rows); }

PolicyColumns policy_columns_of_test() {
  PolicyColumns columns;
  columns.propensity = "p", columns.reward = "click", columns.target = "q";
  columns.action = "what", columns.context = "who";
  return columns;
}

}  // namespace

TEST_CASE("analysis of a policy: every estimator by hand") {
  const Frame log = logged_rounds();
  const auto policy = table_of(always_a());
  const auto made = estimate_policy(log, &policy, policy_columns_of_test());
  REQUIRE(made);
  CHECK(made->on_policy.value == 0.5);
  CHECK(made->ips.value == 0.5);    // (2 · 1 + 2 · 0) / 4
  CHECK(made->snips.value == 0.5);  // 2 / 4
  CHECK(made->effective_sample_size == 2);
  CHECK(made->dm->value == 0.5);  // the mean of `a`
  CHECK(made->dr->value == Approx(0.5 + (2 * 0.5 - 2 * 0.5) / 4));
  CHECK(*made->never_logged == 0);
  CHECK(made->other_target == 0);
}

TEST_CASE("analysis of a policy: by cell the model knows who it was") {
  const Frame log = logged_rounds();
  const auto policy = table_of(always_a());
  PolicyColumns columns = policy_columns_of_test();
  columns.model = recommend::RewardTable::By::cell;
  CHECK(estimate_policy(log, &policy, columns)->dm->value == 0.5);  // 1 for new, 0 for old
  Frame::Builder builder;
  builder.add("context", std::vector<std::string>{"new", "old"})
      .add("action", std::vector<std::string>{"a", "c"})
      .add("target", std::vector<double>{1, 1});
  const auto half = table_of(*std::move(builder).build());
  const auto unseen = estimate_policy(log, &half, columns);
  REQUIRE(unseen);
  CHECK(*unseen->never_logged == 0.5);  // `c` was never shown
  CHECK(unseen->other_target == 1);     // row 3 says 1 where the policy says 0
}

TEST_CASE("analysis of a policy: without the policy the model's estimators are undefined") {
  const auto made = estimate_policy(logged_rounds(), nullptr, policy_columns_of_test());
  REQUIRE(made);
  CHECK_FALSE(made->dm);
  CHECK_FALSE(made->never_logged);
  const Document document = document_of("log.csv", policy_columns_of_test(), *made);
  CHECK(document.blocks.size() >= 5);
}

TEST_CASE("analysis of a policy: what is wrong is told with its place") {
  const auto message = [](const Frame& log, const recommend::PolicyTable* policy,
                          const PolicyColumns& columns) {
    const auto made = estimate_policy(log, policy, columns);
    REQUIRE_FALSE(made);
    return made.error().message;
  };
  PolicyColumns columns = policy_columns_of_test();
  columns.propensity = "q";
  CHECK_THAT(message(logged_rounds(), nullptr, columns), Contains("row 2: the propensity is 0"));
  columns = policy_columns_of_test();
  columns.reward = "who";
  CHECK_THAT(message(logged_rounds(), nullptr, columns), Contains("who"));
  columns = policy_columns_of_test();
  columns.clip = 0;
  CHECK_THAT(message(logged_rounds(), nullptr, columns), Contains("clip is 0"));
  columns = policy_columns_of_test();
  columns.action.clear();
  const auto policy = table_of(always_a());
  CHECK_THAT(message(logged_rounds(), &policy, columns), Contains("which columns of the log"));
  const auto half = table_of(always_a().slice(0, 1));
  CHECK_THAT(message(logged_rounds(), &half, policy_columns_of_test()),
             Contains("row 3: the policy does not say"));
}

TEST_CASE("analysis of a policy: the window may ask with one file or with two") {
  const Analysis* policy = find("policy");
  REQUIRE(policy);
  Question question;
  question.file = "log.csv", question.table = logged_rounds();
  question.values = {{"propensity", "p"}, {"reward", "click"}, {"target", "q"},   {"clip", "10"},
                     {"model", "action"}, {"action", "what"},  {"context", "who"}};
  REQUIRE(answer(*policy, question));
  question.other = always_a(), question.other_file = "policy.csv";
  REQUIRE(answer(*policy, question));
}

TEST_CASE("analysis of a policy: the last of the running estimates is the estimate") {
  const auto made = estimate_policy(logged_rounds(), nullptr, policy_columns_of_test());
  REQUIRE(made);
  REQUIRE(made->running.size() == 4);
  CHECK(made->running.back().rounds == 4);
  CHECK(made->running.back().ips == made->ips.value);
  CHECK(made->running.back().snips == made->snips.value);
  CHECK(made->running.back().on_policy == made->on_policy.value);
}

TEST_CASE("analysis of a policy: a policy that is none is told with its file") {
  Frame::Builder builder;
  builder.add("context", std::vector<std::string>{"new"})
      .add("action", std::vector<std::string>{"a"});
  builder.add("target", std::vector<double>{0.5});
  const auto made = policy_of("policy.csv", *std::move(builder).build());
  REQUIRE_FALSE(made);
  CHECK_THAT(made.error().message, Contains("policy.csv: the policy's probabilities in `new`"));
}
