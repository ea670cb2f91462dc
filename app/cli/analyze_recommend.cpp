// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/analysis/pieces.hpp"
#include "app/analysis/recommend.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/ratings_file.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeRecommendOptions {
  std::string file, test, report;
  std::vector<std::string> set;
  analysis::RecommendRequest request;
  int k = 10;
  bool parameters = false;
  RatingsFlags reading;
};

Result<void> complete(AnalyzeRecommendOptions& o) {
  o.request.k = static_cast<std::size_t>(o.k);
  for (const std::string& text : o.set) {
    const auto equal = text.find('=');
    if (equal == std::string::npos || equal == 0)
      return fail(Code::invalid_argument, "--set {}: write parameter=value, as in --set lambda=50",
                  text);
    o.request.set[text.substr(0, equal)] = text.substr(equal + 1);
  }
  if (auto values = analysis::recommend_values(o.request); !values) return fail(values.error());
  if (o.file.empty()) return fail(Code::invalid_argument, "a file of ratings to learn from is due");
  if (o.test.empty())
    return fail(Code::invalid_argument, "--test FILE is due: what the same users did next");
  return {};
}

Result<recommend::RatingSplit> read_split(const Context& context,
                                          const AnalyzeRecommendOptions& o) {
  auto training = read_ratings(context, o.file, o.reading);
  if (!training) return fail(training.error());
  auto test = read_ratings(context, o.test, o.reading);
  if (!test) return fail(test.error());
  auto learned = at(o.file, with_common_names(*training)),
       measured = at(o.test, with_common_names(*test));
  if (!learned) return fail(learned.error());
  if (!measured) return fail(measured.error());
  return recommend::split_of(*learned, o.file, *measured, o.test, {"user", "item", "rating"});
}

std::vector<std::pair<std::string, const metrics::Measure*>> measures_of(
    const recommend::Evaluation& e) {
  return {{"ndcg", &e.ndcg}, {"recall", &e.recall}, {"map", &e.map}, {"mrr", &e.mrr}};
}

Json json_of(const recommend::Evaluation& evaluation) {
  Json json = Json::object();
  for (const auto& [name, measure] : measures_of(evaluation)) {
    json[name] = measure->defined() ? Json(measure->value) : Json();
    if (!measure->defined()) json[name + "_why"] = measure->why;
  }
  return json;
}

Json json_of(const analysis::Recommendation& answer, const AnalyzeRecommendOptions& o) {
  const recommend::RatingCounts& counts = answer.split.counts;
  Json json = json_of(answer.measured);
  json["users"] = answer.split.users.size();
  json["items"] = answer.split.items.size();
  json["fit_seconds"] = answer.fit_seconds;
  json["method"] = o.request.method;
  json["k"] = o.request.k;
  json["parameters"] = answer.parameters;
  json["model_bytes"] = answer.model->bytes();
  json["training_interactions"] = answer.split.training.pairs();
  json["test_interactions"] = answer.split.test.pairs();
  json["users_measured"] = answer.measured.users.size();
  json["users_without_training"] = counts.unknown_users;
  json["items_without_training"] = counts.unknown_items;
  json["test_rows_in_training"] = counts.in_both;
  json["repeated_rows"] = counts.repeated_in_training + counts.repeated_in_test;
  json["popularity"] = json_of(answer.popularity);
  json["ndcg_above_popularity"] = answer.gain.mean;
  const auto& error = answer.gain.standard_error;
  json["ndcg_above_popularity_standard_error"] = error.defined() ? Json(error.value) : Json();
  if (!error.defined()) json["ndcg_above_popularity_standard_error_why"] = error.why;
  if (!answer.losses.empty()) json["losses"] = answer.losses;
  json["notes"] = analysis::notes_of(answer);
  return json;
}

std::string text_of(const analysis::Recommendation& answer, const AnalyzeRecommendOptions& o) {
  std::string text = fmt::format(
      "{}\n{} users, {} items, {} interactions learned from in {:.3g} s; {} to be found\n\n",
      answer.model->describe(), answer.split.users.size(), answer.split.items.size(),
      answer.split.training.pairs(), answer.fit_seconds, answer.split.test.pairs());
  const bool popularity = o.request.method == "popularity";
  TextTable table{{"metric", o.request.method}, {}, {false, true, true}};
  if (!popularity) table.header.emplace_back("popularity");
  const std::string names[] = {fmt::format("nDCG@{}", o.k), fmt::format("recall@{}", o.k), "MAP",
                               fmt::format("MRR@{}", o.k)};
  const auto own = measures_of(answer.measured), base = measures_of(answer.popularity);
  for (std::size_t i = 0; i < own.size(); ++i) {
    table.rows.push_back({names[i], analysis::shown(*own[i].second)});
    if (!popularity) table.rows.back().push_back(analysis::shown(*base[i].second));
  }
  text += to_text(table) + "\n" + wrapped(analysis::reading_of(answer, o.request));
  std::string notes;
  for (const std::string& note : analysis::notes_of(answer)) notes += "- " + note + "\n";
  return notes.empty() ? text : text + "\n" + wrapped(notes);
}

int analyze_recommend(Context& context, AnalyzeRecommendOptions o) {
  if (o.parameters) return context.print(analysis::recommend_help(o.request.method)), kDone;
  if (auto fine = complete(o); !fine) return context.report(fine.error());
  auto split = read_split(context, o);
  if (!split) return context.report(split.error());
  Interrupt interrupt;
  const Progress progress(interrupt.token(), [&](double fraction) {
    if (context.progress)
      fmt::print(stderr, "\r\x1b[K{:3.0f}%  {}", 100 * fraction, o.request.method);
  });
  auto answer = analysis::recommend_and_measure(std::move(*split), o.request, progress);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  if (!answer) return context.report({answer.error().code, o.file + ": " + answer.error().message});
  if (context.json)
    context.print(json_of(*answer, o));
  else
    context.print(text_of(*answer, o));
  if (o.report.empty()) return kDone;
  if (auto written = render(analysis::document_of(o.file, o.request, *answer), o.report); !written)
    return context.report(written.error());
  context.warn("wrote " + o.report);
  return kDone;
}

Action declare_analyze_recommend(Arguments& app) {
  auto o = std::make_shared<AnalyzeRecommendOptions>();
  app.add_option("ratings", o->file,
                 "what to learn from: user, item, rating[, time], by tabs or commas, with or "
                 "without a header; or JSONL");
  app.add_option("--test", o->test, "what the same users did next, written alike");
  app.add_option("--method", o->request.method, "popularity, item-knn, als, bpr or ease")
      .shows_default();
  app.add_option("--k", o->k, "places of a list").within(1, 1000000).shows_default();
  app.add_option("--set", o->set,
                 "a parameter of the method, as lambda=50; " + analysis::recommend_help())
      .one_value_each();
  app.add_flag("--parameters", o->parameters,
               "the parameters of --method with default and range, and nothing else");
  app.add_option("--user", o->reading.user, "the column of users, where the first is another");
  app.add_option("--item", o->reading.item, "the column of items, where the second is another");
  app.add_option("--rating", o->reading.rating,
                 "the column of ratings, where the third is another; each counts 1");
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading.reading);
  return [o](Context& context) { return analyze_recommend(context, *o); };
}

const VerbRegistration kAnalyzeRecommend{
    {"analyze recommend", "how good would recommendations from your ratings be?",
     "rehearse analyze recommend u1.base --test u1.test --method als --k 10",
     declare_analyze_recommend}};

}  // namespace
}  // namespace rehearse::cli
