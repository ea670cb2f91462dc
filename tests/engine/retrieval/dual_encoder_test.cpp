// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/dual_encoder.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/contrastive.hpp"
#include "engine/retrieval/text_features.hpp"
#include "tests/engine/retrieval/corpora.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

constexpr std::size_t kThings = 30;

// A passage a thing and property; a question asks in words that the passages do not have.
struct Asked {
  std::vector<std::string> passages;
  std::vector<TrainingQuestion> questions;
};

Asked asked_things() {
  static const char* properties[][2] = {{"mass of %", "is % heavy"},
                                        {"noise of %", "is % loud"},
                                        {"battery of %", "how long % lasts"}};
  Asked made;
  for (std::size_t thing = 0; thing < kThings; ++thing)
    for (const auto& property : properties) {
      const std::string name = "na" + std::to_string(thing * 7919 % 1000) + "me";
      std::string says = property[0], asks = property[1];
      says.replace(says.find('%'), 1, name), asks.replace(asks.find('%'), 1, name);
      made.questions.push_back({asks, {static_cast<DocumentId>(made.passages.size())}});
      made.passages.push_back(says);
    }
  return made;
}

// Share of questions whose passage comes first.
double found_first(const DualEncoder& encoder, const Asked& asked, std::size_t from) {
  const auto index = encoder.index(asked.passages);
  REQUIRE(index);
  double right = 0;
  for (std::size_t q = from; q < asked.questions.size(); ++q) {
    const auto point = encoder.embed_question(asked.questions[q].text);
    REQUIRE(point);
    right += index->search(*point, 1).at(0).document == asked.questions[q].relevant[0] ? 1 : 0;
  }
  return right / static_cast<double>(asked.questions.size() - from);
}

std::vector<double> drawn(std::uint64_t entity, std::size_t count) {
  Stream stream(5, "test.points", 0, entity);
  std::vector<double> numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(stream.normal());
  return numbers;
}

}  // namespace

TEST_CASE("contrastive loss: the gradient is that of finite differences") {
  constexpr std::size_t kDims = 4, kQuestions = 3, kPassages = 5;
  std::vector<double> questions = drawn(1, kQuestions * kDims),
                      passages = drawn(2, kPassages * kDims);
  const std::vector<std::uint32_t> own = {0, 1, 2};
  std::vector<std::uint8_t> allowed(kQuestions * kPassages, 1);
  allowed[1] = 0, allowed[kPassages + 4] = 0;
  const auto loss = [&] {
    return contrastive_loss({kDims, questions, passages, own, allowed, 0.3});
  };
  const ContrastiveGradient made = loss();
  const double h = 1e-6;
  for (auto* side : {&questions, &passages}) {
    const std::vector<double>& slope = side == &questions ? made.questions : made.passages;
    for (std::size_t i = 0; i < side->size(); ++i) {
      const double kept = (*side)[i];
      (*side)[i] = kept + h;
      const double up = loss().loss;
      (*side)[i] = kept - h;
      const double down = loss().loss;
      (*side)[i] = kept;
      CHECK(slope[i] == Approx((up - down) / (2 * h)).margin(1e-8).epsilon(1e-5));
    }
  }
}

TEST_CASE("contrastive loss: by hand, and the origin has no slope") {
  const std::vector<double> questions = {2, 0, 0, 0}, passages = {3, 0, 0, 1};
  const std::vector<std::uint32_t> own = {0, 1};
  const std::vector<std::uint8_t> allowed(4, 1);
  const auto made = contrastive_loss({2, questions, passages, own, allowed, 0.5});
  // cosines 1, 0 of the first; the second lies at the origin: both 0.
  CHECK(made.loss == Approx((std::log(1 + std::exp(-2.0)) + std::log(2.0)) / 2));
  CHECK(made.questions[2] == 0);
  CHECK(made.questions[3] == 0);
}

TEST_CASE("dual encoder: learns that other words ask for the same, and carries it to new things") {
  Asked all = asked_things();
  Asked learned = all;
  learned.questions.resize(60);
  const DualEncoderOptions options{.dims = 32, .epochs = 20, .batch = 16};
  const auto encoder = DualEncoder::train(learned.passages, learned.questions, options);
  REQUIRE(encoder);
  CHECK(found_first(*encoder, all, 60) > 0.8);
  DualEncoderOptions untrained = options;
  untrained.epochs = 1, untrained.learning_rate = 1e-9;
  const auto before = DualEncoder::train(learned.passages, learned.questions, untrained);
  REQUIRE(before);
  CHECK(found_first(*before, all, 60) < 0.7);
  CHECK(encoder->losses().size() == 20);
  CHECK(encoder->losses().back() < 0.3 * encoder->losses().front());
}

TEST_CASE("dual encoder: the same seed gives the same bytes, whatever the negatives") {
  const Asked all = asked_things();
  for (const Negatives negatives : {Negatives::in_batch, Negatives::bm25, Negatives::mined}) {
    const DualEncoderOptions options{
        .dims = 16, .epochs = 6, .batch = 16, .negatives = negatives, .hard = 2};
    const auto one = DualEncoder::train(all.passages, all.questions, options),
               again = DualEncoder::train(all.passages, all.questions, options);
    REQUIRE(one);
    REQUIRE(again);
    CHECK(one->losses() == again->losses());
    CHECK(*one->embed_question("is na0me heavy") == *again->embed_question("is na0me heavy"));
    CHECK(one->losses().back() < one->losses().front());
  }
}

TEST_CASE("dual encoder: a word with a typo keeps most of its pieces") {
  const auto right = text_features("prasuwen", 20), wrong = text_features("prasuwwen", 20);
  std::size_t shared = 0;
  for (const TextFeature& a : right)
    for (const TextFeature& b : wrong) shared += a.row == b.row ? 1 : 0;
  CHECK(right.size() == 9);  // the word, <pr pra ras asu suw uwe wen en>
  CHECK(shared == 7);        // all pieces but one, and not the word
  float pieces = 0;
  for (std::size_t i = 1; i < right.size(); ++i) pieces += right[i].weight;
  CHECK(pieces == Approx(1));
}

TEST_CASE("dual encoder: embeddings have length 1, a text without words lies at the origin") {
  const Asked all = asked_things();
  const auto encoder = DualEncoder::train(all.passages, all.questions, {.dims = 8, .epochs = 1});
  REQUIRE(encoder);
  const auto point = encoder->embed_passage("mass of na0me"),
             origin = encoder->embed_question(" ! ");
  REQUIRE(point);
  REQUIRE(origin);
  double squares = 0;
  for (const float x : *point) squares += static_cast<double>(x) * static_cast<double>(x);
  CHECK(squares == Approx(1).epsilon(1e-5));
  for (const float x : *origin) CHECK(x == 0);
}

TEST_CASE("dual encoder: what cannot be trained is told") {
  const auto refused = [](const auto& made, const std::string& words) {
    REQUIRE_FALSE(made);
    INFO(made.error().message);
    CHECK(made.error().message.find(words) != std::string::npos);
  };
  Asked all = asked_things();
  refused(DualEncoder::train(all.passages, all.questions, {.dims = 1}), "dims is 1");
  refused(DualEncoder::train({}, all.questions), "no passage");
  refused(DualEncoder::train(all.passages, std::span(all.questions).first(1)),
          "1 questions have a passage");
  std::stop_source stop;
  stop.request_stop();
  refused(DualEncoder::train(all.passages, all.questions, {}, Progress(stop.get_token(), {})),
          "stopped");
  all.questions[3].relevant = {999};
  refused(DualEncoder::train(all.passages, all.questions), "question 4: its passage 999");
  all = asked_things(), all.questions[1].text = "\xff";
  refused(DualEncoder::train(all.passages, all.questions), "question 2: byte 1");
  all = asked_things(), all.passages[5] = "a\xff";
  refused(DualEncoder::train(all.passages, all.questions), "passage 6: byte 2");
}
