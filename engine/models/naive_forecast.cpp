// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/models/baselines.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"

namespace rehearse::models {
namespace {

constexpr int kDaysAWeek = 7;

int weekday(double day) {
  const int rest = static_cast<int>(std::fmod(std::floor(day), kDaysAWeek));
  return rest < 0 ? rest + kDaysAWeek : rest;
}

double type7_quantile(std::vector<double> values, double level) {
  std::sort(values.begin(), values.end());
  const double at = level * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

// One constant: a weekday has its own where the kind asks for it.
struct Forecast {
  double always = 0;
  std::map<int, double> by_weekday = {};

  double on(int day_of_week) const {
    const auto found = by_weekday.find(day_of_week);
    return found == by_weekday.end() ? always : found->second;
  }
};

// The rows that one forecast is made from.
struct Past {
  std::vector<double> labels, days;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double mean_on(const Past& past, double day) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < past.labels.size(); ++i)
    if (std::floor(past.days[i]) == day) sum += past.labels[i], ++count;
  return sum / count;
}

Forecast forecast(const Past& past, const BaselineOptions& options) {
  switch (options.kind) {
    case BaselineKind::median: return {type7_quantile(past.labels, 0.5)};
    case BaselineKind::quantile: return {type7_quantile(past.labels, options.level)};
    case BaselineKind::mean:
    case BaselineKind::prior: return {mean_of(past.labels)};
    case BaselineKind::last_day:
      return {mean_on(past, std::floor(*std::max_element(past.days.begin(), past.days.end())))};
    case BaselineKind::same_weekday: {
      Forecast seasonal{mean_of(past.labels)};
      std::map<int, double> latest;
      for (double day : past.days) {
        const auto [at, fresh] = latest.try_emplace(weekday(day), std::floor(day));
        if (!fresh) at->second = std::max(at->second, std::floor(day));
      }
      for (const auto& [day_of_week, day] : latest)
        seasonal.by_weekday[day_of_week] = mean_on(past, day);
      return seasonal;
    }
  }
  return {};
}

bool needs_days(BaselineKind kind) {
  return kind == BaselineKind::last_day || kind == BaselineKind::same_weekday;
}

Result<const Column*> day_column(const Frame& rows, const std::string& name) {
  auto day = rows.require(name);
  if (!day) return day;
  bool fine = (*day)->numeric();
  for (std::size_t row = 0; fine && row < rows.rows(); ++row)
    fine = std::abs((*day)->number(row)) < 1e9;  // false for a missing one too
  if (!fine) return fail(Code::bad_data, "column `{}` must hold whole days, in every row", name);
  return day;
}

std::string in_words(const BaselineOptions& options) {
  if (!options.name.empty()) return options.name;
  std::string words;
  switch (options.kind) {
    case BaselineKind::mean: words = "mean"; break;
    case BaselineKind::median: words = "median"; break;
    case BaselineKind::quantile: words = fmt::format("quantile {:g}", options.level); break;
    case BaselineKind::prior: words = "base rate"; break;
    case BaselineKind::last_day: words = "yesterday"; break;
    case BaselineKind::same_weekday: words = "same weekday"; break;
  }
  return options.by.empty() ? words : words + " by " + options.by;
}

class Baseline : public Stepped {
 public:
  BaselineOptions options;
  bool probability = false;
  double rows_trained = 0;
  Forecast overall;
  std::map<std::string, Forecast> groups;

  Result<std::vector<double>> score(const Frame& rows) const override {
    const Column* by = nullptr;
    const Column* day = nullptr;
    if (auto found = find(rows, by, day); !found) return fail(found.error());
    std::vector<double> scores(rows.rows());
    for (std::size_t row = 0; row < scores.size(); ++row)
      scores[row] = of(by, row).on(day ? weekday(day->number(row)) : 0);
    return scores;
  }
  bool probabilistic() const override { return probability; }
  std::string label() const override { return options.label; }
  std::string describe() const override { return in_words(options); }
  std::size_t bytes() const override { return sizeof *this + groups.size() * 96; }
  std::vector<std::pair<std::string, double>> facts() const override {
    return {{"rows_trained", rows_trained},
            {"value", overall.always},
            {"groups", static_cast<double>(groups.size())}};
  }
  Result<Frame> trail(const Frame& rows, std::size_t row) const override {
    if (auto there = require_row(rows, row); !there) return fail(there.error());
    const Column* by = nullptr;
    const Column* day = nullptr;
    if (auto found = find(rows, by, day); !found) return fail(found.error());
    const int day_of_week = day ? weekday(day->number(row)) : 0;
    Frame::Builder table;
    table.add("step", std::vector<std::string>{"overall", "for this row"})
        .add("value", std::vector<double>{overall.on(day_of_week), of(by, row).on(day_of_week)});
    return std::move(table).build();
  }

 private:
  Result<void> find(const Frame& rows, const Column*& by, const Column*& day) const {
    if (!options.by.empty()) {
      auto found = rows.require(options.by);
      if (!found) return fail(found.error());
      by = *found;
    }
    if (options.kind == BaselineKind::same_weekday) {
      auto found = day_column(rows, options.day_column);
      if (!found) return fail(found.error());
      day = *found;
    }
    return {};
  }
  const Forecast& of(const Column* by, std::size_t row) const {
    if (!by) return overall;
    const auto found = groups.find(by->cell(row));
    return found == groups.end() ? overall : found->second;
  }
};

}  // namespace

Result<ScorerPtr> train_baseline(const Frame& rows, const BaselineOptions& options) {
  if (auto fine = check_options(
          "baseline", {{"level", options.level, options.level >= 0.001 && options.level <= 0.999,
                        "[0.001, 0.999]"}});
      !fine)
    return fail(fine.error());
  auto label = label_column(rows, options.label);
  if (!label) return fail(label.error());
  auto values = value_labels(**label);
  if (!values) return fail(values.error());
  if (values->empty())
    return fail(Code::bad_data, "a baseline needs rows to be made from, and there are none");
  if (options.kind == BaselineKind::prior)
    if (auto binary = binary_labels(**label); !binary) return fail(binary.error());
  Past all{std::move(*values), {}};
  if (needs_days(options.kind)) {
    auto day = day_column(rows, options.day_column);
    if (!day) return fail(day.error());
    all.days = (*day)->numbers();
  }
  auto model = std::make_shared<Baseline>();
  model->options = options;
  const bool means = options.kind != BaselineKind::median && options.kind != BaselineKind::quantile;
  model->probability = means && std::all_of(all.labels.begin(), all.labels.end(),
                                            [](double y) { return y == 0 || y == 1; });
  model->rows_trained = static_cast<double>(all.labels.size());
  if (!options.by.empty()) {
    auto by = rows.require(options.by);
    if (!by) return fail(by.error());
    std::map<std::string, Past> parts;
    for (std::size_t row = 0; row < all.labels.size(); ++row) {
      Past& part = parts[(*by)->cell(row)];
      part.labels.push_back(all.labels[row]);
      if (!all.days.empty()) part.days.push_back(all.days[row]);
    }
    for (const auto& [level, part] : parts) model->groups[level] = forecast(part, options);
  }
  model->overall = forecast(all, options);
  return ScorerPtr(std::move(model));
}

}  // namespace rehearse::models
