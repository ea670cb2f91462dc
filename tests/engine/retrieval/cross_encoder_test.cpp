// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/cross_encoder.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/engine/retrieval/corpora.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

PassageTerms terms_of(const std::vector<std::string>& texts) {
  auto terms = PassageTerms::of(texts);
  REQUIRE(terms);
  return *std::move(terms);
}

// "heavy" asks for "mass", "loud" for "noise": no first stage by words can tell, a pair of words
// can.
struct Worded {
  std::vector<std::string> texts;
  std::vector<RankedQuestion> questions;
};

Worded worded(std::uint64_t seed, std::size_t count) {
  Worded made;
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(seed, "test.worded", 0, i);
    const std::string name = "thing" + std::to_string(stream.below(50));
    const bool heavy = stream.bernoulli(0.5);
    const auto first = static_cast<DocumentId>(made.texts.size());
    made.texts.push_back(name + " mass report");
    made.texts.push_back(name + " noise report");
    made.questions.push_back(
        {(heavy ? "heavy " : "loud ") + name,
         {{first, 1}, {first + 1, 1}},
         {static_cast<std::uint8_t>(heavy), static_cast<std::uint8_t>(!heavy)}});
  }
  return made;
}

double first_right(const CrossEncoder& encoder, const Worded& asked) {
  const PassageTerms terms = terms_of(asked.texts);
  double right = 0;
  for (const RankedQuestion& one : asked.questions) {
    const auto made = encoder.rerank(terms, one.text, one.candidates, 10);
    REQUIRE(made);
    REQUIRE(made->hits.size() == 2);
    right += one.relevant[made->hits[0].document - one.candidates[0].document];
  }
  return right / static_cast<double>(asked.questions.size());
}

}  // namespace

TEST_CASE("cross-encoder: the loss of a pair and its slope are those of the formula") {
  for (const double d : {-800.0, -3.0, -0.1, 0.0, 0.4, 2.0, 900.0}) {
    const PairLoss pair = pair_loss(d);
    CAPTURE(d);
    if (std::abs(d) < 100) {
      CHECK(pair.loss == Approx(std::log(1 + std::exp(-d))));
      const double h = 1e-6;
      CHECK(pair.slope ==
            Approx((pair_loss(d + h).loss - pair_loss(d - h).loss) / (2 * h)).epsilon(1e-6));
    }
    CHECK(std::isfinite(pair.loss));
    CHECK(std::isfinite(pair.slope));
  }
  CHECK(pair_loss(-800).loss == Approx(800));
}

TEST_CASE("cross-encoder: features by hand") {
  const PassageTerms terms =
      terms_of({"red apple pie 12", "pear pear apple big red", "nothing", "apple"});
  const Worded tiny = worded(1, 40);
  const auto encoder = CrossEncoder::train(terms_of(tiny.texts), tiny.questions);
  REQUIRE(encoder);
  const auto question = terms.question("big red apple plum");
  REQUIRE(question);
  const std::vector<Hit> hits = {{0, 3}, {1, 2}, {3, 1}};
  const auto f = encoder->features(terms, *question, hits, 1);
  std::map<std::string, double> value;
  for (std::size_t i = 0; i < CrossEncoder::kFeatures; ++i)
    value[CrossEncoder::feature_name(i)] = f.values[i];
  const double apple = std::log(1 + 1.5 / 3.5), red = std::log(1 + 2.5 / 2.5),
               big = std::log(1 + 3.5 / 1.5), plum = std::log(1 + 4.5 / 0.5);
  CHECK(value["overlap"] == Approx((apple + red + big) / (apple + red + big + plum)));
  CHECK(value["covered"] == Approx(3.0 / 4));
  CHECK(value["phrase"] == Approx(2.0 / 4));    // big red
  CHECK(value["nearness"] == Approx(3.0 / 3));  // apple big red
  CHECK(value["rare"] == 0);                    // plum is nowhere
  CHECK(value["number"] == 0);
  CHECK(value["length"] == Approx(std::log(6.0) / 5));
  CHECK(value["first stage"] == Approx(0.5));
  CHECK(value["rank"] == Approx(1 / (1 + std::log(2.0))));
  CHECK(encoder->features(terms, *question, hits, 0).values[5] == 1);
}

TEST_CASE("cross-encoder: learns which words ask for which, on things it never saw") {
  const Worded learned = worded(1, 120), asked = worded(2, 60);
  const auto encoder = CrossEncoder::train(terms_of(learned.texts), learned.questions);
  REQUIRE(encoder);
  CHECK(first_right(*encoder, asked) == 1);
  REQUIRE(encoder->losses().size() == 8);
  CHECK(encoder->losses().back() < 0.5 * encoder->losses().front());
  const auto again = CrossEncoder::train(terms_of(learned.texts), learned.questions);
  REQUIRE(again);
  CHECK(again->losses() == encoder->losses());
}

TEST_CASE("cross-encoder: what is behind the first n keeps its place behind them") {
  const Worded learned = worded(1, 60);
  const PassageTerms terms = terms_of(learned.texts);
  const auto encoder = CrossEncoder::train(terms, learned.questions);
  REQUIRE(encoder);
  const std::vector<Hit> hits = {{4, 9}, {1, 8}, {7, 7}, {2, 6}, {9, 5}};
  const auto made = encoder->rerank(terms, learned.questions[0].text, hits, 2);
  REQUIRE(made);
  REQUIRE(made->hits.size() == 5);
  for (std::size_t i = 2; i < 5; ++i) CHECK(made->hits[i].document == hits[i].document);
  for (std::size_t i = 1; i < 5; ++i) CHECK(made->hits[i - 1].score >= made->hits[i].score);
  CHECK(made->operations > 0);
  const auto all = encoder->rerank(terms, learned.questions[0].text, hits, 100);
  REQUIRE(all);
  CHECK(all->operations > made->operations);
  CHECK(encoder->rerank(terms, "heavy", {}, 5)->hits.empty());
}

TEST_CASE("cross-encoder: what cannot be trained is told") {
  const auto refused = [](const auto& made, const std::string& words) {
    REQUIRE_FALSE(made);
    INFO(made.error().message);
    CHECK(made.error().message.find(words) != std::string::npos);
  };
  Worded some = worded(1, 4);
  const PassageTerms terms = terms_of(some.texts);
  refused(CrossEncoder::train(terms, some.questions, {.epochs = 0}), "epochs is 0");
  refused(CrossEncoder::train(terms, {}), "no question has both");
  some.questions[1].relevant.pop_back();
  refused(CrossEncoder::train(terms, some.questions), "question 2: 2 candidates come with 1 marks");
  some = worded(1, 4), some.questions[2].candidates[0].document = 99;
  refused(CrossEncoder::train(terms, some.questions), "question 3: candidate 99");
  const std::vector<std::string> broken = {"a", "\xff"};
  refused(PassageTerms::of(broken), "passage 2: byte 1");
  refused(PassageTerms::of({}), "no passage");
  std::stop_source stop;
  stop.request_stop();
  const Worded fine = worded(1, 4);
  refused(CrossEncoder::train(terms, fine.questions, {}, Progress(stop.get_token(), {})),
          "stopped");
}
