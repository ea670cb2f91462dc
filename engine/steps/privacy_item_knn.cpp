// SPDX-License-Identifier: GPL-3.0-or-later
//
// Item-kNN from a table of pairs that was made private: what the lists lose by it, and how well two
// attackers still tell who was counted, beside what ε allows.
#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/privacy_call.hpp"
#include "engine/steps/recommend_call.hpp"
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

using privacy::PairTable;

void add_curve(const std::string& name, const std::vector<privacy::AttackPoint>& curve,
               std::vector<std::string>& series, std::vector<double>& x, std::vector<double>& y) {
  for (const privacy::AttackPoint& point : curve) {
    series.push_back(name);
    x.push_back(point.false_positive_rate), y.push_back(point.true_positive_rate);
  }
}

Result<Frame> attack_curves(const Attacks& attacks, const Released& released) {
  constexpr int kSteps = 100;
  std::vector<std::string> series;
  std::vector<double> x, y;
  add_curve("knows all others", attacks.informed.curve, series, x, y);
  add_curve("knows people like them", attacks.stranger.curve, series, x, y);
  std::vector<privacy::AttackPoint> bound, guess;
  for (int i = 0; i <= kSteps; ++i) {
    const double rate = static_cast<double>(i) / kSteps;
    bound.push_back({rate, released.private_by_noise
                               ? privacy::true_positive_bound(released.plan.total, rate)
                               : 1.0});
    guess.push_back({rate, rate});
  }
  add_curve("truth: at most, by epsilon", bound, series, x, y);
  add_curve("a guess", guess, series, x, y);
  Frame::Builder builder;
  builder.add("series", series).add("false_positive_rate", std::move(x));
  builder.add("true_positive_rate", std::move(y));
  return std::move(builder).build();
}

// The held out things of some people alone, drawn at random: means over two thousand lists are
// close enough to those over all.
Result<recommend::Interactions> judged_people(const recommend::Interactions& test,
                                              std::size_t wanted, std::uint64_t seed) {
  if (test.users() <= wanted) return test;
  const double share = static_cast<double>(wanted) / static_cast<double>(test.users());
  const StreamKey key = stream_key(seed, "privacy.judged");
  std::vector<std::uint32_t> users, items;
  for (std::uint32_t user = 0; user < test.users(); ++user) {
    if (!Stream(key, 0, user).bernoulli(share)) continue;
    for (const std::uint32_t item : test.items_of(user))
      users.push_back(user), items.push_back(item);
  }
  return recommend::Interactions::of(users, items, test.users(), test.items());
}

// The pairs that most people share, and some that nobody does: exact beside released.
Result<Frame> pair_rows(const recommend::RatingSplit& split, const PairTable& exact,
                        const PairTable& released) {
  struct Pair {
    double count;
    std::uint32_t a, b;
  };
  std::vector<Pair> pairs;
  for (std::uint32_t a = 0; a < exact.items(); ++a)
    for (std::uint32_t b = a + 1; b < exact.items(); ++b) pairs.push_back({exact.at(a, b), a, b});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& one, const Pair& other) { return one.count > other.count; });
  constexpr std::size_t kShown = 600;
  const std::size_t stride = std::max<std::size_t>(1, pairs.size() / kShown);
  std::vector<std::string> first, second;
  std::vector<double> counted, told;
  for (std::size_t i = 0; i < pairs.size(); i += stride) {
    first.push_back(split.items[pairs[i].a]), second.push_back(split.items[pairs[i].b]);
    counted.push_back(pairs[i].count), told.push_back(released.at(pairs[i].a, pairs[i].b));
  }
  Frame::Builder builder;
  builder.add("item", first).add("other", second);
  builder.add("exact", std::move(counted), {.role = Role::truth});
  builder.add("released", std::move(told));
  return std::move(builder).build();
}

Result<Frame> privacy_summary(const StepCall& call, const recommend::SourceReport& report,
                              const Crowd& crowd, const Released& released, const PairTable& exact,
                              const Attacks* attacks) {
  const double none = std::nan("");
  Frame::Builder builder;
  builder.add("method", std::vector<std::string>{call.text("mechanism")});
  for (const char* name : {"ndcg", "recall", "mrr", "coverage"})
    add_figure(builder, name, report.summary.find(name)->number(0), "");
  const bool noisy = released.private_by_noise;
  add_figure(builder, "epsilon", noisy ? released.plan.total.epsilon : none, "");
  add_figure(builder, "releases", static_cast<double>(call.integer("releases")), "");
  add_figure(builder, "epsilon_each", noisy ? released.plan.each.epsilon : none, "");
  add_figure(builder, "noise_sd", noisy ? released.plan.sd : 0, "");
  add_figure(builder, "cells_of_person",
             privacy::cells_of_person(static_cast<std::size_t>(call.integer("cap"))), "");
  add_figure(builder, "counted", static_cast<double>(crowd.counted.size()), "");
  double told = 0;
  for (std::uint32_t a = 0; a < exact.items(); ++a)
    for (std::uint32_t b = a + 1; b < exact.items(); ++b) told += exact.at(a, b);
  add_figure(builder, "mean_pair",
             told / (0.5 * static_cast<double>(exact.items() * (exact.items() - 1))), "");
  add_figure(builder, "informed_advantage", attacks ? attacks->informed.advantage : none, "");
  add_figure(builder, "informed_auc", attacks ? attacks->informed.auc : none, "");
  add_figure(builder, "stranger_advantage", attacks ? attacks->stranger.advantage : none, "");
  add_figure(builder, "stranger_auc", attacks ? attacks->stranger.auc : none, "");
  add_figure(builder, "advantage_bound", noisy ? privacy::advantage_bound(released.plan.total) : 1,
             "");
  builder.add("why", std::vector<std::string>{
                         !attacks ? "devices send randomized bits: there is no table to attack"
                         : noisy  ? ""
                                  : "counts leave as they are: no epsilon holds"});
  return std::move(builder).build();
}

// Before anything of items² is made. Beside the releases there are the exact counts, those used,
// what either attacker holds them against, and the pairs in order.
Result<void> check_tables(std::size_t items, std::int64_t releases) {
  constexpr double kMostBytes = 2.0 * (1 << 30);
  constexpr double kTablesBeside = 5;
  const auto side = static_cast<double>(items);
  const double bytes = side * side * 8 * (static_cast<double>(releases) + kTablesBeside);
  if (bytes <= kMostBytes) return {};
  return fail(Code::limit,
              "{} tables of {} × {} items need {:.3g} GB, more than 2; leave out the rarest items, "
              "or release fewer tables",
              releases, items, items, bytes / (1 << 30));
}

Result<Outputs> run_privacy_item_knn(const StepCall& call, const StepContext& context) {
  auto split = recommend::split_of(call.input("training")->as_frame(), "training",
                                   call.input("test")->as_frame(), "test", {});
  if (!split) return fail(split.error());
  if (auto fine = check_tables(split->items.size(), call.integer("releases")); !fine)
    return fail(fine.error());
  const Crowd crowd = crowd_of(split->training, call, context);
  const PairTable exact = privacy::count_pairs(crowd.counted, split->items.size());
  auto released = release(call, context, crowd, exact);
  if (!released) return fail(released.error());
  // What is done to a released table costs no privacy: small counts are mostly noise.
  const PairTable used = privacy::held_back(released->tables.front(), call.number("least"));
  auto model = recommend::item_knn_of_counts(
      split->training, used.cells(),
      {static_cast<std::size_t>(call.integer("neighbours")), call.number("shrinkage")},
      Progress(context.progress.token(), {}));
  if (!model) return fail(model.error());
  auto judged =
      judged_people(split->test, static_cast<std::size_t>(call.integer("judged")), context.seed);
  if (!judged) return fail(judged.error());
  auto report = recommend::report_on_sources({{call.text("mechanism"), *model}}, *judged,
                                             static_cast<std::size_t>(call.integer("k")), false,
                                             context.progress);
  if (!report) return fail(report.error());
  Result<Attacks> attacks = Attacks{};
  if (released->attackable) attacks = attacked(crowd, exact, *released);
  if (!attacks) return fail(attacks.error());
  auto summary = privacy_summary(call, *report, crowd, *released, exact,
                                 released->attackable ? &*attacks : nullptr);
  auto pairs = pair_rows(*split, exact, released->tables.front());
  auto curves = attack_curves(*attacks, *released);
  for (const auto* table : {&summary, &pairs, &curves})
    if (!*table) return fail(table->error());
  return Outputs{plan::Artifact::of(*std::move(summary)), plan::Artifact::of(*std::move(pairs)),
                 plan::Artifact::of(*std::move(curves))};
}

std::vector<plan::Parameter> privacy_parameters() {
  return joined_parameters(
      release_parameters(),
      {integer_parameter("neighbours", 30, 1, 5000, "of an item"),
       number_parameter("shrinkage", 10, 0, 1e6, "people in common that are doubted"),
       integer_parameter("judged", 2000, 10, 1e7, "people whose lists are judged, about so many"),
       integer_parameter("k", 10, 1, 1000, "places of a list")});
}

const StepRegistration kPrivacyItemKnn{{
    .name = "privacy.item_knn",
    .version = 2,
    .sentence = "Item-kNN from counts of pairs that were made private: the lists, the budget, and "
                "how well attackers tell who was counted.",
    .example = "local summary, pairs, attacks = privacy.item_knn { known, held, mechanism = "
               "\"gaussian\", epsilon = 2 }",
    .inputs = {{.name = "training", .kind = Kind::frame, .sentence = "user, item"},
               {.name = "test", .kind = Kind::frame, .sentence = "user, item"}},
    .outputs =
        {{.name = "summary",
          .kind = Kind::frame,
          .sentence =
              "one row: method, ndcg, recall, mrr, coverage, epsilon, releases, epsilon_each, "
              "noise_sd, cells_of_person, counted, mean_pair, informed_advantage, "
              "informed_auc, stranger_advantage, stranger_auc, advantage_bound, "
              "why"},
         {.name = "pairs",
          .kind = Kind::frame,
          .sentence = "item, other, exact (truth), released: some pairs from the most shared "
                      "to the least"},
         {.name = "attacks",
          .kind = Kind::frame,
          .sentence = "series, false_positive_rate, true_positive_rate"}},
    .parameters = privacy_parameters(),
    .run = run_privacy_item_knn,
}};

}  // namespace
}  // namespace rehearse::steps
