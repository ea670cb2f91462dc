// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of a calibration: the verdict, the picture, the numbers and their meaning, and where
// to look next.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/analysis/calibration.hpp"
#include "app/analysis/pieces.hpp"

namespace rehearse::analysis {
namespace {

using metrics::ProbabilityReport;

Frame segment_rows(const std::map<std::string, ProbabilityReport>& segments,
                   const std::string& name) {
  std::vector<std::string> names;
  std::vector<double> rows, base, mean, ratio, loss, ece;
  for (const auto& [value, r] : segments) {
    names.push_back(value), rows.push_back(static_cast<double>(r.rows));
    base.push_back(r.base_rate), mean.push_back(r.mean_score);
    ratio.push_back(r.calibration_ratio.value), loss.push_back(r.log_loss), ece.push_back(r.ece);
  }
  Frame::Builder builder;
  builder.add(name, names)
      .add("rows", std::move(rows))
      .add("base_rate", std::move(base))
      .add("mean_score", std::move(mean))
      .add("calibration_ratio", std::move(ratio))
      .add("log_loss", std::move(loss))
      .add("ece", std::move(ece));
  return std::move(builder).build().value_or(Frame());
}

// The segment whose promise is furthest from what came, among those with enough positives to tell.
const std::pair<const std::string, ProbabilityReport>* worst_segment(const Calibration& all) {
  constexpr double kEnoughPositives = 50;
  const auto off = [](const ProbabilityReport& r) {
    return std::abs(std::log(r.calibration_ratio.value));
  };
  const std::pair<const std::string, ProbabilityReport>* worst = nullptr;
  for (const auto& segment : all.segments) {
    const ProbabilityReport& r = segment.second;
    if (!r.calibration_ratio.defined() || r.positives < kEnoughPositives || r.mean_score <= 0)
      continue;
    if (!worst || off(r) > off(worst->second)) worst = &segment;
  }
  return worst;
}

std::vector<std::string> meanings(const ProbabilityReport& r) {
  std::vector<std::string> all;
  if (r.calibration_ratio.defined())
    all.push_back(
        fmt::format("**Calibration ratio {:.3f}**: the scores add up to {:.0f} and {:.0f} "
                    "positives came. 1 is right on the whole.",
                    r.calibration_ratio.value,
                    r.mean_score * r.positives / std::max(r.base_rate, 1e-300), r.positives));
  all.push_back(
      fmt::format("**Log loss {:.4g}**: the price of a prediction in nats, small where "
                  "confident scores are right. It punishes a wrong meaning as well as a "
                  "wrong order.",
                  r.log_loss));
  if (r.normalized_entropy.defined())
    all.push_back(
        fmt::format("**Normalized entropy {:.3f}**: log loss over that of always saying "
                    "the base rate {:.4g}. Below 1 the scores know something; above 1 "
                    "they are worse than that one number.",
                    r.normalized_entropy.value, r.base_rate));
  if (r.roc_auc.defined())
    all.push_back(
        fmt::format("**ROC AUC {:.3f}**: a positive scores above a negative so often. It "
                    "reads the order alone, so it says nothing of calibration.",
                    r.roc_auc.value));
  all.push_back(
      fmt::format("**ECE {:.4g}**: the mean distance of the points from the diagonal, by "
                  "rows. It depends on how bins are cut, so compare it only with itself.",
                  r.ece));
  return all;
}

std::vector<std::string> next_looks(const CalibrationOptions& options, const Calibration& all) {
  const ProbabilityReport& r = all.whole;
  std::vector<std::string> next;
  const bool off = r.calibration_ratio.defined() && std::abs(r.calibration_ratio.value - 1) > 0.1;
  if (off)
    next.push_back(
        "Was training sampled? Undo it in closed form, q = p / (p + (1 - p) / w), before "
        "any map is fitted.");
  if (off)
    next.push_back(
        "Draw the ratio by day: far from 1 from the first hour is a join or sampling "
        "fault, a slow walk is the world.");
  else
    next.push_back(
        "The whole is right. Fit a map on a held-out week (isotonic from about 1,000 "
        "positives, Platt with fewer) if the curve still bends.");
  if (r.normalized_entropy.defined() && r.normalized_entropy.value >= 1)
    next.push_back(
        "The scores lose against the base rate: check that label and score belong to the "
        "same rows and the same event.");
  if (options.segment.empty())
    next.push_back(
        "Choose a segment (device, country, surface): a model can be right on the whole "
        "and wrong in each part.");
  else if (const auto* worst = worst_segment(all))
    next.push_back(
        fmt::format("The segment furthest off is `{}` with a ratio of {:.3f}, over {} "
                    "rows.",
                    worst->first, worst->second.calibration_ratio.value, worst->second.rows));
  if (options.binning == metrics::Binning::width && r.base_rate < 0.05)
    next.push_back(
        "Positives are rare, so bins of equal width hold nearly all rows in the first: "
        "look again with binning `quantile`.");
  if (r.positives < 200)
    next.push_back(fmt::format("{:.0f} positives are few; differences between bins may be chance.",
                               r.positives));
  return next;
}

Banner verdict(const ProbabilityReport& r) {
  Banner banner{Banner::Tone::neutral, "Nothing can be said.", reading_of(r)};
  if (!r.calibration_ratio.defined()) return banner;
  const double ratio = r.calibration_ratio.value;
  const bool fine = ratio <= 1.1 && ratio >= 0.9;
  banner.tone = fine ? Banner::Tone::ok : Banner::Tone::bad;
  banner.title = fine        ? "Right on the whole."
                 : ratio > 1 ? "The scores promise too much."
                             : "The scores promise too little.";
  return banner;
}

}  // namespace

std::string reading_of(const ProbabilityReport& r) {
  if (!r.calibration_ratio.defined())
    return "There are no positive labels, so nothing can be said of calibration.";
  const double ratio = r.calibration_ratio.value;
  if (ratio > 1.1)
    return fmt::format(
        "The scores promise {:.2f} times the positives that came: look for downsampled negatives "
        "or a changed base rate.",
        ratio);
  if (ratio < 0.9)
    return fmt::format("The scores promise only {:.2f} of the positives that came.", ratio);
  return fmt::format(
      "On the whole the scores mean what they say (ratio {:.3f}); points away from the diagonal "
      "show where they do not.",
      ratio);
}

Document document_of(const std::string& file, const CalibrationOptions& options,
                     const Calibration& all) {
  const ProbabilityReport& r = all.whole;
  Document document{
      "Calibration of " + file,
      fmt::format("{} rows, label {}, score {}", r.rows, options.label, options.score),
      {}};
  document.blocks.push_back(verdict(r));
  document.blocks.push_back(
      Figure{"reliability", "Reliability: " + options.score, "mean score", "observed rate",
             "a point below the diagonal promises more than came, one above it less; whiskers are "
             "95% intervals",
             Json::object(), reliability_rows("your scores", r.bins)});
  document.blocks.push_back(KeyNumbers()
                                .add("calibration ratio", r.calibration_ratio)
                                .add("log loss", r.log_loss)
                                .add("normalized entropy", r.normalized_entropy)
                                .add("Brier", r.brier)
                                .add("ECE", r.ece)
                                .figure("The meaning of the scores", ""));
  document.blocks.push_back(KeyNumbers()
                                .add("ROC AUC", r.roc_auc)
                                .add("average precision", r.average_precision)
                                .add("KS", r.ks)
                                .add("base rate", r.base_rate)
                                .add("mean score", r.mean_score)
                                .figure("Their order", ""));
  append_list(document, "What the numbers mean", meanings(r));
  if (!all.segments.empty())
    document.blocks.push_back(Figure{"table", "By " + options.segment, "", "",
                                     "a ratio far from 1 in a segment with many rows",
                                     Json::object(), segment_rows(all.segments, options.segment)});
  append_list(document, "What to look at next", next_looks(options, all));
  return document;
}

}  // namespace rehearse::analysis
