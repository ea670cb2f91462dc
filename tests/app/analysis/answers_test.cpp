// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/answers.hpp"

#include <catch2/catch.hpp>

using namespace rehearse;
using namespace rehearse::analysis;

namespace {

Frame asked_table(std::vector<std::string> ids, std::vector<std::string> due) {
  Frame::Builder b;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < ids.size(); ++i)
    texts.push_back(i % 2 == 0 ? "how heavy is the kettle" : "how loud is the kettle");
  b.add("query", ids).add("text", texts);
  if (!due.empty()) {
    std::vector<std::uint8_t> there;
    for (const std::string& answer : due) there.push_back(!answer.empty());
    b.add("answer", due).missing(std::move(there));
  }
  return *std::move(b).build();
}

retrieval::Collection kettles() {
  retrieval::Collection corpus;
  corpus.ids = {"d1", "d2"};
  corpus.texts = {"The kettle weighs 900 grams.", "The lamp weighs 10 grams."};
  return corpus;
}

}  // namespace

TEST_CASE("answers: a reply is read to words and the numbers behind them") {
  const GivenAnswer right = parse_reply(" 450 g [2][3] [2]\n", 3);
  CHECK(right.text == "450 g");
  CHECK(right.cited == std::vector<std::size_t>{1, 2});
  CHECK(right.problem.empty());
  CHECK(parse_reply("Not said.", 3).refused);
  CHECK(parse_reply("NOT SAID [1]", 3).cited.empty());
  CHECK(parse_reply("  [1] ", 3).refused);
  CHECK(parse_reply("450 g", 3).problem == "cites nothing");
  CHECK(parse_reply("450 g [4]", 3).problem == "cites [4] of 3 sources");
  CHECK(parse_reply("450 g [0]", 3).problem == "cites [0] of 3 sources");
  CHECK(parse_reply("a[x] and [99999999999999999999]", 3).text ==
        "a[x] and [99999999999999999999]");
}

TEST_CASE("answers: a long reply keeps the sources at its end, and is shown in part") {
  const std::string thought(2999, 'x');
  const GivenAnswer given = parse_reply("a" + thought + "\u00e9 [2]", 3);
  CHECK(given.text.size() == 3002);
  CHECK(given.cited == std::vector<std::size_t>{1});
  CHECK(given.problem.empty());
  const auto evidence =
      find_evidence(kettles(), questions_in(asked_table({"a"}, {})).value(), {}).value();
  const Answers answers = judge_answers(evidence, {parse_reply("900 grams" + thought + "[1]", 2)});
  CHECK(answers.unfaithful == 1);
  CHECK(answers.finds[0].given.size() < 2010);
}

TEST_CASE("answers: what does not stand in what it cites is told, however right") {
  const auto evidence =
      find_evidence(
          kettles(),
          questions_in(asked_table({"a", "b", "c"}, {"900 grams", "", "900 grams"})).value(), {})
          .value();
  REQUIRE(evidence.questions[0].passages.size() == 2);
  CHECK(evidence.documents[evidence.questions[0].passages[0]] == "d1");
  const Answers answers =
      judge_answers(evidence, {parse_reply("900 grams [1]", 2), parse_reply("not said", 2),
                               parse_reply("900 grams [2]", 2)});
  CHECK(answers.report.exact_match == 1);
  CHECK(answers.report.right_refusals == 1);
  CHECK(answers.report.faithfulness == 0.5);
  CHECK(answers.unfaithful == 1);
  CHECK(answers.finds[0].sources == "d1");
  CHECK(answers.finds[2].problem == "does not stand in what it cites");
  CHECK(answers.known == 3);
}

TEST_CASE("answers: questions without due answers are judged by their sources alone") {
  const auto questions = questions_in(asked_table({"a"}, {})).value();
  const auto evidence = find_evidence(kettles(), questions, {}).value();
  const Answers answers = judge_answers(evidence, {parse_reply("900 grams [1]", 2)});
  CHECK(answers.known == 0);
  CHECK(answers.report.faithfulness == 1);
  CHECK(reader_question(evidence, evidence.questions[0]).find("[1] The kettle weighs 900 grams.") ==
        0);
  CHECK(document_of("texts", "a reader", answers).blocks.size() == 2);
}

TEST_CASE("answers: tables that ask nothing, or twice, are refused") {
  CHECK(questions_in(asked_table({"a", "a"}, {})).error().message.find("stands twice") !=
        std::string::npos);
  Frame::Builder b;
  b.add("query", std::vector<std::string>{"a"});
  CHECK(questions_in(*std::move(b).build()).error().message.find("text") != std::string::npos);
}
