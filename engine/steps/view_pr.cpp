// SPDX-License-Identifier: GPL-3.0-or-later
//
// The precision-recall curve (Davis, Goadrich 2006): what share of those called positive is, while
// more and more of the positives are called. With rare events it shows what a ROC curve hides: how
// many false calls each true one costs. The base rate is what calling at random reaches.
#include "engine/steps/operating_curve.hpp"

namespace rehearse::steps {
namespace {

constexpr CurveShape kPrShape{
    .x = [](const metrics::OperatingPoint& p) { return p.true_positive_rate; },
    .y = [](const metrics::OperatingPoint& p) { return p.precision; },
    .from_nothing = false,
    .what = "a precision-recall curve needs rows with and rows without the event"};

Result<Outputs> run_view_pr(const StepCall& call, const StepContext&) {
  ViewRows view;
  auto base_rate = add_operating_curves(view, call, kPrShape);
  if (!base_rate) return fail(base_rate.error());
  for (const double at : {0.0, 0.1, 1.0}) {
    ViewRows::Row row;
    row.style = view_data::kGuide, row.x = at, row.y = *base_rate;
    if (at == 0.1) row.label = fmt::format("base rate {:.3g}%", *base_rate * 100);
    view.add(std::move(row));
  }
  return one(std::move(view).build());
}

const StepRegistration kViewPr{{
    .name = "view.pr",
    .sentence = "Precision against recall at every threshold.",
    .example = "show.pr { model, fixed, on = live }",
    .inputs = operating_inputs(),
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = operating_parameters(),
    .run = run_view_pr,
}};

}  // namespace
}  // namespace rehearse::steps
