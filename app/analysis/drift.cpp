// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/drift.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/utf8.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kMostPictures = 4, kHistogramBins = 30, kMostLevels = 12;

std::vector<double> finite(const Column& column) {
  std::vector<double> values = column.numbers();
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  return values;
}

// Shares of both tables in equal bins over the middle 99% of all values; what lies beyond is
// counted in the outer bins.
Frame overlay(const Column& reference, const Column& current) {
  std::vector<double> samples[2] = {finite(reference), finite(current)};
  std::vector<double> all = samples[0];
  all.insert(all.end(), samples[1].begin(), samples[1].end());
  if (all.empty()) return {};
  std::sort(all.begin(), all.end());
  const auto at = [&all](double q) {
    return all[static_cast<std::size_t>(q * static_cast<double>(all.size() - 1))];
  };
  const double low = at(0.005), high = at(0.995) > low ? at(0.995) : low + 1;
  const double width = (high - low) / static_cast<double>(kHistogramBins);
  std::vector<std::string> series;
  std::vector<double> lower, upper, y;
  for (int side = 0; side < 2; ++side) {
    std::vector<double> counts(kHistogramBins, 0);
    for (const double v : samples[side])
      counts[static_cast<std::size_t>(
          std::clamp((v - low) / width, 0.0, static_cast<double>(kHistogramBins - 1)))] += 1;
    for (std::size_t bin = 0; bin < kHistogramBins; ++bin) {
      series.emplace_back(side == 0 ? "reference" : "current");
      lower.push_back(low + width * static_cast<double>(bin));
      upper.push_back(low + width * static_cast<double>(bin + 1));
      y.push_back(samples[side].empty() ? 0
                                        : counts[bin] / static_cast<double>(samples[side].size()));
    }
  }
  Frame::Builder builder;
  builder.add("series", series)
      .add("style", std::vector<std::string>(series.size(), view_data::kSeries))
      .add("lower", std::move(lower))
      .add("upper", std::move(upper))
      .add("y", std::move(y));
  return std::move(builder).build().value_or(Frame());
}

// The levels whose shares moved most.
Frame level_shares(const Column& reference, const Column& current) {
  std::map<std::string, std::pair<double, double>> shares;
  for (std::size_t row = 0; row < reference.size(); ++row)
    shares[reference.cell(row)].first += 1.0 / static_cast<double>(reference.size());
  for (std::size_t row = 0; row < current.size(); ++row)
    shares[current.cell(row)].second += 1.0 / static_cast<double>(current.size());
  std::vector<std::pair<std::string, std::pair<double, double>>> order(shares.begin(),
                                                                       shares.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::abs(a.second.second - a.second.first) > std::abs(b.second.second - b.second.first);
  });
  order.resize(std::min(order.size(), kMostLevels));
  std::vector<std::string> level;
  std::vector<double> before, after, change;
  for (const auto& [name, share] : order) {
    level.push_back(name.empty() ? "(missing)" : name);
    before.push_back(share.first), after.push_back(share.second);
    change.push_back(share.second - share.first);
  }
  Frame::Builder builder;
  builder.add("level", level)
      .add("share_in_reference", std::move(before))
      .add("share_in_current", std::move(after))
      .add("change", std::move(change));
  return std::move(builder).build().value_or(Frame());
}

void append_picture(Document& document, const DriftTables& tables,
                    const monitor::ColumnDrift& drift) {
  const Column *reference = tables.reference.find(drift.name),
               *current = tables.current.find(drift.name);
  if (!reference || !current || std::isnan(drift.psi)) return;  // a side without values
  if (drift.type == "numeric")
    document.blocks.push_back(
        Figure{"histogram", drift.name, drift.name, "share of rows",
               fmt::format("KS {:.3g}: the greatest vertical distance of the two distribution "
                           "functions; PSI {:.3g} where chance reaches {:.3g}",
                           drift.ks, drift.psi, drift.noise_floor.p95),
               Json::object(), overlay(*reference, *current)});
  else
    document.blocks.push_back(Figure{
        "table", drift.name, "", "",
        fmt::format("the levels whose shares moved most; Cramér's V {:.3g}, PSI {:.3g} where "
                    "chance reaches {:.3g}",
                    drift.cramers_v, drift.psi, drift.noise_floor.p95),
        Json::object(), level_shares(*reference, *current)});
}

std::vector<const monitor::ColumnDrift*> furthest(const monitor::DriftReport& report) {
  std::vector<const monitor::ColumnDrift*> alerts;
  for (const auto& column : report.columns)
    if (column.alert) alerts.push_back(&column);
  // A column of which one side has no values at all moved furthest.
  const auto moved = [](const auto* d) { return std::isnan(d->psi) ? INFINITY : d->psi; };
  std::stable_sort(alerts.begin(), alerts.end(),
                   [&](const auto* a, const auto* b) { return moved(a) > moved(b); });
  return alerts;
}

std::vector<std::string> next_drift_looks(const monitor::DriftReport& report) {
  std::vector<std::string> next;
  const auto alerts = furthest(report);
  if (alerts.empty()) {
    next.emplace_back(
        "Inputs are quiet. If the model still got worse, the label moved: compare "
        "calibration by day.");
    return next;
  }
  std::vector<std::string> fresh, missing;
  for (const auto* column : alerts) {
    if (column->new_levels.count > 0)
      fresh.push_back(fmt::format("`{}` ({})", column->name, shown(column->new_levels)));
    if (std::abs(column->missing_current - column->missing_reference) > 0.01)
      missing.push_back(fmt::format("`{}` ({:.1f}% → {:.1f}%)", column->name,
                                    column->missing_reference * 100,
                                    column->missing_current * 100));
  }
  if (!missing.empty())
    next.push_back(
        fmt::format("More or fewer values are missing in {}: a broken join or producer "
                    "before a changed world.",
                    fmt::join(missing, ", ")));
  if (!fresh.empty())
    next.push_back(fmt::format("New levels in {}: a release, a renaming or another casing.",
                               fmt::join(fresh, "; ")));
  next.push_back(
      fmt::format("Begin with `{}`, which moved furthest. Does the model use it, and did "
                  "its predictions move on the same day?",
                  alerts.front()->name));
  next.emplace_back(
      "Drift of an input is no proof of harm: look at calibration and at the metric "
      "of the product before anybody retrains.");
  return next;
}

Result<Document> answer_drift(const Question& question) {
  const DriftTables tables{question.other_file, question.file, question.other, question.table};
  auto report =
      monitor::compare(tables.reference, tables.current,
                       {static_cast<int>(question.number("bins")), 0.05, 1}, question.progress);
  if (!report) return fail(report.error());
  return document_of(tables, *report);
}

const Registration kDrift{{.name = "drift",
                           .asks = "Which columns of your data have moved?",
                           .other = "the table to compare with: the past, or the training set",
                           .fields = {{.name = "bins",
                                       .kind = Field::Kind::number,
                                       .sentence = "bins of PSI",
                                       .initial = "10",
                                       .low = 2,
                                       .high = 1000}},
                           .answer = answer_drift}};

}  // namespace

std::string shown(const monitor::Levels& levels) {
  if (levels.count == 0) return "none";
  constexpr std::size_t kMostShown = 3;
  std::vector<std::string> names;
  for (const auto& name : levels.named)
    if (names.size() < kMostShown) names.push_back("`" + abbreviated(name, 24) + "`");
  std::string text = fmt::format("{}: {}", levels.count, fmt::join(names, ", "));
  if (levels.count > names.size()) text += fmt::format(" and {} more", levels.count - names.size());
  return text;
}

std::string summary_of(const monitor::DriftReport& report) {
  std::size_t alerts = 0;
  for (const auto& column : report.columns) alerts += column.alert;
  if (alerts == 0)
    return fmt::format("No column of {} has moved more than chance allows.", report.columns.size());
  return fmt::format(
      "{} of {} columns have moved. PSI is compared with the noise floor for these row counts, and "
      "p-values are adjusted for the number of columns.",
      alerts, report.columns.size());
}

Document document_of(const DriftTables& tables, const monitor::DriftReport& report) {
  const auto alerts = furthest(report);
  Document document{
      "Drift: " + tables.current_file + " against " + tables.reference_file,
      fmt::format("{} rows against {}", tables.current.rows(), tables.reference.rows()),
      {}};
  document.blocks.push_back(Banner{alerts.empty() ? Banner::Tone::ok : Banner::Tone::bad,
                                   alerts.empty() ? "Quiet." : "Something moved.",
                                   summary_of(report)});
  for (std::size_t i = 0; i < std::min(alerts.size(), kMostPictures); ++i)
    append_picture(document, tables, *alerts[i]);
  document.blocks.push_back(Figure{"table", "Columns", "", "",
                                   "read the effect size (PSI, KS) before the p-value",
                                   Json::object(), monitor::to_frame(report)});
  append_list(
      document, "What the numbers mean",
      {"**PSI** adds up how far the shares of bins moved, on a log scale. It has no fixed "
       "threshold here: `noise_floor` is what chance alone reaches with these row counts.",
       "**KS** is the greatest distance of the two distribution functions, **Cramér's V** "
       "the strength of a change of levels; both lie between 0 and 1.",
       "**Adjusted p** allows for having looked at every column (Benjamini, Hochberg). With "
       "many rows it is tiny for changes that nobody would notice."});
  append_list(document, "What to look at next", next_drift_looks(report));
  return document;
}

}  // namespace rehearse::analysis
