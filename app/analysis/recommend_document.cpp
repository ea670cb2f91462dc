// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document of a recommender measured on the user's own ratings, and its question in the window.
#include <fmt/format.h>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "app/analysis/recommend.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

Frame metrics_beside_popularity(const Recommendation& answer, const std::string& method) {
  const auto& own = answer.measured;
  const auto& base = answer.popularity;
  Frame::Builder builder;
  builder
      .add("metric",
           std::vector<std::string>{fmt::format("nDCG@{}", own.k), fmt::format("recall@{}", own.k),
                                    "MAP", fmt::format("MRR@{}", own.k)})
      .add(method,
           std::vector<double>{own.ndcg.value, own.recall.value, own.map.value, own.mrr.value});
  if (method != "popularity")
    builder.add("popularity", std::vector<double>{base.ndcg.value, base.recall.value,
                                                  base.map.value, base.mrr.value});
  return std::move(builder).build().value_or(Frame());
}

Frame loss_by_round(const std::vector<double>& losses) {
  std::vector<double> round;
  for (std::size_t i = 0; i < losses.size(); ++i) round.push_back(static_cast<double>(i + 1));
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(losses.size(), "loss"))
      .add("style", std::vector<std::string>(losses.size(), view_data::kSeries))
      .add("x", std::move(round))
      .add("y", losses);
  return std::move(builder).build().value_or(Frame());
}

Frame bands_table(const std::vector<PopularityBand>& bands) {
  std::vector<std::string> names;
  std::vector<std::int64_t> items;
  std::vector<double> relevant, listed, hits;
  for (const PopularityBand& band : bands) {
    names.push_back(band.name), items.push_back(static_cast<std::int64_t>(band.items));
    relevant.push_back(band.relevant), listed.push_back(band.listed), hits.push_back(band.hits);
  }
  Frame::Builder builder;
  builder.add("items", names)
      .add("how many", std::move(items))
      .add("share of what users went on to do", std::move(relevant))
      .add("share of the lists", std::move(listed))
      .add("share of the hits", std::move(hits));
  return std::move(builder).build().value_or(Frame());
}

void append_losses(Document& document, const std::string& method,
                   const std::vector<double>& losses) {
  if (losses.size() < 2) return;
  const bool als = method == "als";
  document.blocks.push_back(
      Figure{"line", als ? "The loss, iteration by iteration" : "The loss, epoch by epoch",
             als ? "iteration" : "epoch", als ? "loss" : "mean loss of a pair",
             als ? "it never rises, since every solve is exact; where it is flat, more iterations "
                   "change nothing"
                 : "each pair before its step: it falls fast at first, and where it is flat the "
                   "uniform negatives have become too easy",
             Json::object(), loss_by_round(losses)});
}

std::vector<std::string> recommend_next(const Recommendation& answer,
                                        const RecommendRequest& request) {
  std::vector<std::string> next;
  if (request.method == "popularity")
    next.emplace_back("Run `--method ease` and `--method als` on the same split.");
  else
    next.emplace_back(
        "Choose parameters on a split of the training, and look at this test once: the best of "
        "many tries on it flatters itself.");
  if (answer.split.counts.unknown_users + answer.split.counts.unknown_items > 0)
    next.emplace_back(
        "Users and items without a past need another source: popularity, content, or a few shown "
        "at random.");
  next.emplace_back(
      "A hit offline is what users found without the list. What a new list would make them do "
      "takes an experiment, or logged propensities (`analyze policy`).");
  return next;
}

Result<Document> answer_recommend(const Question& question) {
  RecommendRequest request;
  request.method = question.value("method");
  request.k = static_cast<std::size_t>(question.number("k"));
  auto split = recommend::split_of(
      question.other, question.other_file, question.table, question.file,
      {question.value("user"), question.value("item"), question.value("rating")});
  if (!split) return fail(split.error());
  auto answer = recommend_and_measure(std::move(*split), request, question.progress);
  if (!answer) return fail(answer.error());
  return document_of(question.other_file, request, *answer);
}

const Registration kRecommend{
    {.name = "recommend",
     .asks = "How good would recommendations from these ratings be?",
     .other = "the ratings to learn from: the file above holds what users did next",
     .fields = {{.name = "user",
                 .sentence = "the column of users",
                 .guesses = {"user", "user_id", "userid", "uid", "c1"}},
                {.name = "item",
                 .sentence = "the column of items",
                 .guesses = {"item", "item_id", "itemid", "post_id", "movie_id", "movieid",
                             "product_id", "c2"}},
                {.name = "rating",
                 .sentence = "the column of ratings; each counts 1 whatever its value",
                 .optional = true,
                 .guesses = {"rating", "stars", "score", "count", "c3"},
                 .numeric = true},
                {.name = "method",
                 .kind = Field::Kind::choice,
                 .sentence = "what to fit",
                 .choices = recommend_methods(),
                 .initial = "als"},
                {.name = "k",
                 .kind = Field::Kind::number,
                 .sentence = "places of a list",
                 .initial = "10",
                 .low = 1,
                 .high = 1000000}},
     .answer = answer_recommend}};

}  // namespace

Document document_of(const std::string& file, const RecommendRequest& request,
                     const Recommendation& answer) {
  const auto& measured = answer.measured;
  Document document{"Recommendations from " + file, answer.model->describe(), {}};
  document.blocks.push_back(Banner{
      Banner::Tone::neutral,
      measured.ndcg.defined() ? fmt::format("nDCG@{} is {:.3f}.", measured.k, measured.ndcg.value)
                              : "Nothing can be said.",
      reading_of(answer, request)});
  document.blocks.push_back(
      KeyNumbers()
          .add("users", static_cast<double>(answer.split.users.size()))
          .add("items", static_cast<double>(answer.split.items.size()))
          .add("interactions to learn from", static_cast<double>(answer.split.training.pairs()))
          .add("users measured", static_cast<double>(measured.users.size()))
          .add("training", answer.fit_seconds, {}, "s")
          .add("model", static_cast<double>(answer.model->bytes()) / 1e6, {}, "MB")
          .figure("The run", ""));
  document.blocks.push_back(
      Figure{"table", "Beside the charts", "", "",
             "popularity knows nobody; what a method adds to it is what it learned of each user",
             Json::object(), metrics_beside_popularity(answer, request.method)});
  append_losses(document, request.method, answer.losses);
  document.blocks.push_back(
      Figure{"table", "Popular and rare", "", "",
             "each group holds a fifth of the training; where hits stand far from what users went "
             "on to do, the lists show the crowd's taste",
             Json::object(), bands_table(bands_of(answer.split.training, measured))});
  append_list(document, "What was odd about the tables", notes_of(answer));
  append_list(document, "What to look at next", recommend_next(answer, request));
  return document;
}

}  // namespace rehearse::analysis
