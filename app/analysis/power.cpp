// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/power.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

using experiment::SizeForm;

// Units per arm over the effect, from a quarter of it to twice it, on a log scale.
Frame cost_curve(const PowerQuestion& q) {
  std::vector<double> x, y;
  std::vector<std::string> style, label;
  for (int i = -8; i <= 4; ++i) {
    const double effect = q.mde * std::pow(2, i / 4.0);
    const auto size = experiment::sample_size(q.baseline, effect, q.target, q.form);
    if (!size) continue;
    x.push_back(std::abs(effect)), y.push_back(size->per_arm_exact);
    style.emplace_back(view_data::kSeries), label.emplace_back();
  }
  x.push_back(std::abs(q.mde)), y.push_back(std::nan(""));
  style.emplace_back(view_data::kMark), label.emplace_back("asked for");
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(x.size(), "units per arm"))
      .add("style", style)
      .add("x", std::move(x))
      .add("y", std::move(y))
      .add("label", label);
  return std::move(builder).build().value_or(Frame());
}

Frame forms_table(const PowerQuestion& q) {
  std::vector<std::string> names;
  std::vector<double> exact, per_arm;
  for (const SizeForm form :
       {SizeForm::unpooled, SizeForm::pooled, SizeForm::continuity, SizeForm::arcsine}) {
    const auto size = experiment::sample_size(q.baseline, q.mde, q.target, form);
    if (!size) continue;
    names.emplace_back(experiment::size_form_name(form));
    exact.push_back(size->per_arm_exact), per_arm.push_back(size->per_arm);
  }
  Frame::Builder builder;
  builder.add("form", names)
      .add("per_arm_exact", std::move(exact))
      .add("per_arm", std::move(per_arm));
  return std::move(builder).build().value_or(Frame());
}

}  // namespace

Json to_json(const PowerQuestion& q, const experiment::SampleSize& size) {
  return {{"per_arm", static_cast<std::int64_t>(size.per_arm)},
          {"total", static_cast<std::int64_t>(size.total)},
          {"per_arm_exact", size.per_arm_exact},
          {"baseline", q.baseline},
          {"mde", q.mde},
          {"alpha", q.target.alpha},
          {"power", q.target.power},
          {"attrition", q.target.attrition},
          {"form", experiment::size_form_name(q.form)}};
}

std::string reading_of(const PowerQuestion& q, const experiment::SampleSize& size) {
  return fmt::format(
      "{:.0f} units in each arm, {:.0f} in all, find a change from {:.4g}% to {:.4g}% with "
      "probability {:.3g} at α {:.3g}. Half the effect would need about four times as many.",
      size.per_arm, size.total, q.baseline * 100, (q.baseline + q.mde) * 100, q.target.power,
      q.target.alpha);
}

Document document_of(const PowerQuestion& q, const experiment::SampleSize& size) {
  Document document{"Sample size",
                    fmt::format("baseline {:.4g}, effect {:+.4g}, α {:.3g}, power {:.3g}",
                                q.baseline, q.mde, q.target.alpha, q.target.power),
                    {}};
  document.blocks.push_back(Banner{
      Banner::Tone::neutral, fmt::format("{:.0f} per arm.", size.per_arm), reading_of(q, size)});
  document.blocks.push_back(Figure{"line", "What a smaller effect costs", "effect (absolute)",
                                   "units per arm",
                                   "each halving of the effect multiplies the units by four",
                                   Json{{"log_x", true}, {"log_y", true}}, cost_curve(q)});
  document.blocks.push_back(Figure{"table", "By formula", "", "",
                                   "they agree to a few percent unless rates are near 0 or 1",
                                   Json::object(), forms_table(q)});
  return document;
}

}  // namespace rehearse::analysis
