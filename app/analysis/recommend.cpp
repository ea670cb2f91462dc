// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/recommend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kBands = 5;
constexpr double kFitShare = 0.9;  // of the progress; the rest is measuring

struct Fitted {
  recommend::RecommenderPtr model;
  std::vector<double> losses;
};

template <class Model>
Result<Fitted> with_losses(const Result<std::shared_ptr<const Model>>& model) {
  if (!model) return fail(model.error());
  return Fitted{*model, (*model)->losses()};
}

template <class Model>
Result<Fitted> without_losses(const Result<std::shared_ptr<const Model>>& model) {
  if (!model) return fail(model.error());
  return Fitted{*model, {}};
}

Result<Fitted> fit_method(const recommend::Interactions& training, const std::string& method,
                          const std::map<std::string, double>& values, const Progress& progress) {
  const auto whole = [&](const char* name) { return static_cast<std::size_t>(values.at(name)); };
  if (method == "item-knn")
    return without_losses(
        recommend::fit_item_knn(training, {whole("neighbours"), values.at("shrinkage")}, progress));
  if (method == "als")
    return with_losses(recommend::fit_als(training,
                                          {whole("factors"), whole("iterations"),
                                           values.at("alpha"), values.at("lambda"), whole("seed")},
                                          progress));
  if (method == "bpr")
    return with_losses(
        recommend::fit_bpr(training,
                           {whole("factors"), whole("epochs"), values.at("learning_rate"),
                            values.at("regularization"), whole("seed")},
                           progress));
  if (method == "ease")
    return without_losses(recommend::fit_ease(
        training, {values.at("lambda"), static_cast<std::size_t>(values.at("memory_gb") * 1e9)},
        progress));
  return Fitted{recommend::fit_popularity(training), {}};
}

Progress part_of(const Progress& whole, double begin, double end) {
  return Progress(whole.token(),
                  [=](double fraction) { whole.report(begin + (end - begin) * fraction); });
}

void say(std::vector<std::string>& notes, std::size_t count, const char* one, const char* many) {
  if (count == 1) notes.emplace_back(fmt::format("1 {}", one));
  if (count > 1) notes.emplace_back(fmt::format("{} {}", count, many));
}

}  // namespace

Result<Recommendation> recommend_and_measure(recommend::RatingSplit split,
                                             const RecommendRequest& request,
                                             const Progress& progress) {
  Recommendation answer;
  auto values = recommend_values(request);
  if (!values) return fail(values.error());
  answer.parameters = std::move(*values);
  answer.split = std::move(split);
  const recommend::Interactions& training = answer.split.training;
  const auto begin = std::chrono::steady_clock::now();
  auto fitted =
      fit_method(training, request.method, answer.parameters, part_of(progress, 0, kFitShare));
  answer.fit_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!fitted) return fail(fitted.error());
  answer.model = std::move(fitted->model), answer.losses = std::move(fitted->losses);
  auto measured = recommend::evaluate(*answer.model, answer.split.test, request.k,
                                      part_of(progress, kFitShare, (1 + kFitShare) / 2));
  if (!measured) return fail(measured.error());
  auto popularity = recommend::evaluate(*recommend::fit_popularity(training), answer.split.test,
                                        request.k, part_of(progress, (1 + kFitShare) / 2, 1));
  if (!popularity) return fail(popularity.error());
  answer.measured = std::move(*measured), answer.popularity = std::move(*popularity);
  auto gain = recommend::ndcg_difference(answer.measured, answer.popularity);
  if (!gain) return fail(gain.error());
  answer.gain = std::move(*gain);
  return answer;
}

std::vector<std::string> notes_of(const Recommendation& answer) {
  const recommend::RatingCounts& c = answer.split.counts;
  std::vector<std::string> notes;
  say(notes, c.repeated_in_training,
      "training row repeats a pair of user and item: it counts again",
      "training rows repeat a pair of user and item: they count again");
  say(notes, c.repeated_in_test, "test row repeats a pair: it counts once",
      "test rows repeat a pair: they count once");
  say(notes, c.zero_ratings, "rating is 0: it counts as an interaction like any other",
      "ratings are 0: they count as interactions like any other");
  say(notes, c.in_both,
      "pair of the test is in training too: it was left out of the test, since a list shows "
      "nothing "
      "that the user had",
      "pairs of the test are in training too: they were left out of the test, since a list shows "
      "nothing that the user had");
  say(notes, c.unknown_users, "test user has no training and was left out of every mean",
      "test users have no training and were left out of every mean");
  say(notes, c.unknown_items,
      "item of the test has no training: it stays relevant, and no method here can know it",
      "items of the test have no training: they stay relevant, and no method here can know them");
  if (c.training_users == 1)
    notes.emplace_back("1 user in training: there is nobody to learn from but the user's own past");
  if (answer.measured.k > answer.split.items.size())
    notes.emplace_back(
        fmt::format("--k {} is more than the {} items: the lists hold every item that is left",
                    answer.measured.k, answer.split.items.size()));
  return notes;
}

std::string reading_of(const Recommendation& answer, const RecommendRequest& request) {
  const double own = answer.measured.ndcg.value, base = answer.popularity.ndcg.value;
  if (request.method == "popularity")
    return fmt::format(
        "Showing everybody what most users had reaches nDCG@{} {:.4f}. Every other method has to "
        "beat this.",
        request.k, own);
  std::string text =
      fmt::format("nDCG@{} is {:.4f}, where popularity alone reaches {:.4f}", request.k, own, base);
  if (!answer.gain.standard_error.defined())
    return text + "; with one user measured, chance decides which is ahead.";
  const double half = 1.96 * answer.gain.standard_error.value;
  text +=
      fmt::format(": {:+.4f}, 95% interval {:+.4f} to {:+.4f} over {} users. ", answer.gain.mean,
                  answer.gain.mean - half, answer.gain.mean + half, answer.measured.users.size());
  if (answer.gain.mean - half > 0) return text + "The lists are better than the charts.";
  if (answer.gain.mean + half < 0)
    return text +
           "The lists are worse than the charts: look for too little data, or parameters far off.";
  return text + "That may be chance: take more users before you decide.";
}

std::vector<PopularityBand> bands_of(const recommend::Interactions& training,
                                     const recommend::Evaluation& measured) {
  std::vector<std::uint32_t> order(training.items());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return training.users_of(a).size() > training.users_of(b).size();
  });
  static constexpr const char* kNames[kBands] = {"most popular", "popular", "middle", "rare",
                                                 "rarest"};
  std::vector<PopularityBand> bands(kBands);
  for (std::size_t band = 0; band < kBands; ++band) bands[band].name = kNames[band];
  std::size_t before = 0;
  double relevant = 0, listed = 0, hits = 0;
  for (const std::uint32_t item : order) {
    // An item belongs where the middle of its own interactions lies.
    const std::size_t own = training.users_of(item).size();
    PopularityBand& band =
        bands[std::min(kBands - 1, (2 * before + own) * kBands / (2 * training.pairs()))];
    before += own;
    ++band.items;
    band.relevant += measured.relevant[item], relevant += measured.relevant[item];
    band.listed += measured.listed[item], listed += measured.listed[item];
    band.hits += measured.hit[item], hits += measured.hit[item];
  }
  for (PopularityBand& band : bands) {
    if (relevant > 0) band.relevant /= relevant;
    if (listed > 0) band.listed /= listed;
    if (hits > 0) band.hits /= hits;
  }
  return bands;
}

}  // namespace rehearse::analysis
