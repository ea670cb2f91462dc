// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ranked lists and newcomers, step by step.
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

StepUnderTest small_lists() {
  StepUnderTest world("simulate.ranked_lists", 4);
  world.set("requests", std::int64_t{250}).set("later", std::int64_t{200});
  return world;
}

plan::ArtifactPtr ranker_on(const Frame& past, const char* loss, const char* label = "relevance") {
  StepUnderTest step("train.ranker", 4);
  step.input("rows", past).set("loss", std::string(loss)).set("label", std::string(label));
  step.call.parameters["allow_leak"] = false;
  const auto made = step.outputs();
  INFO((made ? "" : made.error().message));
  REQUIRE(made);
  return made->front();
}

double in_row(const Frame& table, const char* key, const std::string& name, const char* column) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.find(key)->text(row) == name) return table.find(column)->number(row);
  FAIL(name);
  return 0;
}

}  // namespace

TEST_CASE(
    "measure.lists: the best order is above every ranker, and each is compared with the first") {
  const StepUnderTest world = small_lists();
  const Frame past = world.table(0), later = world.table(1);
  StepUnderTest step("measure.lists", 4);
  step.call.inputs["models"] = {ranker_on(past, "pointwise"), ranker_on(past, "lambda")};
  step.call.labels["models"] = {"one", "two"};
  step.input("on", later);
  const Frame table = step.table();
  REQUIRE(table.rows() == 3);
  const double one = in_row(table, "model", "one", "ndcg"),
               two = in_row(table, "model", "two", "ndcg");
  CHECK(in_row(table, "model", "best possible (truth)", "ndcg") > std::max(one, two));
  CHECK(in_row(table, "model", "two", "difference") == Approx(two - one));
  CHECK(table.find("difference")->missing(0));
  CHECK(in_row(table, "model", "one", "low") < one);
  CHECK(in_row(table, "model", "one", "high") > one);
  // 500 candidates of 16 multiply-adds at half a nanosecond.
  CHECK(in_row(table, "model", "one", "milliseconds") == Approx(500 * 16 * 0.0005 / 1000));
  step.set("label", std::string("dwell_seconds"));
  CHECK(step.error().find("the relevance is") != std::string::npos);
  step.set("label", std::string("relevance")).set("by", std::string("reqest"));
  CHECK(step.error().find("reqest") != std::string::npos);
}

TEST_CASE("train.tasks: a model for each label, in order") {
  StepUnderTest step("train.tasks", 4);
  step.input("rows", small_lists().table(0));
  step.set("labels", std::vector<std::string>{"click", "report"}).set("epochs", std::int64_t{1});
  step.call.parameters["allow_leak"] = false;
  CHECK(step.info->output_count(step.call) == 2);
  const auto made = step.outputs();
  REQUIRE(made);
  REQUIRE(made->size() == 2);
  CHECK((*made)[1]->scorer()->label() == "report");
  step.set("labels", std::vector<std::string>{"click", "click"});
  CHECK(step.error().find("stands twice") != std::string::npos);
}

TEST_CASE("recommend.rerank: rules do what they say, and readers who tire want them") {
  const StepUnderTest world = small_lists();
  StepUnderTest step("recommend.rerank", 4);
  step.call.inputs["model"] = {ranker_on(world.table(0), "pointwise", "click")};
  step.input("on", world.table(1)).set("fatigue", 0.4).set("sweep", std::int64_t{3});
  const Frame plain = step.table(0), trade = step.table(1);
  const auto of = [](const Frame& table, const char* list, const char* column) {
    return in_row(table, "list", list, column);
  };
  CHECK(of(plain, "re-ranked", "diversity") > of(plain, "by score", "diversity"));
  CHECK(of(plain, "re-ranked", "clicks") > of(plain, "by score", "clicks"));
  CHECK(of(plain, "greedy by the truth", "clicks") > of(plain, "re-ranked", "clicks"));
  CHECK(trade.find("clicks")->number(2) == Approx(of(plain, "by score", "clicks")));
  step.set("most_risk", 0.1).set("cap_author", std::int64_t{1});
  const Frame safe = step.table(0);
  CHECK(of(safe, "re-ranked", "unsafe_share") < 0.5 * of(safe, "by score", "unsafe_share"));
  step.set("fatigue", 1.0);
  const Frame tireless = step.table(0);
  CHECK(of(tireless, "greedy by the truth", "clicks") > of(tireless, "by score", "clicks"));
}

TEST_CASE("recommend.newcomers: content finds what nobody has joined") {
  StepUnderTest world("simulate.subscriptions", 3);
  world.set("users", std::int64_t{200}).set("communities", std::int64_t{90}).set("taste", 6.0);
  world.set("new_users", 0.2).set("new_communities", 0.2);
  StepUnderTest step("recommend.newcomers", 3);
  step.input("training", world.table(0)).input("test", world.table(1));
  step.input("chances", world.table(2)).input("users", world.table(3));
  step.input("communities", world.table(4));
  step.set("methods", std::vector<std::string>{"popularity", "two-tower by content"});
  step.set("tower_epochs", std::int64_t{10});
  const Frame table = step.table();
  REQUIRE(table.rows() == 9);
  const auto at = [&](const char* source, const char* who) {
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (table.find("source")->text(row) == source && table.find("who")->text(row) == who)
        return table.find("recall")->number(row);
    FAIL(source << who);
    return 0.0;
  };
  CHECK(at("popularity", "new communities") == 0);
  CHECK(at("two-tower by content", "new communities") > 0.05);
  CHECK(at("best possible", "new users") > at("two-tower by content", "new users"));
  step.input("users", world.table(3).slice(0, 50));
  CHECK(step.error().find("has no row in the table of side features") != std::string::npos);
}

TEST_CASE("recommend.shrink: rates lie between a post's own and its community's") {
  std::vector<std::string> post, community;
  std::vector<std::uint8_t> click;
  const auto shown = [&](const char* name, const char* in, int times, int clicked) {
    for (int i = 0; i < times; ++i)
      post.emplace_back(name), community.emplace_back(in), click.push_back(i < clicked);
  };
  shown("a", "x", 10, 8), shown("b", "x", 10, 2), shown("c", "y", 20, 10);
  Frame::Builder b;
  b.add("post_id", post).add("community", community).add("click", click, {.role = Role::label});
  StepUnderTest step("recommend.shrink");
  step.input("rows", *std::move(b).build());
  const Frame rates = step.table(0);
  REQUIRE(rates.rows() == 3);
  CHECK(in_row(rates, "item", "a", "own") == Approx(0.8));
  CHECK(in_row(rates, "item", "a", "rate") < 0.8);
  CHECK(in_row(rates, "item", "a", "rate") > 0.5);
  CHECK(in_row(rates, "item", "b", "rate") == Approx(1 - in_row(rates, "item", "a", "rate")));
  CHECK(step.table(1).rows() == 0);  // the truth is not known
  shown("a", "y", 1, 1);
  Frame::Builder again;
  again.add("post_id", post).add("community", community).add("click", click, {.role = Role::label});
  step.input("rows", *std::move(again).build());
  CHECK(step.error().find("`a` is in `y` here and in `x` elsewhere") != std::string::npos);
}

TEST_CASE("recommend.explain: the parts add up, and a stranger is told") {
  StepUnderTest world("simulate.subscriptions", 3);
  world.set("users", std::int64_t{80}).set("communities", std::int64_t{40});
  StepUnderTest step("recommend.explain", 3);
  step.input("training", world.table(0)).set("factors", std::int64_t{6});
  const Frame parts = step.table();
  REQUIRE(parts.rows() > 1);
  double share = 0;
  for (const double one : parts.find("share")->numbers()) share += one;
  CHECK(share == Approx(1));
  step.set("user", std::string("user 81"));
  CHECK(step.error().find("there is no user `user 81`") == 0);
}
