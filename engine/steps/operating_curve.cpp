// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/operating_curve.hpp"

#include <cmath>

#include "engine/steps/thinning.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostOperatingPoints = 400;

void add_operating_curve(ViewRows& view, const metrics::Scored& data, const CurveShape& shape,
                         const std::string& series, const char* style) {
  auto points = metrics::operating_points(data);
  if (!shape.from_nothing) points.erase(points.begin());
  std::vector<double> x, y;
  for (const metrics::OperatingPoint& point : points)
    x.push_back(shape.x(point)), y.push_back(shape.y(point));
  for (const std::uint32_t i : thinned_path(x, y, kMostOperatingPoints)) {
    ViewRows::Row row;
    row.series = series, row.style = style;
    row.x = x[i], row.y = y[i];
    if (std::isfinite(points[i].threshold)) row.threshold = points[i].threshold;
    view.add(std::move(row));
  }
}

}  // namespace

Result<double> add_operating_curves(ViewRows& view, const StepCall& call, const CurveShape& shape) {
  const auto& models = call.inputs.at("models");
  double base_rate = 0;
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto scored = rows->scored();
    if (!scored) return fail(scored.error());
    base_rate = scored->base_rate();
    if (base_rate <= 0 || base_rate >= 1)
      return fail(Code::bad_data, "all {} labels are {}; {}", scored->size(), base_rate > 0 ? 1 : 0,
                  shape.what);
    add_operating_curve(view, *scored, shape, call.labels.at("models")[i], view_data::kSeries);
    if (i + 1 != models.size() || !call.boolean("truth") || rows->truth.empty()) continue;
    auto best = metrics::Scored::of(rows->truth, rows->labels);
    if (!best) return fail(best.error());
    add_operating_curve(view, *best, shape, "best possible (truth)", view_data::kTruth);
  }
  return base_rate;
}

std::vector<plan::Port> operating_inputs() {
  return {{.name = "models",
           .kind = Kind::model,
           .sentence = "the models to compare",
           .variadic = true},
          {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}};
}

std::vector<plan::Parameter> operating_parameters() {
  return {{.name = "truth",
           .type = ParameterType::boolean,
           .initial = true,
           .sentence = "draw the curve of the true probabilities, where they are known"}};
}

}  // namespace rehearse::steps
