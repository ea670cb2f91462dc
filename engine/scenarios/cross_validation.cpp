// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/cross_validation.hpp"

#include <cmath>
#include <numeric>

namespace rehearse::scenarios {
namespace {

struct FoldRows {
  std::vector<std::string> split, series;
  std::vector<std::int32_t> fold;
  std::vector<std::int64_t> train_rows, test_rows;
  std::vector<double> value;
  void add(const std::string& name, const std::string& line, std::size_t number, std::size_t train,
           std::size_t test, double measured) {
    split.push_back(name), series.push_back(line);
    fold.push_back(static_cast<std::int32_t>(number + 1));
    train_rows.push_back(static_cast<std::int64_t>(train)),
        test_rows.push_back(static_cast<std::int64_t>(test)), value.push_back(measured);
  }
  Result<Frame> frame() && {
    Frame::Builder b;
    b.add("split", split).add("fold", std::move(fold)).add("train_rows", std::move(train_rows));
    b.add("test_rows", std::move(test_rows)).add("value", std::move(value)).add("series", series);
    return std::move(b).build();
  }
};

struct SplitRows {
  std::vector<std::string> split;
  std::vector<std::int32_t> folds;
  std::vector<double> value, spread, last, live, optimism, relative;
  void add(const std::string& name, const std::vector<double>& values, double real,
           const Yardstick& yardstick) {
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    split.push_back(name), folds.push_back(static_cast<std::int32_t>(values.size()));
    value.push_back(mean), spread.push_back(std::sqrt(squares / (n - 1)));
    last.push_back(values.back()), live.push_back(real);
    optimism.push_back(yardstick.optimism(mean, real));
    relative.push_back(optimism.back() / std::abs(real));
  }
  Result<Frame> frame() && {
    Frame::Builder b;
    b.add("split", split).add("folds", std::move(folds)).add("value", std::move(value));
    b.add("spread", std::move(spread)).add("last", std::move(last)).add("live", std::move(live));
    b.add("optimism", std::move(optimism)).add("relative_optimism", std::move(relative));
    return std::move(b).build();
  }
};

}  // namespace

Result<std::vector<double>> fold_values(const Frame& rows,
                                        const std::vector<validation::Fold>& folds, const Fit& fit,
                                        const Yardstick& yardstick, std::uint64_t seed,
                                        const Progress& progress) {
  std::vector<double> values;
  for (std::size_t f = 0; f < folds.size(); ++f) {
    const std::string place = fmt::format("fold {}", f + 1);
    auto model = at(place, fit(rows.take(folds[f].train), seed, progress));
    if (!model) return fail(model.error());
    auto value = at(place, yardstick(**model, rows.take(folds[f].test)));
    if (!value) return fail(value.error());
    values.push_back(*value);
    if (progress.stop_requested()) return cancelled();
  }
  return values;
}

Result<CrossValidation> cross_validate(const Frame& past, const Frame& live, const Fit& fit,
                                       const Yardstick& yardstick,
                                       const std::vector<validation::SplitOptions>& splits,
                                       std::uint64_t seed, const Progress& progress) {
  if (splits.empty()) return fail(Code::invalid_argument, "no split is named");
  const Progress inner(progress.token(), {});
  auto model = fit(past, seed, inner);
  if (!model) return fail(model.error());
  auto real = at("the live rows", yardstick(**model, live));
  if (!real) return fail(real.error());
  FoldRows rows;
  SplitRows summary;
  std::size_t most = 0;
  for (std::size_t s = 0; s < splits.size(); ++s) {
    const std::string name = validation::split_name(splits[s].split);
    auto folds = at(name, validation::make_folds(past, splits[s]));
    if (!folds) return fail(folds.error());
    auto values = at(name, fold_values(past, *folds, fit, yardstick, seed, inner));
    if (!values) return fail(values.error());
    for (std::size_t f = 0; f < folds->size(); ++f)
      rows.add(name, name, f, (*folds)[f].train.size(), (*folds)[f].test.size(), (*values)[f]);
    summary.add(name, *values, *real, yardstick);
    most = std::max(most, folds->size());
    if (!progress.report(static_cast<double>(s + 1) / static_cast<double>(splits.size())))
      return cancelled();
  }
  for (std::size_t f = 0; f < most; ++f)
    rows.add("live", "truth: the weeks after", f, past.rows(), live.rows(), *real);
  auto table = std::move(rows).frame();
  if (!table) return fail(table.error());
  auto short_table = std::move(summary).frame();
  if (!short_table) return fail(short_table.error());
  return CrossValidation{std::move(*table), std::move(*short_table)};
}

}  // namespace rehearse::scenarios
