// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/answer_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  each_word(text, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

double share(double part, std::size_t of) {
  return of == 0 ? std::nan("") : part / static_cast<double>(of);
}

}  // namespace

bool exact_match(std::string_view given, std::string_view due) {
  return words_of(given) == words_of(due);
}

double token_f1(std::string_view given, std::string_view due) {
  const auto said = words_of(given), wanted = words_of(due);
  if (said.empty() && wanted.empty()) return 1;
  std::map<std::string, int> left;
  for (const std::string& word : wanted) ++left[word];
  double common = 0;
  for (const std::string& word : said)
    if (left[word]-- > 0) common += 1;
  return 2 * common / static_cast<double>(said.size() + wanted.size());
}

bool stands_in(std::string_view answer, std::string_view text) {
  const auto sought = words_of(answer), words = words_of(text);
  return !sought.empty() &&
         std::search(words.begin(), words.end(), sought.begin(), sought.end()) != words.end();
}

AnswerReport report_answers(std::span<const JudgedAnswer> answers) {
  AnswerReport report;
  double right = 0, exact = 0, f1 = 0, faithful = 0, right_refusals = 0, wrong_refusals = 0;
  std::size_t citations = 0, right_citations = 0;
  for (const JudgedAnswer& one : answers) {
    right += one.right() ? 1 : 0;
    if (one.refused) (one.answerable ? wrong_refusals : right_refusals) += 1;
    if (one.answerable) {
      ++report.answerable;
      if (!one.refused) exact += one.exact, f1 += one.f1;
    }
    if (one.refused) continue;
    ++report.answered, faithful += one.faithful ? 1 : 0;
    citations += one.citations, right_citations += one.right_citations;
  }
  report.questions = answers.size();
  report.right = share(right, answers.size());
  report.exact_match = share(exact, report.answerable), report.f1 = share(f1, report.answerable);
  report.faithfulness = share(faithful, report.answered);
  report.citation_precision = share(static_cast<double>(right_citations), citations);
  report.right_refusals = share(right_refusals, answers.size() - report.answerable);
  report.wrong_refusals = share(wrong_refusals, report.answerable);
  return report;
}

}  // namespace rehearse::retrieval
