// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/analysis/analysis.hpp"
#include "app/analysis/fit.hpp"
#include "app/analysis/pieces.hpp"
#include "app/analysis/saved_model.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/table.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeFitOptions {
  std::string file, share = "0.2", predict, save, plot, report;
  std::vector<std::string> numeric, set;
  analysis::FitOptions fit;
  bool parameters = false;
  ReadFlags reading;
};

// `--exclude a,b --exclude c`
std::vector<std::string> flattened(const std::vector<std::string>& lists) {
  std::vector<std::string> all;
  for (const std::string& list : lists)
    for (std::string& one : analysis::split_list(list)) all.push_back(std::move(one));
  return all;
}

Result<void> complete(AnalyzeFitOptions& options) {
  analysis::FitOptions& fit = options.fit;
  const auto share = analysis::parsed_number(options.share);
  if (!share || !(*share > 0 && *share < 1))
    return fail(Code::invalid_argument, "--test-share {}: a number between 0 and 1 is due",
                options.share);
  fit.test_share = *share;
  fit.exclude = flattened(fit.exclude);
  // Before hours of training, not after.
  const auto& savable = analysis::savable_models();
  if (!options.save.empty() &&
      std::find(savable.begin(), savable.end(), fit.model) == savable.end())
    return fail(Code::unsupported, "--save: a model of --model {} cannot be saved; these can: {}",
                fit.model, fmt::join(savable, ", "));
  for (const std::string& text : options.set) {
    const auto equal = text.find('=');
    if (equal == std::string::npos || equal == 0)
      return fail(Code::invalid_argument, "--set {}: write parameter=value, as in --set alpha=0.05",
                  text);
    fit.set[text.substr(0, equal)] = text.substr(equal + 1);
  }
  return {};
}

// Columns are texts unless they are named as numbers: an id of digits is no quantity.
Result<Frame> read_log(const Context& context, const AnalyzeFitOptions& options) {
  ReadOptions reading;
  std::vector<std::string> numbers = flattened(options.numeric);
  const bool all = std::find(numbers.begin(), numbers.end(), "*") != numbers.end();
  if (!options.fit.time.empty()) reading.times = {options.fit.time};
  numbers.push_back(options.fit.label);
  if (!all) reading.numbers = std::move(numbers);
  auto table = read_user_table(context, options.file, options.reading, std::move(reading));
  if (!table) return table;
  for (const std::string& name : flattened(options.numeric)) {
    const Column* column = table->find(name);
    if (column && !column->numeric())
      return fail(Code::bad_data,
                  "{}: --numeric {}: the column holds texts, such as `{}`; leave it out to take it "
                  "as a category",
                  options.file, name,
                  column->dictionary().empty() ? "" : column->dictionary().front());
  }
  return table;
}

std::string text_of(const analysis::Fit& fit, const analysis::FitOptions& options) {
  std::string text =
      fmt::format("{}: {} of {} rows trained on in {:.3g} s ({:.3g} rows/s), features {}\n",
                  options.model, fit.trained_on, fit.rows, fit.seconds,
                  static_cast<double>(fit.trained_on) / fit.seconds, fmt::join(fit.features, ", "));
  if (fit.stopped) text += "Stopped before it was done: this is the best model so far.\n";
  TextTable facts{{"fact of the training", "value"}, {}, {false, true}};
  for (const auto& [name, value] : fit.model->facts())
    facts.rows.push_back({name, fmt::format("{:.6g}", value)});
  text += "\n" + to_text(facts) + "\n";
  if (!fit.test_rows.empty())
    text += fmt::format("On {} rows held out by {}:\n\n", fit.test_rows.size(), options.holdout) +
            metrics_table({{"base rate alone", &fit.baseline}, {"model", &fit.test}}) + "\n";
  return text + wrapped(analysis::reading_of(fit, options));
}

Json json_of(const analysis::Fit& fit, const analysis::FitOptions& options) {
  Json facts = Json::object();
  for (const auto& [name, value] : fit.model->facts()) facts[name] = value;
  Json json{{"model", options.model},
            {"rows", fit.rows},
            {"rows_trained_on", fit.trained_on},
            {"features", fit.features},
            {"seconds", fit.seconds},
            {"rows_per_second", static_cast<double>(fit.trained_on) / fit.seconds},
            {"stopped", fit.stopped},
            {"facts", facts}};
  if (facts.contains("progressive_log_loss")) {
    json["progressive_log_loss"] = facts["progressive_log_loss"];
  } else {
    json["progressive_log_loss"] = nullptr;
    json["progressive_log_loss_why"] = "only an online learner foresees its rows: --model ftrl";
  }
  json["test"] = fit.test_rows.empty() ? Json() : metrics::to_json(fit.test);
  json["baseline"] = fit.test_rows.empty() ? Json() : metrics::to_json(fit.baseline);
  if (fit.test_rows.empty()) json["test_why"] = "nothing was held out: --holdout time or user";
  return json;
}

Result<void> write_predictions(const std::string& path, const analysis::Fit& fit) {
  if (fit.test_rows.empty())
    return fail(Code::invalid_argument,
                "--predict writes the rows held out: add --holdout time or --holdout user");
  std::vector<std::int64_t> rows;
  for (const std::uint32_t row : fit.test_rows) rows.push_back(row + 1);
  Frame::Builder builder;
  builder.add("row", std::move(rows)).add("label", fit.test_labels).add("score", fit.test_scores);
  auto frame = std::move(builder).build();
  if (!frame) return fail(frame.error());
  return write_file(path, to_csv(*frame));
}

Result<void> write_model(const std::string& path, const analysis::Fit& fit,
                         const analysis::FitOptions& options) {
  auto json = analysis::to_json(analysis::saved_model_of(fit, options));
  if (!json) return fail(json.error());
  return write_file(path, json->dump() + "\n");
}

int analyze_fit(Context& context, AnalyzeFitOptions options) {
  if (options.parameters) return context.print(analysis::fit_help(options.fit.model)), kDone;
  if (auto fine = complete(options); !fine) return context.report(fine.error());
  auto table = read_log(context, options);
  if (!table) return context.report(table.error());
  Interrupt interrupt;
  const Progress progress(interrupt.token(), [&](double fraction) {
    if (context.progress)
      fmt::print(stderr, "\r\x1b[K{:3.0f}%  train.{}", 100 * fraction, options.fit.model);
  });
  auto fit = analysis::fit_model(*table, options.fit, progress);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  if (!fit) return context.report({fit.error().code, options.file + ": " + fit.error().message});
  if (context.json)
    context.print(json_of(*fit, options.fit));
  else
    context.print(text_of(*fit, options.fit));
  if (!options.predict.empty()) {
    if (auto written = write_predictions(options.predict, *fit); !written)
      return context.report(written.error());
    context.warn("wrote " + options.predict);
  }
  if (!options.save.empty()) {
    if (auto written = write_model(options.save, *fit, options.fit); !written)
      return context.report(written.error());
    context.warn("wrote " + options.save);
  }
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    auto written = render(analysis::document_of(options.file, options.fit, *fit), path);
    if (!written) return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_fit(Arguments& app) {
  auto o = std::make_shared<AnalyzeFitOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--label", o->fit.label, "the column of outcomes, 0 or 1").required();
  app.add_option("--numeric", o->numeric,
                 "columns that are quantities, as a,b; every other is a category. \"*\": all that "
                 "hold numbers");
  app.add_option("--exclude", o->fit.exclude, "columns to leave out, as a,b");
  app.add_option("--time", o->fit.time, "the column of times: to hold out by, no feature");
  app.add_option("--user", o->fit.user, "the column of users: to hold out by, no feature");
  app.add_option("--model", o->fit.model, "what to train; see --parameters").shows_default();
  app.add_option("--set", o->set, "a parameter of the model, as alpha=0.05").one_value_each();
  app.add_flag("--parameters", o->parameters, "the parameters of --model, and nothing else");
  app.add_option("--holdout", o->fit.holdout,
                 "rows to measure on: the last in time, other users, or none")
      .one_of({"time", "user", "none"})
      .shows_default();
  app.add_option("--test-share", o->share, "the share held out").shows_default();
  app.add_option("--seed", o->fit.seed, "of every draw").shows_default();
  app.add_option("--predict", o->predict, "write row, label and score of the rows held out")
      .ends_in({".csv"});
  app.add_option("--save", o->save, "write the model, for `rehearse analyze predict`")
      .ends_in({".json"});
  app.add_option("--plot", o->plot, "draw the reliability of the test: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_fit(context, *o); };
}

const VerbRegistration kFit{
    {"analyze fit", "train on your own log, and measure on rows that training never saw",
     "rehearse analyze fit log.csv --label click --numeric age,votes --time at --holdout time",
     declare_analyze_fit}};

}  // namespace
}  // namespace rehearse::cli
