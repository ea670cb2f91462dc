// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/features_common.hpp"

#include "engine/models/labels.hpp"

namespace rehearse::steps {

plan::Port tables_port() {
  return {.name = "rows",
          .kind = Kind::frame,
          .sentence = "the rows to fit on, then any others to encode the same way",
          .variadic = true};
}

std::size_t as_many_as_tables(const StepCall& call) {
  const auto found = call.labels.find("rows");
  return found == call.labels.end() ? 1 : found->second.size();
}

std::vector<Frame> tables_of(const StepCall& call) {
  std::vector<Frame> tables;
  for (const plan::ArtifactPtr& input : call.inputs.at("rows")) tables.push_back(input->as_frame());
  return tables;
}

std::string with_scope(const char* sentence, features::TimeScope scope) {
  return fmt::format("{} Looks at {}.", sentence, features::looks_at(scope));
}

Result<Outputs> each_of(const std::vector<Frame>& tables,
                        const std::function<Result<Frame>(const Frame&)>& encode) {
  Outputs outputs;
  for (const Frame& table : tables) {
    auto encoded = encode(table);
    if (!encoded) return fail(encoded.error());
    outputs.push_back(plan::Artifact::of(std::move(*encoded)));
  }
  return outputs;
}

Result<Outputs> all_of(Result<std::vector<Frame>> tables) {
  if (!tables) return fail(tables.error());
  Outputs outputs;
  for (Frame& table : *tables) outputs.push_back(plan::Artifact::of(std::move(table)));
  return outputs;
}

plan::Parameter columns_parameter(const std::string& sentence, bool optional) {
  return {
      .name = "columns", .type = ParameterType::texts, .sentence = sentence, .optional = optional};
}

Result<std::string> label_name(const StepCall& call) {
  auto column = models::label_column(call.input("rows")->as_frame(), label_given(call));
  if (!column) return fail(column.error());
  return (*column)->name();
}

std::string arrival_name(const StepCall& call, const std::string& label) {
  if (call.given("arrival")) return call.text("arrival");
  const std::string usual = label + "_arrival";
  return call.input("rows")->as_frame().find(usual) ? usual : "";
}

plan::Parameter arrival_parameter() {
  return {.name = "arrival",
          .type = ParameterType::text,
          .sentence =
              "the column that says when a label became known; `<label>_arrival` if there "
              "is one and nothing is given",
          .optional = true};
}

}  // namespace rehearse::steps
