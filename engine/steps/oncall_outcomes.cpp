// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_outcomes(const StepCall& call, const StepContext&) {
  struct Row {
    std::string action;
    double lost = 0, share = 0, recovered = 0;
  };
  std::vector<Row> rows;
  for (const plan::ArtifactPtr& input : call.inputs.at("outcomes")) {
    const Frame& frame = input->as_frame();
    const Column *action = frame.find("action"), *lost = frame.find("lost"),
                 *expected = frame.find("expected"), *recovered = frame.find("recovered_h");
    if (!action || !lost || !expected || !recovered || frame.rows() != 1)
      return fail(Code::bad_data, "oncall.outcomes takes first results of oncall.act");
    rows.push_back({action->cell(0), lost->number(0), lost->number(0) / expected->number(0),
                    recovered->number(0)});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.lost < b.lost; });
  std::vector<std::string> action;
  std::vector<double> lost, share, recovered;
  std::vector<std::uint8_t> there;
  for (const Row& row : rows) {
    action.push_back(row.action);
    lost.push_back(std::round(row.lost)), share.push_back(std::round(1e4 * row.share) / 100);
    recovered.push_back(row.recovered), there.push_back(!std::isnan(row.recovered));
  }
  Frame::Builder builder;
  builder.add("action", action).add("clicks lost", std::move(lost), {.role = Role::truth});
  builder.add("% of clicks", std::move(share), {.role = Role::truth});
  builder.add("hours to recover", std::move(recovered), {.role = Role::truth});
  builder.missing(std::move(there));
  return one(std::move(builder).build());
}

const StepRegistration kOncallOutcomes{{
    .name = "oncall.outcomes",
    .sentence = "Several actions side by side: clicks lost and time to recover, least loss first.",
    .example = "oncall.outcomes { rolled_back, waited }",
    .inputs = {{.name = "outcomes",
                .kind = Kind::frame,
                .sentence = "first results of oncall.act",
                .variadic = true}},
    .outputs = {{.name = "outcomes", .kind = Kind::frame}},
    .run = run_oncall_outcomes,
}};

}  // namespace
}  // namespace rehearse::steps
