// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verb.hpp"
#include "drills/judge/report.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

int merge(Context& context, const std::vector<std::string>& paths) {
  std::vector<Json> documents;
  for (const std::string& path : paths) {
    auto text = read_file(path);
    if (!text) return context.report(text.error());
    documents.push_back(Json::parse(*text, nullptr, false));
    if (documents.back().is_discarded())
      return context.report(
          {Code::bad_data, path + ": not JSON; give reports made by `rehearse grade --json`"});
  }
  auto merged = judge::merge_reports(documents);
  if (!merged) return context.report(merged.error());
  context.print(*merged);
  const Json& summary = (*merged)["summary"];
  return summary.value("refused", 0) == 0 ? kDone : kRefused;
}

Action declare_grade_merge(Arguments& app) {
  auto paths = std::make_shared<std::vector<std::string>>();
  app.add_option("reports", *paths, "documents written by grade --json").required();
  return [paths](Context& context) { return merge(context, *paths); };
}

const VerbRegistration kGradeMerge{{"grade-merge", "join shard reports into one",
                                    "rehearse grade-merge shard1.json shard2.json",
                                    declare_grade_merge}};

}  // namespace
}  // namespace rehearse::cli
