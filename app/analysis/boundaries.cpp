// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/boundaries.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/pieces.hpp"
#include "engine/base/random.hpp"
#include "engine/base/view_data.hpp"
#include "engine/experiment/spending.hpp"
#include "engine/experiment/stopping_rule.hpp"

namespace rehearse::analysis {
namespace {

constexpr double kPower = 0.8;

// Both bounds of the plan, and that of a test with one look as a guide.
Frame boundary_lines(const BoundaryPlan& plan) {
  const experiment::Boundaries& b = plan.bounds;
  std::vector<std::string> series, style;
  std::vector<double> x, y;
  const auto add = [&](const char* name, const char* how, double at, double z) {
    series.emplace_back(name), style.emplace_back(how), x.push_back(at), y.push_back(z);
  };
  for (std::size_t k = 0; k < b.z.size(); ++k)
    if (std::isfinite(b.z[k]))
      add("stop: the treatment is better", view_data::kSeries, b.information[k], b.z[k]);
  for (std::size_t k = 0; k < b.z.size(); ++k)
    if (std::isfinite(b.z[k]))
      add("stop: it is worse", view_data::kSeries, b.information[k], -b.z[k]);
  const double one_look = -normal_quantile(plan.alpha / 2);
  for (const double sign : {1.0, -1.0})
    for (const double at : {b.information.front(), b.information.back()})
      add(sign > 0 ? "one look" : "one look, below", view_data::kGuide, at, sign * one_look);
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", std::move(x)).add("y", std::move(y));
  return std::move(builder).build().value_or(Frame());
}

Frame boundary_table(const BoundaryPlan& plan) {
  const experiment::Boundaries& b = plan.bounds;
  std::vector<std::int64_t> look;
  std::vector<double> z = b.z;
  std::vector<std::uint8_t> finite;
  for (std::size_t k = 0; k < b.z.size(); ++k) {
    look.push_back(static_cast<std::int64_t>(k + 1)), finite.push_back(std::isfinite(b.z[k]));
    if (!finite.back()) z[k] = 0;
  }
  Frame::Builder builder;
  builder.add("look", std::move(look))
      .add("information", b.information)
      .add("z", std::move(z))
      .missing(finite)
      .add("nominal_alpha", b.nominal_alpha)
      .add("spent", b.spent);
  return std::move(builder).build().value_or(Frame());
}

}  // namespace

Result<BoundaryPlan> boundary_plan(const std::string& shape, int looks, double alpha,
                                   const std::vector<double>& at) {
  const auto named = experiment::shape_named(shape);
  if (!named) return fail(named.error());
  const bool spends =
      *named == experiment::Shape::ld_pocock || *named == experiment::Shape::ld_obrien_fleming;
  if (!at.empty() && !spends)
    return fail(Code::invalid_argument,
                "{} needs equal looks; for looks at other times choose ld-pocock or ld-obf", shape);
  auto bounds = at.empty()
                    ? experiment::boundaries(*named, looks, alpha)
                    : experiment::spending_boundaries(*named == experiment::Shape::ld_pocock
                                                          ? experiment::Spending::pocock
                                                          : experiment::Spending::obrien_fleming,
                                                      at, alpha);
  if (!bounds) return fail(bounds.error());
  BoundaryPlan plan{shape, alpha, std::move(*bounds), {}, 1};
  const double drift = normal_quantile(1 - alpha / 2) + normal_quantile(kPower);
  auto point = experiment::operating_point(plan.bounds, drift);
  if (!point) return fail(point.error());
  plan.at_effect = *point;
  auto inflation = experiment::inflation_factor(plan.bounds, alpha, kPower);
  if (!inflation) return fail(inflation.error());
  plan.inflation = *inflation;
  return plan;
}

std::string reading_of(const BoundaryPlan& plan) {
  const auto looks = plan.bounds.z.size();
  return fmt::format(
      "Stop at a look when |z| reaches its bound; all {} looks together call a difference that is "
      "not there {:.3g} times in 100. An effect that one look at the end would find with 80% power "
      "is found with {:.1f}% here, after {:.1f}% of the users on average. For the same 80% the "
      "longest test needs {:.1f}% more users than one look.",
      looks, 100 * plan.bounds.spent.back(), 100 * plan.at_effect.power,
      100 * plan.at_effect.expected_information, 100 * (plan.inflation - 1));
}

Document document_of(const BoundaryPlan& plan) {
  Document document{"Boundaries: " + experiment::rule_in_words(plan.shape),
                    fmt::format("{} looks, two-sided alpha {:g}", plan.bounds.z.size(), plan.alpha),
                    {}};
  document.blocks.push_back(Prose{reading_of(plan)});
  document.blocks.push_back(
      Figure{"line", "How far z must be from 0", "share of the planned users", "z",
             "the dotted line is what one look at the end would ask for; the distance from it is "
             "the price of the earlier looks",
             Json::object(), boundary_lines(plan)});
  document.blocks.push_back(
      Figure{"table", "Looks", "", "",
             "nominal alpha is the p-value to reach at that look; spent is the chance of a false "
             "positive up to it",
             Json::object(), boundary_table(plan)});
  append_list(document, "Before you start",
              {"Write down the looks, the shape and alpha before the first user is assigned.",
               "The plan is for one metric. Guardrails have thresholds of their own.",
               "A test that stopped early overstates the effect: report the interval, and measure "
               "again after the launch.",
               "Looks at other times than planned: spend by information (`ld-obf`, `--at`)."});
  return document;
}

}  // namespace rehearse::analysis
