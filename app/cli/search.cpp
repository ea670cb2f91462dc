// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/search.hpp"
#include "app/practice/search_query.hpp"

#include <fmt/format.h>

#include "app/cli/verb.hpp"

namespace rehearse::cli {
namespace {

struct SearchOptions {
  std::vector<std::string> words;
  std::string kind;
  int most = 20;
};

// What was found in bold, on a terminal that shows colour.
std::string shown(const std::string& snippet, bool colour) {
  std::string text;
  for (const char c : snippet) {
    if (c == '\x02')
      text += colour ? "\x1b[1m" : "";
    else if (c == '\x03')
      text += colour ? "\x1b[0m" : "";
    else if (static_cast<unsigned char>(c) >= 32 && c != '\x7f')
      text += c;
  }
  return text;
}

std::vector<practice::SearchKind> kinds_of(const std::string& name) {
  using practice::SearchKind;
  for (const SearchKind kind : {SearchKind::drill, SearchKind::design, SearchKind::card})
    if (name == practice::kind_name(kind)) return {kind};
  return {};
}

int search(Context& context, const SearchOptions& options) {
  const std::string query = fmt::format("{}", fmt::join(options.words, " "));
  if (!practice::asks_for_something(query))
    return context.report({Code::invalid_argument,
                           fmt::format("there is no word to look for in `{}`; write one, or its "
                                       "beginning, as in `rehearse search calibrat`",
                                       query)});
  auto index = practice::SearchIndex::open(context.home);
  if (!index) return context.report(index.error());
  auto hits = index->find(query, static_cast<std::size_t>(options.most), kinds_of(options.kind));
  if (!hits) return context.report(hits.error());
  if (context.json) {
    Json list = Json::array();
    for (const auto& hit : *hits)
      list.push_back({{"kind", practice::kind_name(hit.kind)},
                      {"id", hit.id},
                      {"title", hit.title},
                      {"topic", hit.topic},
                      {"snippet", shown(hit.snippet, false)},
                      {"rank", hit.rank}});
    context.print(Json{{"query", query}, {"hits", list}});
    return kDone;
  }
  if (hits->empty()) {
    context.print(
        "Nothing has these words. Try fewer, or the beginning of one; `rehearse drills`, `rehearse "
        "designs` and `rehearse study --list` name what there is.");
    return kDone;
  }
  for (const auto& hit : *hits)
    context.print_as_is(fmt::format("{:<6}  {}  {}\n        {}", practice::kind_name(hit.kind),
                                    hit.id, shown(hit.title, false),
                                    shown(hit.snippet, context.colour)));
  return kDone;
}

Action declare_search(Arguments& app) {
  auto options = std::make_shared<SearchOptions>();
  app.add_option("words", options->words,
                 "words or their beginnings; in single quotes also a \"phrase\" and a word that "
                 "must not be there, as 'cache -redis \"hit rate\"'")
      .required();
  app.add_option("--kind", options->kind, "only drill, design or card")
      .one_of({"drill", "design", "card"});
  app.add_option("--most", options->most, "so many results at most").within(1, 1000);
  return [options](Context& context) { return search(context, *options); };
}

const VerbRegistration kSearch{{"search", "drills, designs and cards by their words",
                                "rehearse search calibrat '\"log loss\" -auc' --kind card",
                                declare_search}};

}  // namespace
}  // namespace rehearse::cli
