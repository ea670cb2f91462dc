// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/saved_model.hpp"

#include <algorithm>
#include <numeric>

#include "app/analysis/calibration.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/models/saved.hpp"

namespace rehearse::analysis {
namespace {

constexpr const char* kFormat = "rehearse model";
constexpr int kVersion = 1;

}  // namespace

SavedModel saved_model_of(const Fit& fit, const FitOptions& options) {
  return {options.model, options.label, fit.features, fit.numeric, fit.trained_on, fit.model};
}

Result<Json> to_json(const SavedModel& saved) {
  auto model = models::save_model(*saved.model);
  if (!model) return fail(model.error());
  return Json{{"format", kFormat},
              {"version", kVersion},
              {"name", saved.name},
              {"label", saved.label},
              {"features", saved.features},
              {"numeric", saved.numeric},
              {"trained_on", saved.trained_on},
              {"model", std::move(*model)}};
}

Result<SavedModel> parse_saved_model(const std::string& text) try {
  const Json json = Json::parse(text);
  if (json.value("format", "") != kFormat)
    return fail(Code::bad_data,
                "this is no saved model; write one with `rehearse analyze fit … --save FILE.json`");
  if (json.at("version").get<int>() != kVersion)
    return fail(Code::unsupported,
                "the model was saved in format {}, and this version reads format {}: use the "
                "version that wrote it, or fit again",
                json.at("version").get<int>(), kVersion);
  SavedModel saved;
  json.at("name").get_to(saved.name);
  json.at("label").get_to(saved.label);
  json.at("features").get_to(saved.features);
  json.at("numeric").get_to(saved.numeric);
  json.at("trained_on").get_to(saved.trained_on);
  auto model = models::load_model(json.at("model"));
  if (!model) return fail(model.error());
  saved.model = std::move(*model);
  return saved;
} catch (const Json::exception& error) {
  return fail(Code::bad_data, "the saved model cannot be read: {}", error.what());
}

Result<Prediction> predict(const SavedModel& saved, const Frame& table, const std::string& label) {
  if (table.rows() == 0) return fail(Code::bad_data, "there are no rows to score");
  Prediction prediction;
  auto scores = saved.model->score(table);
  if (!scores) return fail(scores.error());
  prediction.scores = std::move(*scores);
  const auto [least, most] =
      std::minmax_element(prediction.scores.begin(), prediction.scores.end());
  prediction.least = *least, prediction.most = *most;
  prediction.mean = std::accumulate(prediction.scores.begin(), prediction.scores.end(), 0.0) /
                    static_cast<double>(prediction.scores.size());
  if (label.empty()) return prediction;
  auto labels = labels_of(table, label);
  if (!labels) return fail(labels.error());
  auto scored = metrics::Scored::of(prediction.scores, *labels);
  if (!scored) return fail(scored.error());
  prediction.report = metrics::report(*scored, 10, metrics::Binning::quantile);
  prediction.labelled = true;
  return prediction;
}

std::string reading_of(const SavedModel& saved, const Prediction& prediction) {
  if (prediction.labelled) return reading_of(prediction.report);
  return fmt::format(
      "On average the model expects {:.3g} of `{}`; whether that comes true cannot be said without "
      "labels (--label COLUMN).",
      prediction.mean, saved.label);
}

}  // namespace rehearse::analysis
