// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/recommend.hpp"

#include <catch2/catch.hpp>

#include "app/analysis/analysis.hpp"
#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::analysis;
using Catch::Matchers::Contains;

// Two tastes; `test` holds a fifth of what each user did.
Frame ratings_file(bool test, std::uint32_t users = 40, std::uint32_t items = 20) {
  std::vector<std::string> user, item;
  std::vector<double> rating;
  for (std::uint32_t u = 0; u < users; ++u)
    for (std::uint32_t i = 0; i < items; ++i) {
      Stream stream(3, "test.ratings", u, i);
      if (!stream.bernoulli(u % 2 == i % 2 ? 0.6 : 0.1)) continue;
      if (stream.bernoulli(0.2) != test) continue;
      user.push_back(std::to_string(u + 1)), item.push_back("i" + std::to_string(i));
      rating.push_back(1 + static_cast<double>(stream.below(5)));
    }
  Frame::Builder builder;
  builder.add("user", user).add("item", item).add("rating", std::move(rating));
  return std::move(builder).build().value();
}

recommend::RatingSplit usual_split() {
  return recommend::split_of(ratings_file(false), "train", ratings_file(true), "test",
                             {"user", "item", "rating"})
      .value();
}

std::string error_of(const RecommendRequest& request) {
  const auto values = recommend_values(request);
  return values ? "" : values.error().message;
}

}  // namespace

TEST_CASE("recommend: every method answers, and those that know users beat the charts") {
  for (const std::string& method : recommend_methods()) {
    RecommendRequest request{method, 5, {}};
    if (method == "als") request.set = {{"factors", "4"}, {"lambda", "1"}};
    if (method == "bpr") request.set = {{"factors", "4"}, {"epochs", "40"}};
    const auto answer = recommend_and_measure(usual_split(), request).value();
    INFO(method);
    CHECK(answer.measured.users.size() >= 25);
    if (method == "popularity") {
      CHECK(answer.gain.mean == 0);
    } else {
      CHECK(answer.gain.mean > 1.96 * answer.gain.standard_error.value);
      CHECK_THAT(reading_of(answer, request), Contains("better than the charts"));
    }
    CHECK(answer.losses.empty() == (method != "als" && method != "bpr"));
    const Document document = document_of("ratings.csv", request, answer);
    CHECK(document.blocks.size() >= 5);
    CHECK(document_from_json(to_json(document)));
  }
}

TEST_CASE("recommend: parameters are checked against their method and range") {
  CHECK_THAT(error_of({"alss", 10, {}}), Contains("did you mean `als`"));
  CHECK_THAT(error_of({"als", 10, {{"lamda", "3"}}}), Contains("did you mean `lambda`"));
  CHECK_THAT(error_of({"popularity", 10, {{"lambda", "3"}}}), Contains("it has none"));
  CHECK_THAT(error_of({"als", 10, {{"factors", "2.5"}}}), Contains("a whole number from 1 to 512"));
  CHECK_THAT(error_of({"als", 10, {{"lambda", "nan"}}}), Contains("a number from"));
  CHECK_THAT(error_of({"bpr", 10, {{"epochs", "many"}}}), Contains("--set epochs=many"));
  const auto values = recommend_values({"als", 10, {{"lambda", "50"}}}).value();
  CHECK(values.at("lambda") == 50);
  CHECK(values.at("factors") == 32);
  for (const RecommendParameter& p : recommend_parameters()) {
    CHECK(p.low <= p.initial);
    CHECK(p.initial <= p.high);
    CHECK_THAT(recommend_help(p.method), Contains(p.name));
    CHECK_THAT(recommend_help(), Contains(p.name));
  }
}

TEST_CASE("recommend: groups by popularity hold everything once") {
  const auto answer = recommend_and_measure(usual_split(), {"popularity", 5, {}}).value();
  const auto bands = bands_of(answer.split.training, answer.measured);
  REQUIRE(bands.size() == 5);
  std::size_t items = 0;
  double relevant = 0, listed = 0, hits = 0;
  for (const PopularityBand& band : bands)
    items += band.items, relevant += band.relevant, listed += band.listed, hits += band.hits;
  CHECK(items == answer.split.items.size());
  CHECK(relevant == Approx(1));
  CHECK(listed == Approx(1));
  CHECK(hits == Approx(1));
  CHECK(bands.front().listed > bands.back().listed);
}

TEST_CASE("recommend: what is odd about the tables is said") {
  auto test = ratings_file(true).append(ratings_file(false).slice(0, 2)).value();
  Frame::Builder more;
  more.add("user", std::vector<std::string>{"new", "1"})
      .add("item", std::vector<std::string>{"i0", "never"})
      .add("rating", std::vector<double>{0, 1});
  test = test.append(std::move(more).build().value()).value();
  auto split =
      recommend::split_of(ratings_file(false), "train", test, "test", {"user", "item", "rating"});
  REQUIRE(split);
  const auto answer = recommend_and_measure(std::move(*split), {"item-knn", 50, {}}).value();
  std::string all;
  for (const std::string& note : notes_of(answer)) all += note + "\n";
  CHECK_THAT(all, Contains("2 pairs of the test are in training too"));
  CHECK_THAT(all, Contains("1 test user has no training"));
  CHECK_THAT(all, Contains("1 item of the test has no training"));
  CHECK_THAT(all, Contains("1 rating is 0"));
  CHECK_THAT(all, Contains("--k 50 is more than the 21 items"));
}

TEST_CASE("recommend: one user and few items are answered, and said to be few") {
  Frame::Builder training, test;
  training.add("user", std::vector<std::string>{"a"})
      .add("item", std::vector<std::string>{"x"})
      .add("rating", std::vector<double>{1});
  test.add("user", std::vector<std::string>{"a", "a"})
      .add("item", std::vector<std::string>{"y", "x"})
      .add("rating", std::vector<double>{1, 1});
  const auto split =
      recommend::split_of(std::move(training).build().value(), "train",
                          std::move(test).build().value(), "test", {"user", "item", "rating"});
  REQUIRE(split);
  for (const std::string& method : recommend_methods()) {
    INFO(method);
    const auto answer = recommend_and_measure(*split, {method, 10, {}});
    REQUIRE(answer);
    CHECK(answer->measured.recall.value == 1);  // y is all that is left
    CHECK_FALSE(answer->gain.standard_error.defined());
    CHECK_THAT(notes_of(*answer).back(), Contains("--k 10 is more than the 2 items"));
  }
}

TEST_CASE("recommend: the question of the window answers with columns by name") {
  const Analysis* analysis = find("recommend");
  REQUIRE(analysis);
  Question question;
  question.file = "test.csv", question.table = ratings_file(true);
  question.other_file = "train.csv", question.other = ratings_file(false);
  question.values = guessed(*analysis, question.table);
  CHECK(question.value("rating") == "rating");
  question.values["method"] = "ease";
  CHECK(answer(*analysis, question));
  question.other = Frame();
  CHECK_FALSE(answer(*analysis, question));
}
