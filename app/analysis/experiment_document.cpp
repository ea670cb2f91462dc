// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of an experiment: the verdict or why there is none, the picture of what the data
// leave possible, the numbers, segments, and where to look next.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/analysis/experiment.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::analysis {
namespace {

using experiment::Contrast;

std::string amount(double value, bool share) {
  return share ? fmt::format("{:+.2f} points", value * 100) : fmt::format("{:+.4g}", value);
}

// What is most trusted: with less noise where there is a covariate.
const experiment::Comparison& best_of(const ArmEffect& effect) {
  return effect.cuped ? *effect.cuped : effect.plain;
}

// The density of each estimate, as a curve over the effect.
Frame density_rows(const Experiment& e) {
  std::vector<std::string> series, style, label;
  std::vector<double> x, y;
  const auto add = [&](const std::string& name, const Contrast& c) {
    if (!(c.standard_error > 0)) return;
    for (int i = -40; i <= 40; ++i) {
      const double z = i / 10.0;
      series.push_back(name), style.emplace_back(view_data::kSeries), label.emplace_back();
      x.push_back(c.absolute + z * c.standard_error);
      y.push_back(normal_density(z) / c.standard_error);
    }
  };
  for (const ArmEffect& effect : e.effects) {
    add(effect.arm, effect.plain.contrast);
    if (effect.cuped) add(effect.arm + ", CUPED", effect.cuped->contrast);
  }
  series.emplace_back("no effect"), style.emplace_back(view_data::kMark);
  label.emplace_back("no effect"), x.push_back(0), y.push_back(std::nan(""));
  Frame::Builder builder;
  builder.add("series", series)
      .add("style", style)
      .add("x", std::move(x))
      .add("y", std::move(y))
      .add("label", label);
  return std::move(builder).build().value_or(Frame());
}

Frame arm_rows(const Experiment& e) {
  std::vector<double> units, observed, mean, sd;
  for (std::size_t arm = 0; arm < e.samples.size(); ++arm) {
    units.push_back(e.trial.assigned[arm]), observed.push_back(e.trial.observed[arm]);
    mean.push_back(e.samples[arm].mean), sd.push_back(std::sqrt(e.samples[arm].variance));
  }
  Frame::Builder builder;
  builder.add("arm", e.trial.arms.names)
      .add("units", std::move(units))
      .add("observed", std::move(observed))
      .add("mean", std::move(mean))
      .add("sd", std::move(sd));
  return std::move(builder).build().value_or(Frame());
}

// Columns of a list of contrasts behind names.
struct ContrastTable {
  std::vector<double> control, treatment, effect, low, high, relative, p;
  void add(const Contrast& c) {
    control.push_back(c.control), treatment.push_back(c.treatment), effect.push_back(c.absolute);
    low.push_back(c.ci_low), high.push_back(c.ci_high), relative.push_back(c.relative);
    p.push_back(c.p);
  }
  void add_to(Frame::Builder& builder) const {
    builder.add("control", control)
        .add("treatment", treatment)
        .add("effect", effect)
        .add("ci_low", low)
        .add("ci_high", high)
        .add("relative", relative)
        .add("p", p);
  }
};

Frame effect_rows(const Experiment& e) {
  std::vector<std::string> arms, methods;
  std::vector<double> reduction;
  ContrastTable table;
  for (const ArmEffect& effect : e.effects)
    for (const auto* comparison : {&effect.plain, effect.cuped ? &*effect.cuped : nullptr}) {
      if (!comparison) continue;
      arms.push_back(effect.arm), methods.push_back(comparison->method);
      reduction.push_back(comparison->variance_reduction);
      table.add(comparison->contrast);
    }
  Frame::Builder builder;
  builder.add("arm", arms).add("method", methods);
  table.add_to(builder);
  builder.add("variance_removed", std::move(reduction));
  return std::move(builder).build().value_or(Frame());
}

Frame segment_table(const experiment::Segments& segments) {
  std::vector<std::string> names, arms;
  std::vector<double> units, holm, q;
  ContrastTable table;
  for (const experiment::SegmentEffect& s : segments.effects) {
    names.push_back(s.segment), arms.push_back(s.arm);
    units.push_back(s.units_control + s.units_treatment);
    holm.push_back(s.p_holm), q.push_back(s.q_bh);
    table.add(s.contrast);
  }
  Frame::Builder builder;
  builder.add("segment", names).add("arm", arms).add("units", std::move(units));
  table.add_to(builder);
  builder.add("p_holm", std::move(holm)).add("q_bh", std::move(q));
  return std::move(builder).build().value_or(Frame());
}

bool shown_to_differ(const Experiment& e, const ExperimentOptions& options) {
  return std::any_of(e.effects.begin(), e.effects.end(), [&](const ArmEffect& effect) {
    return e.effects.size() > 1 ? effect.p_holm < 1 - options.level
                                : best_of(effect).contrast.p < 1 - options.level;
  });
}

Banner verdict_of(const Experiment& e, const ExperimentOptions& options) {
  if (e.blocked()) return {Banner::Tone::bad, "No verdict.", reading_of(e, options)};
  if (shown_to_differ(e, options))
    return {Banner::Tone::ok, "The arms differ.", reading_of(e, options)};
  return {Banner::Tone::neutral, "No difference shown.", reading_of(e, options)};
}

std::vector<std::string> meanings(const Experiment& e) {
  std::vector<std::string> all;
  all.push_back(fmt::format(
      "**Sizes**: χ² {:.3g}, p {:.3g}. Below 0.001 something other than the coin decided "
      "who is in the log, and no effect may be read.",
      e.ratio.statistic, e.ratio.p));
  const Contrast& c = best_of(e.effects.front()).contrast;
  if (!std::isnan(c.p))
    all.push_back(fmt::format(
        "**p {:.3g}**: how often a treatment that does nothing would show a difference this large. "
        "It is not the chance that the treatment does nothing.",
        c.p));
  if (e.effects.front().cuped)
    all.push_back(
        fmt::format("**CUPED** took {:.0f}% of the outcome's variance out, as if there were {:.1f} "
                    "times as many units.",
                    e.effects.front().cuped->variance_reduction * 100,
                    1 / (1 - e.effects.front().cuped->variance_reduction)));
  if (e.segments && e.segments->degrees > 0)
    all.push_back(fmt::format(
        "**Do segments differ at all?** Q {:.3g} on {} degrees, p {:.3g}. Read this before any "
        "single segment, and then the adjusted p and not the plain one.",
        e.segments->heterogeneity, e.segments->degrees, e.segments->heterogeneity_p));
  return all;
}

std::vector<std::string> next_looks(const Experiment& e, const ExperimentOptions& options) {
  std::vector<std::string> next;
  if (e.blocked()) {
    next.emplace_back(
        "Count the arms at each stage from assignment to this file: the stage where the ratio "
        "breaks is the cause (crash, redirect, bot filter, join).");
    return next;
  }
  if (e.retention_p && *e.retention_p < 0.05)
    next.push_back(fmt::format(
        "The arms lost different shares of their units (p {:.2g}): count a missing outcome as what "
        "it means, or bound the effect, before anybody reads it.",
        *e.retention_p));
  if (!e.effects.front().cuped)
    next.emplace_back(
        "Name a column from before the assignment (the same metric of the month before is best): "
        "it "
        "narrows the interval at no cost.");
  if (!shown_to_differ(e, options))
    next.emplace_back(
        "Look at the interval, not the p-value: does it exclude an effect that would be worth "
        "shipping? If not, the experiment was too small to say.");
  if (options.segment.empty())
    next.emplace_back(
        "Segments named before the start belong to the verdict; all others are ideas for the next "
        "experiment.");
  next.emplace_back("Read the guardrails in the same way before anybody ships.");
  return next;
}

}  // namespace

std::string reading_of(const Experiment& e, const ExperimentOptions& options) {
  if (e.blocked())
    return fmt::format(
        "The arms do not have the planned sizes (p {:.2g}). Something decided who is in this log "
        "besides the assignment, so the difference between the arms is not the treatment's.",
        e.ratio.p);
  const bool share = e.trial.binary && options.kind != "mean";
  std::string text;
  for (const ArmEffect& effect : e.effects) {
    const experiment::Comparison& best = best_of(effect);
    const Contrast& c = best.contrast;
    if (!text.empty()) text += " ";
    if (std::isnan(c.p)) {
      text += fmt::format("{}: nothing can be tested, {}.", effect.arm, c.why);
      continue;
    }
    const double p = e.effects.size() > 1 ? effect.p_holm : c.p;
    text += fmt::format("{} against {}: {} ({:.0f}% interval {} to {}), p {:.3g}{}.", effect.arm,
                        e.trial.arms.names.front(), amount(c.absolute, share), options.level * 100,
                        amount(c.ci_low, share), amount(c.ci_high, share), p,
                        e.effects.size() > 1 ? " (Holm)" : "");
  }
  return text;
}

Document document_of(const std::string& file, const ExperimentOptions& options,
                     const Experiment& e) {
  Document document{"Experiment: " + file,
                    fmt::format("{} units, arm {}, outcome {}", e.trial.outcome.size(), options.arm,
                                e.trial.outcome_name),
                    {}};
  document.blocks.push_back(verdict_of(e, options));
  document.blocks.push_back(
      Figure{"line", "What the data leave possible", "effect on " + e.trial.outcome_name, "density",
             "a curve that lies clear of the line at 0 is an effect; a narrower one knows more",
             Json::object(), density_rows(e)});
  document.blocks.push_back(Figure{"table", "Arms", "", "",
                                   "units are those assigned, observed those with an outcome",
                                   Json::object(), arm_rows(e)});
  document.blocks.push_back(Figure{"table", "Effects", "", "",
                                   "the interval says how large, p only whether", Json::object(),
                                   effect_rows(e)});
  if (e.segments)
    document.blocks.push_back(
        Figure{"table", "By " + options.segment, "", "",
               "compare p with p_holm: looking at many segments makes small p-values by itself",
               Json::object(), segment_table(*e.segments)});
  append_list(document, "What the numbers mean", meanings(e));
  append_list(document, "What to look at next", next_looks(e, options));
  return document;
}

}  // namespace rehearse::analysis
