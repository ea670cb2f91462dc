// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores rows of the user's own with a model that `analyze fit --save` wrote.
#include "app/analysis/saved_model.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzePredictOptions {
  std::string file, model, label, out;
  ReadFlags reading;
};

Json predict_json(const analysis::SavedModel& model, const analysis::Prediction& prediction) {
  Json json{{"model", model.name},
            {"foresees", model.label},
            {"trained_on", model.trained_on},
            {"rows", prediction.scores.size()},
            {"mean_score", prediction.mean},
            {"least_score", prediction.least},
            {"most_score", prediction.most}};
  json["test"] = prediction.labelled ? metrics::to_json(prediction.report) : Json();
  if (!prediction.labelled) json["test_why"] = "no label was named: --label COLUMN";
  return json;
}

std::string predict_text(const analysis::SavedModel& model,
                         const analysis::Prediction& prediction) {
  return fmt::format(
             "{} rows scored by {} (fitted on {} rows to foresee `{}`): mean {:.6g}, from {:.6g} "
             "to {:.6g}.\n\n",
             prediction.scores.size(), model.name, model.trained_on, model.label, prediction.mean,
             prediction.least, prediction.most) +
         (prediction.labelled ? metrics_table({{"model", &prediction.report}}) + "\n" : "") +
         wrapped(analysis::reading_of(model, prediction));
}

Result<void> write_scores(const std::string& path, const std::vector<double>& scores) {
  std::vector<std::int64_t> rows;
  for (std::size_t row = 0; row < scores.size(); ++row)
    rows.push_back(static_cast<std::int64_t>(row + 1));
  Frame::Builder builder;
  builder.add("row", std::move(rows)).add("score", scores);
  auto frame = std::move(builder).build();
  if (!frame) return fail(frame.error());
  return write_file(path, to_csv(*frame));
}

int analyze_predict(Context& context, const AnalyzePredictOptions& o) {
  auto text = read_file(o.model);
  if (!text) return context.report(text.error());
  auto model = analysis::parse_saved_model(*text);
  if (!model) return context.report({model.error().code, o.model + ": " + model.error().message});
  ReadOptions reading;
  reading.numbers = model->numeric;
  if (!o.label.empty()) reading.numbers->push_back(o.label);
  auto table = read_user_table(context, o.file, o.reading, std::move(reading));
  if (!table) return context.report(table.error());
  auto prediction = analysis::predict(*model, *table, o.label);
  if (!prediction)
    return context.report({prediction.error().code, o.file + ": " + prediction.error().message});
  if (context.json)
    context.print(predict_json(*model, *prediction));
  else
    context.print(predict_text(*model, *prediction));
  if (o.out.empty()) return kDone;
  if (auto written = write_scores(o.out, prediction->scores); !written)
    return context.report(written.error());
  context.warn("wrote " + o.out);
  return kDone;
}

Action declare_analyze_predict(Arguments& app) {
  auto o = std::make_shared<AnalyzePredictOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--model", o->model, "what `analyze fit --save` wrote").required();
  app.add_option("--label", o->label, "the column of outcomes, 0 or 1, to measure by");
  app.add_option("--out", o->out, "write row and score").ends_in({".csv"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_predict(context, *o); };
}

const VerbRegistration kPredict{
    {"analyze predict", "score your rows with a model that analyze fit saved",
     "rehearse analyze predict tomorrow.csv --model model.json --label click --out scores.csv",
     declare_analyze_predict}};

}  // namespace
}  // namespace rehearse::cli
