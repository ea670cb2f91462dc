// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rates of posts shrunk towards their community's, by how much each is worth, beside the rates that
// are true.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/calibration/segments.hpp"
#include "engine/recommend/cold_start.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

// Sums by item, and the item's group.
struct CountedItems {
  std::vector<std::string> item, group_of_item, groups;
  std::vector<double> successes, trials, truth;
  std::vector<std::uint32_t> group;
  bool knows_truth = false;
};

Result<CountedItems> counted_items(const StepCall& call, const Frame& rows) {
  auto items = calibration::segments_of(rows, std::vector{call.text("by")}, rows.rows());
  if (!items) return fail(items.error());
  auto groups = calibration::segments_of(rows, std::vector{call.text("within")}, rows.rows());
  if (!groups) return fail(groups.error());
  auto labels = labels_of(rows, label_given(call));
  if (!labels) return fail(labels.error());
  const std::vector<double> truth = truth_of(rows, label_given(call));
  CountedItems counted;
  const std::size_t n = items->names.size();
  counted.item = items->names, counted.groups = groups->names, counted.knows_truth = !truth.empty();
  counted.successes.assign(n, 0), counted.trials.assign(n, 0), counted.truth.assign(n, 0);
  constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;
  counted.group.assign(n, kNoGroup);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::uint32_t i = items->codes[row], g = groups->codes[row];
    if (counted.group[i] != kNoGroup && counted.group[i] != g)
      return fail(Code::bad_data, "row {}: `{}` is in `{}` here and in `{}` elsewhere", row,
                  counted.item[i], counted.groups[g], counted.groups[counted.group[i]]);
    if ((*labels)[row] != 0 && (*labels)[row] != 1)
      return fail(Code::bad_data, "row {}: the label is {:g}; a rate is of labels 0 and 1", row,
                  (*labels)[row]);
    counted.group[i] = g;
    counted.successes[i] += (*labels)[row], counted.trials[i] += 1;
    if (!truth.empty()) counted.truth[i] += truth[row];
  }
  for (std::size_t i = 0; i < n; ++i) {
    counted.truth[i] /= counted.trials[i];
    counted.group_of_item.push_back(counted.groups[counted.group[i]]);
  }
  return counted;
}

constexpr std::array<double, 6> kTrialEdges = {1, 3, 10, 30, 100, 300};

// Root mean squared errors by how often an item was tried.
Result<Frame> errors_by_trials(const CountedItems& items, const recommend::ShrunkenRates& rates) {
  std::vector<std::string> tried;
  std::vector<double> count, own, group, overall, shrunk;
  for (std::size_t e = 0; items.knows_truth && e < kTrialEdges.size(); ++e) {
    const bool last = e + 1 == kTrialEdges.size();
    double n = 0, sums[4] = {};
    for (std::size_t i = 0; i < items.trials.size(); ++i) {
      if (items.trials[i] < kTrialEdges[e] || (!last && items.trials[i] >= kTrialEdges[e + 1]))
        continue;
      ++n;
      const double of[4] = {items.successes[i] / items.trials[i], rates.group_mean[items.group[i]],
                            rates.overall, rates.rate[i]};
      for (std::size_t m = 0; m < 4; ++m)
        sums[m] += (of[m] - items.truth[i]) * (of[m] - items.truth[i]);
    }
    if (n == 0) continue;
    tried.push_back(last ? fmt::format("{:g} and more", kTrialEdges[e])
                         : fmt::format("{:g} to {:g}", kTrialEdges[e], kTrialEdges[e + 1] - 1));
    count.push_back(n), own.push_back(std::sqrt(sums[0] / n));
    group.push_back(std::sqrt(sums[1] / n)), overall.push_back(std::sqrt(sums[2] / n));
    shrunk.push_back(std::sqrt(sums[3] / n));
  }
  Frame::Builder b;
  b.add("tried", tried).add("items", std::move(count)).add("own", std::move(own));
  b.add("group", std::move(group)).add("overall", std::move(overall));
  b.add("shrunk", std::move(shrunk));
  return std::move(b).build();
}

Result<Outputs> run_recommend_shrink(const StepCall& call, const StepContext&) {
  auto items = counted_items(call, call.input("rows")->as_frame());
  if (!items) return fail(items.error());
  auto rates =
      recommend::shrink_rates(items->successes, items->trials, items->group, items->groups.size());
  if (!rates) return fail(rates.error());
  auto errors = errors_by_trials(*items, *rates);
  if (!errors) return fail(errors.error());
  std::vector<double> own, group_mean, worth(items->item.size(), rates->worth);
  for (std::size_t i = 0; i < items->item.size(); ++i) {
    own.push_back(items->successes[i] / items->trials[i]);
    group_mean.push_back(rates->group_mean[items->group[i]]);
  }
  Frame::Builder b;
  b.add("item", items->item).add("group", items->group_of_item);
  b.add("trials", items->trials)
      .add("own", std::move(own))
      .add("group_mean", std::move(group_mean));
  b.add("worth", std::move(worth)).add("trust", std::move(rates->trust));
  b.add("rate", std::move(rates->rate));
  if (items->knows_truth)
    b.add("true_rate", items->truth, {.role = Role::truth, .truth_of = "true_rate"});
  return two(std::move(b).build(), std::move(errors));
}

const StepRegistration kRecommendShrink{{
    .name = "recommend.shrink",
    .sentence =
        "Rates of posts, each shrunk towards its community's mean by how little is known of "
        "it (empirical Bayes).",
    .example = "local rates, errors = recommend.shrink { log, by = \"post\", within = "
               "\"community\", label = \"click\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "a row a trial, with its label"}},
    .outputs = {{.name = "rates",
                 .kind = Kind::frame,
                 .sentence = "item, group, trials, own, group_mean, worth (trials that the group's "
                             "mean is worth), trust, rate, true_rate where it is known"},
                {.name = "errors",
                 .kind = Kind::frame,
                 .sentence = "root mean squared errors of own, group, overall and shrunk rates by "
                             "how often an item was tried; empty where the truth is not known"}},
    .parameters = {text_parameter("by", "post_id", "the column that tells items apart"),
                   text_parameter("within", "community", "the column of their groups"),
                   label_parameter()},
    .run = run_recommend_shrink,
}};

}  // namespace
}  // namespace rehearse::steps
