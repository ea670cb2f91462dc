// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/profile.hpp"

#include <fmt/format.h>

#include "app/analysis/analysis.hpp"

namespace rehearse::analysis {
namespace {

Result<Document> answer_profile(const Question& question) {
  auto profile = diagnose::profile(question.table, {question.value("label")});
  if (!profile) return fail(profile.error());
  return document_of(question.file, *profile);
}

const Registration kProfile{{.name = "profile",
                             .asks = "What is in your table, and what looks wrong?",
                             .fields = {{.name = "label",
                                         .sentence = "a column of 0 and 1: adds each number's AUC "
                                                     "alone, and suspects leaks",
                                         .optional = true,
                                         .guesses = {"label", "click", "clicked"},
                                         .numeric = true}},
                             .answer = answer_profile}};

}  // namespace

std::string reading_of(const diagnose::Profile& profile) {
  if (profile.rows == 0) return "There are no rows, so nothing can be said of the columns.";
  if (profile.suspicions.empty())
    return "Nothing looks wrong by itself. Look at the gaps and the tails next, and compare two "
           "periods with `analyze drift`.";
  if (profile.suspicions.size() == 1)
    return "One suspicion. It is a question to whoever writes the data, not a verdict: ask before "
           "you mend.";
  return fmt::format(
      "{} suspicions. Each is a question to whoever writes the data, not a verdict: ask before you "
      "mend.",
      profile.suspicions.size());
}

Document document_of(const std::string& file, const diagnose::Profile& profile) {
  Document document{"Profile of " + file, reading_of(profile), {}};
  document.blocks.push_back(Figure{
      "table", "Columns", "", "", "gaps and cardinality first, then the extremes beside the median",
      Json::object(), diagnose::to_frame(profile)});
  if (!profile.suspicions.empty())
    document.blocks.push_back(Figure{"table", "Suspicions", "", "",
                                     "each is a question to whoever writes the data",
                                     Json::object(), diagnose::suspicion_table(profile)});
  return document;
}

}  // namespace rehearse::analysis
