// SPDX-License-Identifier: GPL-3.0-or-later
//
// A model fitted to a dropped file: the question of fit.hpp with columns chosen from lists.
#include <algorithm>

#include "app/analysis/analysis.hpp"
#include "app/analysis/fit.hpp"

namespace rehearse::analysis {
namespace {

// A column as categories: what its cells say.
Result<Frame> as_categories(const Frame& table, const Column& column) {
  std::vector<std::string> cells;
  std::vector<std::uint8_t> valid;
  for (std::size_t row = 0; row < column.size(); ++row) {
    cells.push_back(column.cell(row));
    valid.push_back(column.missing(row) ? 0 : 1);
  }
  Frame::Builder builder;
  builder.add(column.name(), cells).missing(std::move(valid));
  auto made = std::move(builder).build();
  if (!made) return made;
  return table.with(made->column(0));
}

// Texts as times. Errors: a cell that is no time, with its row.
Result<Frame> as_times(const Frame& table, const Column& column) {
  std::vector<Time> times;
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto time = parse_time(column.cell(row));
    if (!time)
      return fail(Code::bad_data, "row {}: time `{}`: {}", row + 1, column.name(),
                  time.error().message);
    times.push_back(*time);
  }
  Frame::Builder builder;
  builder.add(column.name(), times);
  auto made = std::move(builder).build();
  if (!made) return made;
  return table.with(made->column(0));
}

// As the command line reads a log: times are times, quantities those that are named, everything
// else is a category.
Result<Frame> as_log(const Question& question, const FitOptions& options) {
  const std::vector<std::string> quantities = question.columns("numeric");
  Frame log = question.table;
  for (const std::string& name : question.table.names()) {
    const Column& column = *log.find(name);
    const bool named = std::find(quantities.begin(), quantities.end(), name) != quantities.end();
    if (name == options.label || name == options.user || column.type() == Type::time) continue;
    Result<Frame> next = log;
    if (name == options.time && !column.numeric())
      next = as_times(log, column);
    else if (name != options.time && column.numeric() && !named)
      next = as_categories(log, column);
    if (!next) return next;
    log = std::move(*next);
  }
  return log;
}

Result<Document> answer_fit(const Question& question) {
  FitOptions options;
  options.label = question.value("label"), options.time = question.value("time");
  options.user = question.value("user"), options.exclude = question.columns("exclude");
  options.model = question.value("model"), options.holdout = question.value("holdout");
  options.test_share = question.number("test-percent") / 100;
  auto log = as_log(question, options);
  if (!log) return fail(log.error());
  auto fit = fit_model(*log, options, question.progress);
  if (!fit) return fail(fit.error());
  return document_of(question.file, options, *fit);
}

const Registration kFit{
    {.name = "fit",
     .asks = "How well can a model foresee your outcomes?",
     .fields = {{.name = "label",
                 .sentence = "what happened, 0 or 1",
                 .guesses = {"label", "click", "clicked", "y", "target", "outcome"},
                 .numeric = true},
                {.name = "holdout",
                 .kind = Field::Kind::choice,
                 .sentence = "rows to measure on: the last in time, other users, or none",
                 .choices = {"time", "user", "none"},
                 .initial = "none"},
                {.name = "time",
                 .sentence = "when it happened: to hold out by, no feature",
                 .optional = true,
                 .guesses = {"time", "timestamp", "at", "date"}},
                {.name = "user",
                 .sentence = "whose row it is: to hold out by, no feature",
                 .optional = true,
                 .guesses = {"user", "user_id", "session"}},
                {.name = "numeric",
                 .kind = Field::Kind::columns,
                 .sentence = "quantities; every other column is a category",
                 .optional = true,
                 .numeric = true},
                {.name = "exclude",
                 .kind = Field::Kind::columns,
                 .sentence = "columns to leave out, such as ids and what is known only later",
                 .optional = true},
                {.name = "model",
                 .kind = Field::Kind::choice,
                 .sentence = "what is trained",
                 .choices = {"ftrl", "logistic", "gbdt"},
                 .initial = "ftrl"},
                {.name = "test-percent",
                 .kind = Field::Kind::number,
                 .sentence = "percent held out",
                 .initial = "20",
                 .low = 1,
                 .high = 90}},
     .answer = answer_fit}};

}  // namespace
}  // namespace rehearse::analysis
