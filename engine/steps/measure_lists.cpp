// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorers on the same ranked lists: nDCG with its interval, the difference to the first scorer, how
// many lists it takes to see it, and what a request costs.
#include <cmath>

#include "engine/calibration/segments.hpp"
#include "engine/recommend/list_quality.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

using recommend::MeanWithInterval;

struct ListsTable {
  std::vector<std::string> model;
  std::vector<double> ndcg, low, high, lists, difference, difference_low, difference_high, needed,
      work, milliseconds;

  void add(const std::string& name, const MeanWithInterval& own, const MeanWithInterval* against,
           double work_each, double ms) {
    model.push_back(name);
    ndcg.push_back(own.mean), low.push_back(own.low), high.push_back(own.high);
    lists.push_back(static_cast<double>(own.lists));
    const double none = std::nan("");
    difference.push_back(against ? against->mean : none);
    difference_low.push_back(against ? against->low : none);
    difference_high.push_back(against ? against->high : none);
    const double count =
        against ? recommend::lists_needed(against->mean, against->standard_deviation) : none;
    needed.push_back(std::isfinite(count) ? std::ceil(count) : none);
    work.push_back(work_each), milliseconds.push_back(ms);
  }

  Result<Frame> build() && {
    Frame::Builder b;
    b.add("model", model);
    const auto column = [&b](const char* name, std::vector<double>& values, const char* unit = "") {
      std::vector<std::uint8_t> there;
      for (const double value : values) there.push_back(!std::isnan(value));
      b.add(name, std::move(values), {.unit = unit}).missing(std::move(there));
    };
    column("ndcg", ndcg), column("low", low), column("high", high), column("lists", lists);
    column("difference", difference), column("difference_low", difference_low);
    column("difference_high", difference_high), column("lists_needed", needed);
    column("work", work), column("milliseconds", milliseconds, "ms");
    return std::move(b).build();
  }
};

std::vector<double> paired_differences(const std::vector<double>& one,
                                       const std::vector<double>& other) {
  std::vector<double> all;
  for (std::size_t i = 0; i < one.size(); ++i) all.push_back(one[i] - other[i]);
  return all;
}

// What is asked of every scorer alike.
struct ListsAsked {
  calibration::Segments lists;
  std::vector<double> relevance;
  std::size_t k = 10;
  int resamples = 0;
  std::uint64_t seed = 0;

  std::vector<double> ndcg(const std::vector<double>& scores) const {
    return recommend::ndcg_by_list(lists.codes, lists.names.size(), relevance, scores, k);
  }
  Result<MeanWithInterval> mean(const std::vector<double>& values) const {
    return recommend::mean_with_interval(values, resamples, seed);
  }
};

Result<ListsAsked> lists_asked(const StepCall& call, const StepContext& context, const Frame& on) {
  ListsAsked asked;
  auto lists = calibration::segments_of(on, std::vector{call.text("by")}, on.rows());
  if (!lists) return fail(lists.error());
  auto relevance = labels_of(on, call.text("label"));
  if (!relevance) return fail(relevance.error());
  for (std::size_t row = 0; row < relevance->size(); ++row)
    if (!((*relevance)[row] >= 0 && (*relevance)[row] <= 30))
      return fail(Code::bad_data, "row {}: the relevance is {:g}; it lies from 0 to 30", row,
                  (*relevance)[row]);
  asked.lists = *std::move(lists), asked.relevance = *std::move(relevance);
  asked.k = static_cast<std::size_t>(call.integer("k"));
  asked.resamples = static_cast<int>(call.integer("resamples")), asked.seed = context.seed;
  return asked;
}

Result<Outputs> run_measure_lists(const StepCall& call, const StepContext& context) {
  const Frame& on = call.input("on")->as_frame();
  auto asked = lists_asked(call, context, on);
  if (!asked) return fail(asked.error());
  ListsTable table;
  std::vector<double> first;
  const auto add = [&](const std::string& name, const std::vector<double>& scores, double work,
                       double ms) -> Result<void> {
    const std::vector<double> ndcg = asked->ndcg(scores);
    auto own = asked->mean(ndcg);
    if (!own) return fail(own.error());
    if (first.empty()) {
      first = ndcg;
      table.add(name, *own, nullptr, work, ms);
      return {};
    }
    auto against = asked->mean(paired_differences(ndcg, first));
    if (!against) return fail(against.error());
    table.add(name, *own, &*against, work, ms);
    return {};
  };
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(models.size() + 1)))
      return cancelled();
    auto scores = models[i]->scorer()->score(on);
    if (!scores) return fail(scores.error());
    // A scorer that does not tell its work is free.
    const serving::Work work = work_of(*models[i]->scorer()).value_or(serving::Work{});
    const double us = serving::cost_us(work) * static_cast<double>(call.integer("candidates"));
    auto added =
        add(call.labels.at("models")[i], *scores, work.multiply_adds + work.tree_nodes, us / 1000);
    if (!added) return fail(added.error());
  }
  if (const Column* truth = on.find(call.text("truth")); truth && truth->numeric()) {
    auto added = add("best possible (truth)", truth->numbers(), std::nan(""), std::nan(""));
    if (!added) return fail(added.error());
  }
  return one(std::move(table).build());
}

const StepRegistration kMeasureLists{{
    .name = "measure.lists",
    .sentence = "nDCG of ranked lists by several scorers with bootstrap intervals over lists, each "
                "compared with the first, and what a request costs.",
    .example = "measure.lists { plain, trees, on = later, k = 10 }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the scorers; the first is what others are compared with",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "a row a candidate, with list and relevance",
                .named = true}},
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "model, ndcg, low, high, lists, difference with its interval, "
                             "lists_needed, work (multiply-adds and tree nodes a candidate), "
                             "milliseconds a request"}},
    .parameters = {text_parameter("by", "request", "the column that tells lists apart"),
                   text_parameter("label", "relevance", "how relevant a candidate was, 0 or more"),
                   text_parameter("truth", "gain_expected",
                                  "the column of the best order there is, where it is known"),
                   integer_parameter("k", 10, 1, 1000, "places that are looked at"),
                   integer_parameter("resamples", 200, 20, 10000, "of the lists, for intervals"),
                   integer_parameter("candidates", 500, 1, 100000,
                                     "that a request has when it is served")},
    .run = run_measure_lists,
}};

}  // namespace
}  // namespace rehearse::steps
