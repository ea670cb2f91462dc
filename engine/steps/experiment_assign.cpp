// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/assignment.hpp"

#include <charconv>

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

using experiment::Assignment;

// The key of a unit as its text: hashing must not depend on how a table stores it.
struct UnitKeys {
  const Column& column;
  std::string buffer = {};
  std::string_view at(std::size_t row) {
    if (column.type() == Type::dictionary) return column.text(row);
    buffer = column.cell(row);
    return buffer;
  }
};

Result<std::vector<std::int32_t>> strata_of(const Frame& units,
                                            const std::vector<std::string>& names) {
  std::vector<std::int32_t> codes(units.rows(), 0);
  for (const std::string& name : names) {
    auto column = units.require(name);
    if (!column) return fail(column.error());
    std::map<std::pair<std::int32_t, std::string>, std::int32_t> seen;
    for (std::size_t row = 0; row < codes.size(); ++row)
      codes[row] = seen.try_emplace({codes[row], (*column)->cell(row)},
                                    static_cast<std::int32_t>(seen.size()))
                       .first->second;
  }
  return codes;
}

// Members of a cluster share an arm: the arm of the cluster's key. In blocks a unit is drawn once.
Result<std::vector<int>> arms_of_rows(const StepCall& call, const StepContext& context,
                                      const Column& key) {
  const std::vector<double> weights = call.numbers("weights");
  const std::string salt = call.text("salt");
  const Frame& units = call.input("units")->as_frame();
  if (const auto names = call.texts("blocks"); !names.empty()) {
    if (call.number("exposed") < 1)
      return fail(Code::invalid_argument,
                  "blocks deal all units at once; a ramp (exposed below 1) needs hashing");
    auto strata = strata_of(units, names);
    if (!strata) return fail(strata.error());
    return experiment::blocked_assignment(salt, *strata, weights, context.seed, context.replicate);
  }
  auto assignment = Assignment::of(salt, weights, call.number("exposed"));
  if (!assignment) return fail(assignment.error());
  UnitKeys keys{key};
  std::vector<int> arms(units.rows());
  for (std::size_t row = 0; row < arms.size(); ++row) {
    if (key.missing(row))
      return fail(Code::bad_data, "row {}: the unit `{}` is missing, so nothing can be hashed",
                  row + 1, key.name());
    arms[row] = assignment->arm(keys.at(row));
  }
  return arms;
}

Result<Outputs> run_experiment_assign(const StepCall& call, const StepContext& context) {
  const Frame& units = call.input("units")->as_frame();
  const std::vector<std::string> names = call.texts("arms");
  if (names.size() != call.numbers("weights").size())
    return fail(Code::invalid_argument, "{} arms and {} weights; each arm has one", names.size(),
                call.numbers("weights").size());
  auto key = units.require(call.text("unit"));
  if (!key) return fail(key.error());
  auto arms = arms_of_rows(call, context, **key);
  if (!arms) return fail(arms.error());
  std::vector<std::int32_t> codes(arms->begin(), arms->end());
  Frame::Builder builder;
  builder.add_dictionary(call.text("as_column"), std::move(codes),
                         std::make_shared<const std::vector<std::string>>(names));
  auto column = std::move(builder).build();
  if (!column) return fail(column.error());
  return one(units.with(column->column(0)));
}

const StepRegistration kExperimentAssign{{
    .name = "experiment.assign",
    .sentence =
        "An arm for every unit: by a hash of salt and unit, or dealt in blocks; a unit that "
        "is not exposed has none.",
    .example = "experiment.assign { users, unit = \"user_id\", salt = \"onboarding-1\" }",
    .inputs = {{.name = "units", .kind = Kind::frame, .sentence = "the table of units"}},
    .outputs = {{.name = "units", .kind = Kind::frame}},
    .parameters = {text_parameter("unit", "user_id",
                                  "the column that is hashed: who or what is assigned"),
                   text_parameter("salt", "experiment", "one for each experiment"),
                   {.name = "arms",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{"control", "treatment"},
                    .sentence = "names of the arms"},
                   {.name = "weights",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{1, 1},
                    .low = 0,
                    .high = 1e9,
                    .sentence = "planned sizes in any scale"},
                   {.name = "exposed",
                    .initial = 1.0,
                    .low = 0,
                    .high = 1,
                    .sentence = "share of all units that takes part; raising it moves nobody"},
                   {.name = "blocks",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence =
                        "columns whose every combination is dealt evenly, instead of hashing"},
                   text_parameter("as_column", "arm", "the name of the new column")},
    .run = run_experiment_assign,
}};

}  // namespace
}  // namespace rehearse::steps
