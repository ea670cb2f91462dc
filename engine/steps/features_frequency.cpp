// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/frequency.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_frequency(const StepCall& call, const StepContext&) {
  const std::vector<Frame> tables = tables_of(call);
  auto kind = features::parse_frequency_kind(call.text("kind"));
  if (!kind) return fail(kind.error());
  auto encoder = features::Frequency::fit(tables.front(), call.texts("columns"), *kind);
  if (!encoder) return fail(encoder.error());
  return each_of(tables, [&](const Frame& table) { return encoder->apply(table); });
}

const StepRegistration kFeaturesFrequency{{
    .name = "features.frequency",
    .sentence = with_scope(
        "Encode values by how often they stood in the fitting rows, in columns `<name>_<kind>`.",
        features::TimeScope::fit_rows),
    .example = "features.frequency { past, live, columns = { \"community\" } }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {columns_parameter("the columns to encode"),
                   {.name = "kind",
                    .type = ParameterType::choice,
                    .initial = std::string("count"),
                    .choices = {"count", "share", "rank", "ordinal"},
                    .sentence = "rows with the value, their share, its place by frequency, or by "
                                "first appearance"}},
    .method = true,
    .run = run_features_frequency,
}};

}  // namespace
}  // namespace rehearse::steps
