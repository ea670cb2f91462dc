// SPDX-License-Identifier: GPL-3.0-or-later
//
// What steps share in marshalling: scores, labels and truth of a table, rows of a view.
#pragma once

#include <string>
#include <vector>

#include "engine/base/view_data.hpp"
#include "engine/metrics/scored.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::steps {

using plan::Kind;
using plan::Outputs;
using plan::ParameterType;
using plan::StepCall;
using plan::StepContext;
using plan::StepRegistration;

// A model's predictions for a table with the outcomes beside them. Owns its numbers; `scored`
// views them.
struct Judged {
  std::vector<double> scores, labels, truth;  // truth is empty where the table has none
  bool probabilistic = true;
  // Errors: those of Scored::of; the model predicts values and no probabilities.
  Result<metrics::Scored> scored() const;
};
// By the label that the model learned.
// Errors: no label column, several and the model does not say which, a column that the model needs
// is missing.
Result<Judged> judge(const Scorer& model, const Frame& rows);
// Any metric by its name: of probabilities or of values, as the model predicts.
Result<metrics::Measure> metric_of(const std::string& name, const Judged& rows);

// An empty name is the only column of role label. Errors: there is none, or several.
Result<std::vector<double>> labels_of(const Frame& rows, const std::string& label = {});
// The truth column of that label (of the only one, where the column does not say of which); empty
// where there is none.
std::vector<double> truth_of(const Frame& rows, const std::string& label = {});
// `label = "dwell_seconds"`: which label a step is about, where a table has several.
plan::Parameter label_parameter();
std::string label_given(const StepCall& call);

// One row a session, where the table has sessions: the rows of a slate share their user's columns,
// and a test that takes them as independent would see drift in every week.
Result<Frame> independent_rows(const Frame& rows);

// Collects the rows of a view (engine/base/view_data.hpp). Optional columns appear when any row has
// them.
class ViewRows {
 public:
  struct Row {
    std::string series, style = view_data::kSeries;
    double x, y, low, high, count, lower, upper;
    std::string label;
    Row();
  };
  void add(Row row) { rows_.push_back(std::move(row)); }
  void mark(double x, const std::string& label);
  // The true day of a change, where the design says that there is one.
  void mark_day(const StepCall& call);
  Result<Frame> build() &&;

 private:
  std::vector<Row> rows_;
};

// The parameters of a mark, for views over days.
std::vector<plan::Parameter> mark_parameters();

Result<Outputs> one(Result<Frame> frame);
Result<Outputs> one(ScorerPtr scorer);

// A row with `value` and `why`, as expectations read it.
Result<Outputs> measured(double value, const std::string& why);

}  // namespace rehearse::steps
