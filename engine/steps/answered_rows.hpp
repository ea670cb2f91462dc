// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judged answers of retrieve.answer as tables: a row a question, and a row a kind of question.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/retrieval/answer_metrics.hpp"
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {

struct AnsweredRow {
  std::string query, kind, text, due, given, outcome, why, source;
  retrieval::JudgedAnswer judged;
  double milliseconds = 0;
  bool found = false;  // a passage that was read states what was due
};

inline std::string outcome_of(const retrieval::JudgedAnswer& one) {
  if (one.refused) return one.answerable ? "refused wrongly" : "refused rightly";
  if (!one.answerable) return "invented";
  return one.exact == 1 ? "right" : "wrong";
}

inline Result<Frame> answer_summary(const std::vector<AnsweredRow>& rows) {
  std::vector<std::string> kinds{"all"};
  for (const AnsweredRow& row : rows)
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end()) kinds.push_back(row.kind);
  const std::vector<const char*> names = {"questions",      "right",
                                          "exact_match",    "f1",
                                          "faithfulness",   "citation_precision",
                                          "right_refusals", "wrong_refusals",
                                          "found",          "p50_ms",
                                          "p95_ms"};
  std::vector<std::vector<double>> columns(names.size());
  for (const std::string& kind : kinds) {
    std::vector<retrieval::JudgedAnswer> judged;
    std::vector<double> times;
    double found = 0;
    for (const AnsweredRow& row : rows) {
      if (kind != "all" && row.kind != kind) continue;
      judged.push_back(row.judged), times.push_back(row.milliseconds);
      found += row.judged.answerable && row.found ? 1 : 0;
    }
    const retrieval::AnswerReport r = retrieval::report_answers(judged);
    const double answerable = static_cast<double>(r.answerable);
    const double cells[] = {static_cast<double>(r.questions),
                            r.right,
                            r.exact_match,
                            r.f1,
                            r.faithfulness,
                            r.citation_precision,
                            r.right_refusals,
                            r.wrong_refusals,
                            r.answerable > 0 ? found / answerable : std::nan(""),
                            time_quantile(times, 0.5),
                            time_quantile(times, 0.95)};
    for (std::size_t i = 0; i < names.size(); ++i) columns[i].push_back(cells[i]);
  }
  Frame::Builder b;
  b.add("kind", kinds);
  for (std::size_t i = 0; i < names.size(); ++i) b.add(names[i], std::move(columns[i]));
  return std::move(b).build();
}

inline Result<Frame> answer_rows(const std::vector<AnsweredRow>& rows) {
  std::vector<std::vector<std::string>> texts(8);
  std::vector<double> times;
  for (const AnsweredRow& row : rows) {
    std::size_t i = 0;
    for (const std::string* cell : {&row.query, &row.kind, &row.text, &row.due, &row.given,
                                    &row.outcome, &row.why, &row.source})
      texts[i++].push_back(*cell);
    times.push_back(row.milliseconds);
  }
  Frame::Builder b;
  b.add("query", texts[0], {.role = Role::id}).add("kind", texts[1]).add("text", texts[2]);
  b.add("due", texts[3], {.role = Role::truth}).add("given", texts[4]).add("outcome", texts[5]);
  b.add("why", texts[6]).add("source", texts[7]);
  b.add("ms", std::move(times), {.unit = "milliseconds"});
  return std::move(b).build();
}

}  // namespace rehearse::steps
