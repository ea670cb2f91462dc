// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/reader.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/answer_metrics.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

const std::vector<std::string> kQuestions = {
    "how much does the otter weigh", "is the brick heavy",       "how loud is the otter",
    "how loud does the brick get",   "what does the otter cost", "price of the brick"};
const std::vector<std::string> kAnswers = {"450 g",       "120 g",     "70 decibels",
                                           "61 decibels", "300 euros", "300 euros"};
const std::vector<NamedThing> kThings = {{{"otter", "Prasuwen"}}, {{"brick"}}};

Reader trained(const ReaderOptions& options = {}) {
  auto reader = Reader::train(kQuestions, kAnswers, kThings, options);
  REQUIRE(reader);
  return *std::move(reader);
}

Passage said(std::string_view text, DocumentId document = 0, std::optional<double> day = {},
             std::size_t context_bytes = 0) {
  return {text, context_bytes, document, 0, day};
}

Answer answer(const Reader& reader, std::string_view question,
              const std::vector<Passage>& passages) {
  auto read = reader.read(question, passages);
  REQUIRE(read);
  return *std::move(read);
}

}  // namespace

TEST_CASE("reader: values are numbers with their units") {
  const auto found = values_of("It is 3.5 kg, (12 Euros) or 7; e104x23 g, 40 g. 5 -g 1,200 hours!");
  std::vector<std::string> texts, units;
  for (const FoundValue& value : found) texts.push_back(value.text), units.push_back(value.unit);
  CHECK(texts == std::vector<std::string>{"3.5 kg", "12 Euros", "40 g", "1,200 hours"});
  CHECK(units == std::vector<std::string>{"kg", "euros", "g", "hours"});
  CHECK(values_of("").empty());
}

TEST_CASE("reader: the answer is a value of the unit asked for, about the thing asked of") {
  const Reader reader = trained();
  const std::string text =
      "The brick weighs 120 g. The otter weighs 450 g and costs 300 euros. It is loud.";
  const Answer read = answer(reader, "how much does the PRASUWEN weigh?", {said(text, 7)});
  CHECK(read.text == "450 g");
  CHECK(read.unit == "g");
  CHECK(read.confidence > 0.5);
  REQUIRE(read.citations.size() == 1);
  CHECK(read.citations[0].document == 7);
  CHECK(text.substr(read.citations[0].range.begin, read.citations[0].range.size()) ==
        "The otter weighs 450 g and costs 300 euros.");
  CHECK(answer(reader, "is the brick heavy", {said(text)}).text == "120 g");
}

TEST_CASE("reader: the probability of a unit is that of naive Bayes by hand") {
  // Words of 2 questions after g: how much does the weigh / is the heavy (8); after decibels: how
  // loud is the / how loud does the get (9); after euros: what does the cost / price of the (7).
  // Vocabulary: how much does the weigh is heavy loud get what cost price of (13).
  const double g = 2 * (1 + 1) * (0 + 1) / (21.0 * 21), db = 2 * (2 + 1) * (2 + 1) / (22.0 * 22),
               eur = 2 * (0 + 1) * (0 + 1) / (20.0 * 20);
  CHECK(answer(trained(), "how loud", {}).confidence == Approx(db / (g + db + eur)));
}

TEST_CASE("reader: 'it' is what was named last, or what the title says") {
  const Reader reader = trained();
  const std::string title = "Notes on the otter\n", body = "I like tea. It weighs 450 g.";
  const std::string whole = title + body;
  CHECK(answer(reader, "is the otter heavy", {said(whole, 0, {}, title.size())}).text == "450 g");
  CHECK(answer(reader, "is the brick heavy", {said(whole, 0, {}, title.size())}).refusal ==
        Refusal::no_evidence);
  CHECK(answer(reader, "is the otter heavy", {said(body)}).refusal == Refusal::no_evidence);
  CHECK(answer(trained({.named_only = false}), "is the otter heavy", {said(body)}).text == "450 g");
  const std::string turn = "I sold the brick. It was 120 g. The otter is better. It weighs 450 g.";
  CHECK(answer(reader, "is the brick heavy", {said(turn)}).text == "120 g");
  CHECK(answer(reader, "is the otter heavy", {said(turn)}).text == "450 g");
}

TEST_CASE("reader: citations count bytes of the document, without the context") {
  const std::string title = "The otter\n", text = title + "Tea. It weighs 450 g.";
  const Passage passage{text, title.size(), 3, 100, {}};
  const Answer read = answer(trained(), "is the otter heavy", {passage});
  REQUIRE(read.citations.size() == 1);
  CHECK(read.citations[0].range == ByteRange{105, 121});
}

TEST_CASE("reader: newer posts correct older ones, undated ones must agree") {
  const std::string old = "The otter weighs 400 g.", now = "The otter weighs 450 g.";
  const char* question = "is the otter heavy";
  const Reader newest = trained(), most = trained({.newest = false});
  const std::vector<Passage> dated = {said(old, 0, 10), said(old, 1, 20), said(now, 2, 30)};
  CHECK(answer(newest, question, dated).text == "450 g");
  CHECK(answer(newest, question, dated).citations.size() == 1);
  CHECK(answer(most, question, dated).text == "400 g");
  CHECK(answer(most, question, dated).citations.size() == 2);
  // A day beats none, whatever the numbers.
  CHECK(answer(newest, question, {said(old, 0), said(old, 1), said(now, 2, 5)}).text == "450 g");
  const std::vector<Passage> undated = {said(old, 0), said(old, 1), said(now, 2)};
  CHECK(answer(newest, question, undated).refusal == Refusal::disputed);
  CHECK(answer(newest, question, {said(old, 0), said(old, 1)}).text == "400 g");
  CHECK(answer(newest, question, {said(old, 0, 5), said(now, 1, 5)}).refusal == Refusal::disputed);
  CHECK(answer(most, question, {said(old, 0, 5), said(now, 1, 6)}).refusal == Refusal::disputed);
}

TEST_CASE("reader: refuses what it cannot know, or guesses where it is told to") {
  const std::string text = "The otter weighs 450 g.";
  const Reader reader = trained();
  CHECK(answer(reader, "how loud is the otter", {said(text)}).refusal == Refusal::no_evidence);
  CHECK(answer(reader, "how loud is the otter", {}).refusal == Refusal::no_evidence);
  CHECK(answer(reader, "how loud is it", {said(text)}).refusal == Refusal::unknown_thing);
  CHECK(answer(trained({.confidence = 0.99}), "the otter", {said(text)}).refusal ==
        Refusal::unsure);
  const Reader guesses = trained({.when_missing = WhenMissing::guess});
  const Answer made_up = answer(guesses, "price of the otter", {said(text)});
  CHECK(made_up.guessed);
  CHECK(made_up.text == "300 euros");
  REQUIRE(made_up.citations.size() == 1);
  CHECK(made_up.citations[0].range == ByteRange{0, text.size()});
  CHECK(answer(guesses, "price of the otter", {}).citations.empty());
}

TEST_CASE("reader: what cannot be learned or read is told") {
  const auto refused = [](const auto& made, const std::string& words) {
    REQUIRE_FALSE(made);
    INFO(made.error().message);
    CHECK(made.error().message.find(words) != std::string::npos);
  };
  const std::vector<std::string> one = {"how loud"}, words = {"quite loud"}, bad = {"\xff"};
  refused(Reader::train(kQuestions, one, {}), "6 questions come with 1 answers");
  refused(Reader::train(one, words, {}), "none of 1 answers holds a number");
  refused(Reader::train(bad, one, {}), "question 1: byte 1: not UTF-8");
  const std::vector<NamedThing> two = {{{"a"}}, {{"A"}}}, long_name = {{{"red otter"}}};
  refused(Reader::train(kQuestions, kAnswers, two), "thing 2: `A` is a name of thing 1 too");
  refused(Reader::train(kQuestions, kAnswers, long_name), "has 2 words");
  refused(Reader::train(kQuestions, kAnswers, {}, {.confidence = 2}), "the confidence asked for");
  refused(Reader::train(kQuestions, kAnswers, {}, {.most_citations = 0}), "no citation");
  const std::vector<Passage> broken = {said("\xff")};
  refused(trained().read("\xff", {}), "the question: byte 1");
  refused(trained().read("how loud is the otter", broken), "passage 1: byte 1");
}

TEST_CASE("answers: exact match, token F1 and faithfulness by hand") {
  CHECK(exact_match("450 G", " 450 g."));
  CHECK_FALSE(exact_match("450", "450 g"));
  CHECK(token_f1("450 g", "400 g") == Approx(0.5));
  CHECK(token_f1("a a b", "a c") == Approx(2.0 / 5));
  CHECK(token_f1("x", "y") == 0);
  CHECK(token_f1("", "!") == 1);
  CHECK(stands_in("450 g", "It is 450 g, they say."));
  CHECK_FALSE(stands_in("450 g", "It is 450 kg, 4 g."));
  CHECK_FALSE(stands_in("", "a"));
}

TEST_CASE("answers: the report counts both kinds of refusal") {
  const std::vector<JudgedAnswer> answers = {{true, false, 1, 1, true, 2, 1},     // right
                                             {true, false, 0, 0.5, true, 1, 0},   // wrong
                                             {true, true, 0, 0, false, 0, 0},     // refused wrongly
                                             {false, true, 0, 0, false, 0, 0},    // refused rightly
                                             {false, false, 0, 0, false, 1, 0}};  // invented
  const AnswerReport report = report_answers(answers);
  CHECK(report.questions == 5);
  CHECK(report.right == Approx(2.0 / 5));
  CHECK(report.exact_match == Approx(1.0 / 3));
  CHECK(report.f1 == Approx(0.5));
  CHECK(report.faithfulness == Approx(2.0 / 3));
  CHECK(report.citation_precision == Approx(1.0 / 4));
  CHECK(report.right_refusals == Approx(0.5));
  CHECK(report.wrong_refusals == Approx(1.0 / 3));
  CHECK(std::isnan(report_answers({}).right));
  CHECK(std::isnan(report_answers(std::span(answers).first(3)).right_refusals));
}
