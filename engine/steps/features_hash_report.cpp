// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/hash_report.hpp"
#include "engine/models/hashing.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

// The wide table, or with `lines` a row for each of counted and expected, to be drawn as two lines.
Result<Frame> as_lines(const std::vector<features::HashCount>& counts) {
  std::vector<double> bits, share, rows;
  std::vector<std::string> series;
  for (const features::HashCount& count : counts)
    for (const bool counted : {true, false}) {
      bits.push_back(count.bits);
      series.emplace_back(counted ? "counted" : "truth: expected by chance");
      share.push_back((counted ? count.sharing : count.expected_sharing) / count.features);
      rows.push_back(counted ? count.rows_touched : count.expected_rows_touched);
    }
  Frame::Builder builder;
  builder.add("bits", std::move(bits)).add("series", series);
  builder.add("sharing_share", std::move(share)).add("rows_touched", std::move(rows));
  return std::move(builder).build();
}

Result<Outputs> run_features_hash_report(const StepCall& call, const StepContext&) {
  std::vector<int> bits;
  for (const double b : call.numbers("bits")) bits.push_back(static_cast<int>(b));
  auto counts = features::hash_report(call.input("rows")->as_frame(), call.texts("columns"), bits,
                                      models::feature_text);
  if (!counts) return fail(counts.error());
  if (call.boolean("lines")) return one(as_lines(*counts));
  return one(features::to_frame(*counts));
}

const StepRegistration kFeaturesHashReport{{
    .name = "features.hash_report",
    .sentence = with_scope(
        "How many features share a place when they are hashed, counted and as chance expects.",
        features::TimeScope::fit_rows),
    .example = "features.hash_report { past, columns = { \"user\" }, bits = { 8, 12, 16, 20 } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the rows to hash"}},
    .outputs = {{.name = "counts", .kind = Kind::frame, .sentence = "a row for each of bits"}},
    .parameters = {columns_parameter("the columns to hash together"),
                   {.name = "bits",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{8, 10, 12, 14, 16, 18, 20},
                    .low = 1,
                    .high = 32,
                    .sentence = "2^bits places"},
                   {.name = "lines",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "counted and expected as two lines (sharing_share, rows_touched) "
                                "and not as columns"}},
    .method = true,
    .run = run_features_hash_report,
}};

}  // namespace
}  // namespace rehearse::steps
