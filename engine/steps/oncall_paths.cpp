// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

// The clean world stands in every path; one copy of it is enough.
Result<Outputs> run_oncall_paths(const StepCall& call, const StepContext&) {
  Frame all;
  for (const plan::ArtifactPtr& path : call.inputs.at("paths")) {
    const Frame& rows = path->as_frame();
    auto joined = all.append(all.rows() ? rows.slice(0, rows.rows() / 2) : rows);
    if (!joined) return fail(joined.error());
    all = std::move(*joined);
  }
  return one(Result<Frame>(std::move(all)));
}

const StepRegistration kOncallPaths{{
    .name = "oncall.paths",
    .sentence = "Clicks by the hour under several actions, in % of the world without the incident.",
    .example = "oncall.paths { by_rolling_back, by_waiting }",
    .inputs = {{.name = "paths",
                .kind = Kind::frame,
                .sentence = "second results of oncall.act",
                .variadic = true}},
    .outputs = {{.name = "paths", .kind = Kind::frame}},
    .run = run_oncall_paths,
}};

}  // namespace
}  // namespace rehearse::steps
