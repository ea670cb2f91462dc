// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of a table by a condition on one column; several conditions are several calls.
#include <algorithm>
#include <cmath>

#include "engine/base/nearest.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

bool given_any(const StepCall& call, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return call.given(name); });
}

// Whether a row meets each condition that is given. A missing cell meets none.
class Condition {
 public:
  static Result<Condition> of(const StepCall& call, const Column& column) {
    if (!given_any(call, {"is", "equals", "above", "below", "at_least"}))
      return fail(Code::invalid_argument,
                  "data.where needs a condition: is = \"text\", equals, above, below or at_least");
    if (!column.numeric() && given_any(call, {"equals", "above", "below", "at_least"}))
      return fail(Code::invalid_argument, "the column `{}` holds texts; ask for one by is = \"{}\"",
                  column.name(),
                  column.dictionary().empty() ? "text" : column.dictionary().front());
    Condition condition(column);
    if (call.given("is")) {
      condition.text_ = call.text("is");
      if (!column.numeric() && !call.boolean("or_none") &&
          std::count(column.dictionary().begin(), column.dictionary().end(), *condition.text_) == 0)
        return fail(Code::bad_data, "the column `{}` never is `{}`{}", column.name(),
                    *condition.text_, did_you_mean(*condition.text_, column.dictionary()));
    }
    const auto number = [&](const char* name, double otherwise) {
      return call.given(name) ? call.number(name) : otherwise;
    };
    condition.above_ = number("above", -INFINITY), condition.below_ = number("below", INFINITY);
    condition.at_least_ = number("at_least", -INFINITY), condition.equals_ = number("equals", NAN);
    condition.bounded_ = given_any(call, {"above", "below"});
    return condition;
  }

  bool operator()(std::size_t row) const {
    if (column_.missing(row)) return false;
    if (text_ && (column_.numeric() ? column_.cell(row) != *text_ : column_.text(row) != *text_))
      return false;
    if (!column_.numeric()) return true;
    const double value = column_.number(row);
    if (std::isnan(value)) return false;
    return (!bounded_ || (value > above_ && value < below_)) && value >= at_least_ &&
           (std::isnan(equals_) || value == equals_);
  }

 private:
  explicit Condition(const Column& column) : column_(column) {}
  const Column& column_;
  std::optional<std::string> text_;
  double above_ = 0, below_ = 0, at_least_ = 0, equals_ = 0;
  bool bounded_ = false;
};

Result<Outputs> run_data_where(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("rows")->as_frame();
  auto column = rows.require(call.text("column"));
  if (!column) return fail(column.error());
  auto condition = Condition::of(call, **column);
  if (!condition) return fail(condition.error());
  std::vector<std::uint32_t> kept;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    if ((*condition)(row) != call.boolean("otherwise"))
      kept.push_back(static_cast<std::uint32_t>(row));
  if (kept.empty() && !call.boolean("or_none"))
    return fail(Code::bad_data, "no row of {} meets the condition on `{}`", rows.rows(),
                (*column)->name());
  return one(rows.take(kept));
}

plan::Parameter bound(const char* name, const char* sentence) {
  return {.name = name, .type = ParameterType::number, .sentence = sentence, .optional = true};
}

const StepRegistration kDataWhere{{
    .name = "data.where",
    .sentence = "The rows of a table that meet a condition on one column.",
    .example = "data.where { rows, column = \"platform\", is = \"ios\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "column", .type = ParameterType::text, .sentence = "the column's name"},
                   {.name = "is",
                    .type = ParameterType::text,
                    .sentence = "the cell as written in CSV",
                    .optional = true},
                   bound("equals", "the number that it equals"),
                   bound("above", "greater than this number"),
                   bound("below", "less than this number"),
                   bound("at_least", "this number or greater"),
                   {.name = "or_none",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "no such row is an empty table and no error: for kinds of rows "
                                "that your own table may not have"},
                   {.name = "otherwise",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "the rows that do not meet it, empty cells among them"}},
    .run = run_data_where,
}};

}  // namespace
}  // namespace rehearse::steps
