// SPDX-License-Identifier: GPL-3.0-or-later
//
// What answers are worth against those that were due, refusals included.
//
//   exact match          the same words, whatever the case and the marks between them; 0 for a
//                        refusal. Mean over the questions that have an answer
//   token F1             2PR / (P + R) over words, each as often as it stands in both (Rajpurkar,
//                        Zhang, Lopyrev, Liang 2016, SQuAD); the same mean
//   faithfulness         share of answers that stand word for word in a text that they cite. Says
//                        nothing of whether they are right
//   citation precision   share of citations that state the answer that was due
//   right refusals       share of the questions without an answer that were refused
//   wrong refusals       share of those with an answer that were refused
//   right                exact answers and right refusals, over all questions
//
// Report both kinds of refusal: a system that always refuses never errs, and one that never refuses
// invents whatever is not there. A mean over nothing is NaN.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rehearse::retrieval {

bool exact_match(std::string_view given, std::string_view due);
// 1 where both have no words.
double token_f1(std::string_view given, std::string_view due);
// Whether `answer` stands in the text word for word; not for an answer without words.
bool stands_in(std::string_view answer, std::string_view text);

struct JudgedAnswer {
  bool answerable = false, refused = false;
  double exact = 0, f1 = 0;  // of those answered that are answerable
  bool faithful = false;
  std::size_t citations = 0, right_citations = 0;
  bool right() const { return answerable ? !refused && exact == 1 : refused; }
};

struct AnswerReport {
  std::size_t questions = 0, answerable = 0, answered = 0;
  double right = 0, exact_match = 0, f1 = 0, faithfulness = 0, citation_precision = 0;
  double right_refusals = 0, wrong_refusals = 0;
};
AnswerReport report_answers(std::span<const JudgedAnswer> answers);

}  // namespace rehearse::retrieval
