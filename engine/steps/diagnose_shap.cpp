// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHAP values: which columns moved the predictions, on the mean and for one row.
#include <cmath>
#include <numeric>

#include "engine/models/ftrl.hpp"
#include "engine/models/mlp.hpp"
#include "engine/models/shap.hpp"
#include "engine/models/tree_sample.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kBackgroundRows = 500;

Result<models::Explanation> explained(const StepCall& call, const Frame& rows,
                                      const Frame& background) {
  const ScorerPtr& model = call.input("model")->scorer();
  if (const auto trees = std::dynamic_pointer_cast<const models::BoostedModel>(model))
    return models::explain_trees(*trees, rows);
  std::vector<std::string> columns;
  if (call.given("features"))
    columns = call.texts("features");
  else if (const auto ftrl = std::dynamic_pointer_cast<const models::FtrlModel>(model))
    columns = ftrl->columns();
  else if (const auto network = std::dynamic_pointer_cast<const models::NetworkModel>(model))
    columns = network->columns();
  else {
    auto chosen = models::choose_features(rows, {}, model->label());
    if (!chosen) return fail(chosen.error());
    columns = std::move(*chosen);
  }
  return models::explain_additive(*model, rows, background, columns);
}

Result<Frame> importance_frame(const models::Explanation& e, std::size_t rows) {
  const std::size_t width = e.columns.size();
  std::vector<double> size(width, 0), mean(width, 0);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t c = 0; c < width; ++c) {
      size[c] += std::abs(e.phi[row * width + c]) / static_cast<double>(rows);
      mean[c] += e.phi[row * width + c] / static_cast<double>(rows);
    }
  std::vector<std::uint32_t> order(width);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
  Frame::Builder builder;
  builder.add("column", e.columns).add("mean_abs_shap", size).add("mean_shap", mean);
  auto frame = std::move(builder).build();
  if (!frame) return frame;
  return frame->take(order);
}

Result<Frame> effects_frame(const models::Explanation& e, const Frame& rows) {
  const std::size_t width = e.columns.size();
  std::vector<std::string> column, cell;
  std::vector<double> value, phi;
  std::vector<std::int64_t> of_row;
  for (std::size_t c = 0; c < width; ++c) {
    const Column& source = **rows.require(e.columns[c]);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      of_row.push_back(static_cast<std::int64_t>(row)), column.push_back(e.columns[c]);
      cell.push_back(source.cell(row));
      value.push_back(source.numeric() ? source.number(row) : std::nan(""));
      phi.push_back(e.phi[row * width + c]);
    }
  }
  Frame::Builder builder;
  builder.add("row", std::move(of_row)).add("column", column).add("cell", cell);
  builder.add("x", std::move(value)).add("shap", std::move(phi));
  return std::move(builder).build();
}

Result<Outputs> run_diagnose_shap(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  if (on.rows() == 0) return fail(Code::bad_data, "there is no row to explain");
  const auto which =
      models::evenly_spaced(on.rows(), static_cast<std::size_t>(call.integer("rows")));
  const Frame rows = on.take(which);
  auto e = explained(call, rows, on.take(models::evenly_spaced(on.rows(), kBackgroundRows)));
  if (!e) return fail(e.error());
  auto importance = importance_frame(*e, rows.rows());
  if (!importance) return fail(importance.error());
  auto effects = effects_frame(*e, rows);
  if (!effects) return fail(effects.error());
  return Outputs{plan::Artifact::of(std::move(*importance)),
                 plan::Artifact::of(std::move(*effects))};
}

const StepRegistration kDiagnoseShap{{
    .name = "diagnose.shap",
    .sentence = "SHAP values in log-odds: how much each column moved the predictions (Lundberg and "
                "Lee 2017).",
    .example = "local importance, effects = diagnose.shap { trees, on = live }",
    .inputs = {{.name = "model",
                .kind = Kind::model,
                .sentence = "trees, or a model that is a sum over columns"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows to explain", .named = true}},
    .outputs = {{.name = "importance",
                 .kind = Kind::frame,
                 .sentence = "columns by their mean size of SHAP value"},
                {.name = "effects",
                 .kind = Kind::frame,
                 .sentence = "row, column, x, shap: one row for each row and column"}},
    .parameters = {integer_parameter("rows", 500, 1, 20000, "rows explained, evenly spaced"),
                   {.name = "features",
                    .type = ParameterType::texts,
                    .sentence = "the columns a model reads, where it does not tell",
                    .optional = true}},
    .run = run_diagnose_shap,
}};

}  // namespace
}  // namespace rehearse::steps
