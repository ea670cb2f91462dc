// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ROC curve (Fawcett 2006, "An introduction to ROC analysis"): true against false positive
// rate at every threshold. The truth's own curve is the best that any model could do on these rows.
#include "engine/steps/operating_curve.hpp"

namespace rehearse::steps {
namespace {

constexpr CurveShape kRocShape{
    .x = [](const metrics::OperatingPoint& p) { return p.false_positive_rate; },
    .y = [](const metrics::OperatingPoint& p) { return p.true_positive_rate; },
    .from_nothing = true,
    .what = "a ROC curve needs rows with and rows without the event"};

Result<Outputs> run_view_roc(const StepCall& call, const StepContext&) {
  ViewRows view;
  if (auto added = add_operating_curves(view, call, kRocShape); !added) return fail(added.error());
  for (const double at : {0.0, 0.5, 1.0}) {
    ViewRows::Row row;
    row.style = view_data::kGuide, row.x = at, row.y = at;
    if (at == 0.5) row.label = "no better than chance";
    view.add(std::move(row));
  }
  return one(std::move(view).build());
}

const StepRegistration kViewRoc{{
    .name = "view.roc",
    .sentence = "True against false positive rate at every threshold.",
    .example = "show.roc { model, fixed, on = live }",
    .inputs = operating_inputs(),
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = operating_parameters(),
    .run = run_view_roc,
}};

}  // namespace
}  // namespace rehearse::steps
