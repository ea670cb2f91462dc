// SPDX-License-Identifier: GPL-3.0-or-later
//
// From documents to judged answers, step by step, on a thread of three texts.
#include <cmath>

#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

using Texts = std::vector<std::string>;

Frame thread() {
  Frame::Builder b;
  b.add("document", Texts{"t1", "t1c1", "t1c2"});
  b.add("parent", Texts{"", "t1", "t1c1"}).missing({0, 1, 1});
  b.add("title", Texts(3, "The otter")).add("day", std::vector<double>{5, 6, 9});
  b.add("text", Texts{"The otter\nIt weighs 400 g. I like it a lot.", "How heavy is it?",
                      "Mine says 450 g."});
  return *std::move(b).build();
}

Frame questions() {
  Frame::Builder b;
  b.add("query", Texts{"q1", "q2"}).add("kind", Texts{"plain", "missing"});
  b.add("text", Texts{"how heavy is the otter", "how loud is the otter"});
  b.add("answer", Texts{"450 g", ""}).missing({1, 0});
  return *std::move(b).build();
}

Frame judgements() {
  Frame::Builder b;
  b.add("query", Texts{"q1", "q1"}).add("document", Texts{"t1", "t1c2"});
  b.add("relevance", std::vector<double>{1, 2}).add("begin", std::vector<double>{20, 10});
  b.add("end", std::vector<double>{25, 15});
  return *std::move(b).build();
}

Frame past_questions() {
  Frame::Builder b;
  b.add("text", Texts{"how heavy is the wasp", "how loud is the wasp", "how heavy is the otter"});
  b.add("answer", Texts{"1 g", "2 decibels", "3 g"});
  return *std::move(b).build();
}

Frame things() {
  Frame::Builder b;
  b.add("name", Texts{"otter", "wasp"});
  return *std::move(b).build();
}

Frame chunked(const char* context, double before_day = 1e9) {
  StepUnderTest step("retrieve.chunk");
  step.input("documents", thread()).set("words", std::int64_t{6});
  step.set("context", std::string(context)).set("before_day", before_day);
  return step.table();
}

Frame searched(const Frame& passages) {
  StepUnderTest step("retrieve.search");
  step.input("passages", passages).input("queries", questions());
  step.set("method", std::string("bm25"));
  return step.table();
}

StepUnderTest answering(const Frame& passages) {
  StepUnderTest step("retrieve.answer");
  step.input("passages", passages).input("queries", questions());
  step.input("found", searched(passages)).input("judgements", judgements());
  step.input("training", past_questions()).input("things", things());
  return step;
}

}  // namespace

TEST_CASE("retrieve.chunk: passages know their document, their bytes and their day") {
  const Frame passages = chunked("title-and-parent");
  REQUIRE(passages.rows() == 4);
  CHECK(passages.find("passage")->text(1) == "t1#2");
  CHECK(passages.find("text")->text(1) == "The otter\nI like it a lot.");
  CHECK(passages.find("context_bytes")->number(1) == 10);
  CHECK(passages.find("begin")->number(1) == 27);
  CHECK(passages.find("text")->text(3) == "The otter\nHow heavy is it?\nMine says 450 g.");
  CHECK(passages.find("day")->number(3) == 9);
  CHECK(chunked("none", 9).rows() == 3);
  StepUnderTest step("retrieve.chunk");
  step.input("documents", thread()).set("before_day", 5.0);
  CHECK(step.error() == "no document was written before day 5");
  step.input("documents", *thread().slice(1, 3).select(Texts{"document", "parent", "text"}));
  CHECK(step.error().find("row 1: the parent `t1` is no document") == 0);
}

TEST_CASE("retrieve.answer: statements of one's own may name documents alone") {
  Frame::Builder b;
  b.add("query", Texts{"q1"}).add("document", Texts{"t1c2"});
  StepUnderTest step = answering(chunked("title-and-parent"));
  step.input("judgements", *std::move(b).build());
  const Frame summary = step.table(1);
  CHECK(summary.find("found")->number(0) == 1);
  CHECK(summary.find("citation_precision")->number(0) == 1);
  Frame::Builder half;
  half.add("query", Texts{"q1"}).add("document", Texts{"t1c2"});
  half.add("begin", std::vector<double>{10});
  step.input("judgements", *std::move(half).build());
  CHECK(step.error().find("`end`") != std::string::npos);
}

TEST_CASE("retrieve.answer: the newer value with its source, and a refusal") {
  const StepUnderTest step = answering(chunked("title-and-parent"));
  const Frame answers = step.table(0), summary = step.table(1);
  REQUIRE(answers.rows() == 2);
  CHECK(answers.find("given")->text(0) == "450 g");
  CHECK(answers.find("outcome")->text(0) == "right");
  CHECK(answers.find("source")->text(0) == "t1c2: Mine says 450 g.");
  CHECK(answers.find("outcome")->text(1) == "refused rightly");
  CHECK(answers.find("why")->text(1) == "no passage says it");
  CHECK(summary.find("right")->number(0) == 1);
  CHECK(summary.find("found")->number(0) == 1);
  CHECK(summary.find("citation_precision")->number(0) == 1);
  REQUIRE(summary.rows() == 3);
  CHECK(std::isnan(summary.find("exact_match")->number(2)));  // nothing there to match
  CHECK(summary.find("p95_ms")->number(0) > 10);
}

TEST_CASE("retrieve.answer: without the title nobody knows what weighs 450 g") {
  StepUnderTest step = answering(chunked("none"));
  CHECK(step.table(0).find("given")->text(0) == "400 g");  // the post names its thing itself
  step.set("when_missing", std::string("guess")).set("confidence", 0.0);
  const Frame guessed = step.table(0);
  CHECK(guessed.find("outcome")->text(1) == "invented");
  CHECK(guessed.find("given")->text(1) == "2 decibels");
  CHECK(step.table(1).find("faithfulness")->number(0) == 0.5);
}

TEST_CASE("retrieve.judge: recall and cost by hand") {
  const Frame passages = chunked("title-and-parent");
  StepUnderTest step("retrieve.judge");
  step.input("passages", passages).input("queries", questions());
  step.input("judgements", judgements()).input("found", searched(passages));
  const Frame summary = step.table(0), depths = step.table(1);
  REQUIRE(summary.rows() == 2);  // the missing one has no relevant passage
  CHECK(summary.find("queries")->number(0) == 1);
  CHECK(summary.find("recall")->number(0) == 1);
  CHECK(depths.rows() > 0);
}

TEST_CASE("retrieve.answer and its kin: tables that do not fit are told") {
  const Frame passages = chunked("title");
  StepUnderTest step = answering(passages);
  step.input("found", judgements());
  CHECK(step.error().find("score") != std::string::npos);
  step = answering(passages);
  step.input("training", questions().slice(1, 2));
  CHECK(step.error().find("training: none of 0 answers") == 0);
  step = answering(passages);
  step.input("passages", passages.slice(0, 1));
  CHECK(step.error().find("is not among those given") != std::string::npos);
  StepUnderTest search("retrieve.search");
  search.input("passages", thread()).input("queries", questions());
  CHECK(search.error().find("passage") != std::string::npos);
}

TEST_CASE("retrieve.rerank and retrieve.train_encoder: learned on one year, used in the next") {
  const auto corpus = [](std::int64_t world) {
    StepUnderTest step("simulate.corpus", 3);
    step.set("posts", std::int64_t{300}).set("things", std::int64_t{12});
    step.set("queries", std::int64_t{25}).set("world", world);
    return step;
  };
  const auto cut = [](const Frame& posts) {
    StepUnderTest step("retrieve.chunk");
    step.input("documents", posts).set("cut", std::string("whole"));
    return step.table();
  };
  const auto found = [](const Frame& passages, const Frame& asked) {
    StepUnderTest step("retrieve.search");
    step.input("passages", passages).input("queries", asked).set("method", std::string("bm25"));
    return step.table();
  };
  const StepUnderTest now = corpus(0), past = corpus(1);
  const Frame passages = cut(now.table(0)), old = cut(past.table(0));
  const Frame hits = found(passages, now.table(1));
  StepUnderTest rerank("retrieve.rerank", 3), encoder("retrieve.train_encoder", 3);
  for (StepUnderTest* step : {&rerank, &encoder}) {
    step->input("passages", passages).input("queries", now.table(1));
    step->input("past_passages", old).input("past_queries", past.table(1));
    step->input("past_judgements", past.table(2));
  }
  rerank.input("found", hits).input("past_found", found(old, past.table(1)));
  StepUnderTest judge("retrieve.judge", 3);
  judge.input("passages", passages).input("queries", now.table(1));
  judge.input("judgements", now.table(2));
  judge.call.inputs["found"] = {plan::Artifact::of(hits), plan::Artifact::of(rerank.table()),
                                plan::Artifact::of(encoder.table())};
  judge.call.labels["found"] = {"bm25", "reranked", "encoder"};
  const Frame summary = judge.table();
  std::map<std::string, double> ndcg, operations;
  for (std::size_t row = 0; row < summary.rows(); ++row)
    if (summary.find("kind")->text(row) == "all") {
      ndcg[std::string(summary.find("method")->text(row))] = summary.find("ndcg")->number(row);
      operations[std::string(summary.find("method")->text(row))] =
          summary.find("operations")->number(row);
    }
  CHECK(ndcg["reranked"] > ndcg["bm25"]);
  CHECK(operations["reranked"] > operations["bm25"]);
  CHECK(ndcg["encoder"] > 0.2);
  CHECK(encoder.table(1).rows() == 10);
}
