// SPDX-License-Identifier: GPL-3.0-or-later
//
// What steps share in marshalling: scores, labels and truth of a table, rows of a view.
#pragma once

#include <string>
#include <vector>

#include "engine/base/view_data.hpp"
#include "engine/metrics/scored.hpp"
#include "engine/metrics/valued.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::steps {

using plan::Kind;
using plan::Outputs;
using plan::ParameterType;
using plan::StepCall;
using plan::StepContext;
using plan::StepRegistration;

// A model's predictions for a table with the outcomes beside them. Owns its numbers; `scored` and
// `valued` view them.
struct Judged {
  // The truth is the expectation of the label, the median that of a numeric one; each is empty
  // where the table has none.
  std::vector<double> scores, labels, truth, truth_median = {};
  bool probabilistic = true;
  // Errors: those of Scored::of; the model predicts values and no probabilities.
  Result<metrics::Scored> scored() const;
  // Errors: those of Valued::of.
  Result<metrics::Valued> valued() const;
};
// By the label that the model learned.
// Errors: no label column, several and the model does not say which, a column that the model needs
// is missing.
Result<Judged> judge(const Scorer& model, const Frame& rows);
// Any metric by its name: of probabilities (engine/metrics/report.hpp) or of values
// (engine/metrics/value_report.hpp), as the model predicts. Errors: no such metric, and then those
// there are are listed.
Result<metrics::Measure> metric_of(const std::string& name, const Judged& rows);
// Whether that is the name of a metric of either kind; what stands behind an @ is not looked at.
bool is_metric(const std::string& name);
// A metric of the model on `rows`, or else a fact of its training. `rows` may be null where only
// facts are asked for. Errors: neither of both (what there is is listed), a metric without rows.
Result<metrics::Measure> figure_of(const Scorer& model, const std::string& name,
                                   const Judged* rows);
// As a person reads it: `roc_auc` is ROC AUC, `best_log_loss` is best possible log loss.
std::string in_words(std::string name);
// "%" for shares of a best possible value, else empty.
std::string unit_of_metric(const std::string& name);

// An empty name is the only column of role label. Errors: there is none, or several.
Result<std::vector<double>> labels_of(const Frame& rows, const std::string& label = {});
// The truth column of that label (of the only one, where the column does not say of which): its
// expectation, not a column named `…_median` or `…_q<digits>`. Empty where there is none.
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
    double x, y, low, high, count, lower, upper, threshold;
    std::string label;
    Row();
  };
  void add(Row row) { rows_.push_back(std::move(row)); }
  void mark(double x, const std::string& label);
  // A sentence about the drawing itself ("3,000 of 50,000 rows are drawn").
  void note(const std::string& sentence);
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
Result<Outputs> two(Result<Frame> first, Result<Frame> second);

// The table with columns that hold one number in every row.
Result<Frame> with_constants(Frame table,
                             std::initializer_list<std::pair<const char*, double>> constants);

// A row with `value` and `why`, as expectations read it.
Result<Outputs> measured(double value, const std::string& why);

}  // namespace rehearse::steps
