// SPDX-License-Identifier: GPL-3.0-or-later
//
// A candidate in the shadow of the model in service: how far they agree on the same requests, and
// what the second inference costs.
#include <algorithm>
#include <cmath>

#include "engine/base/hash.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/serving/shadow.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Frame> shadow_report(const serving::Agreement& a, double threshold, double cost_ms,
                            std::size_t all) {
  const bool ranked = !std::isnan(a.rank_correlation);
  Frame::Builder builder;
  builder.add("requests", std::vector<std::int64_t>{static_cast<std::int64_t>(a.rows)});
  builder.add("of", std::vector<std::int64_t>{static_cast<std::int64_t>(all)});
  builder.add("threshold", std::vector<double>{threshold});
  builder.add("same_decision", std::vector<double>{a.same_decision}, {.unit = "%"});
  const double n = static_cast<double>(a.rows);
  builder.add("same_at_least",
              std::vector<double>{metrics::wilson_interval(a.same_decision * n, n).low},
              {.unit = "%"});
  builder.add("rank_correlation", std::vector<double>{ranked ? a.rank_correlation : 0})
      .missing({static_cast<std::uint8_t>(ranked)});
  builder.add("mean_difference", std::vector<double>{a.mean_difference});
  builder.add("p01", std::vector<double>{a.p01});
  builder.add("p99", std::vector<double>{a.p99});
  builder.add("greatest", std::vector<double>{a.greatest});
  builder.add("extra_cpu_s", std::vector<double>{static_cast<double>(a.rows) * cost_ms * 1e-3},
              {.unit = "s"});
  return std::move(builder).build();
}

Result<Outputs> run_serve_shadow(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("on")->as_frame();
  const Frame& seen = call.has("seen") ? call.input("seen")->as_frame() : rows;
  if (seen.rows() != rows.rows())
    return fail(Code::invalid_argument,
                "the live model saw {} rows and the candidate {}; they must be the same requests",
                rows.rows(), seen.rows());
  auto live = call.input("live")->scorer()->score(rows);
  if (!live) return fail(live.error());
  auto candidate = call.input("candidate")->scorer()->score(seen);
  if (!candidate) return fail(candidate.error());
  std::vector<double> a, b, difference;
  // A unit is in a canary of share s when its place is below s: whoever is in at 1% stays in.
  const SaltedPlaces places(call.text("salt"));
  for (std::size_t row = 0; row < live->size(); ++row) {
    if (places.of(static_cast<std::int64_t>(row)) >= call.number("share")) continue;
    a.push_back((*live)[row]), b.push_back((*candidate)[row]);
    difference.push_back(b.back() - a.back());
  }
  double threshold = 0;
  if (call.given("threshold")) {
    threshold = call.number("threshold");
  } else if (!a.empty()) {
    // The score that lets the top part of the live model through.
    std::vector<double> sorted = a;
    const auto at =
        static_cast<std::size_t>((1 - call.number("top")) * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at),
                     sorted.end());
    threshold = sorted[at];
  }
  auto agreement = serving::agreement(a, b, threshold);
  if (!agreement) return fail(agreement.error());
  Frame::Builder scores;
  scores.add("live", std::move(a)).add("candidate", std::move(b));
  scores.add("difference", std::move(difference));
  return two(shadow_report(*agreement, threshold, call.number("cost_ms"), rows.rows()),
             std::move(scores).build());
}

const StepRegistration kServeShadow{{
    .name = "serve.shadow",
    .sentence = "A candidate in the shadow of the model in service: same decisions, rank "
                "correlation, differences of scores, and the cost of scoring twice.",
    .example = "local report, scores = serve.shadow { live, candidate, on = today, share = 0.05 }",
    .inputs = {{.name = "live", .kind = Kind::model, .sentence = "the model in service"},
               {.name = "candidate", .kind = Kind::model, .sentence = "the model in its shadow"},
               {.name = "on", .kind = Kind::frame, .sentence = "the requests", .named = true},
               {.name = "seen",
                .kind = Kind::frame,
                .sentence = "the same requests as the candidate's features come, where they differ",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "report", .kind = Kind::frame, .sentence = "one row of figures"},
                {.name = "scores", .kind = Kind::frame, .sentence = "live, candidate, difference"}},
    .parameters = {number_parameter("share", 1, 1e-5, 1, "of the requests that are copied", "%"),
                   {.name = "threshold",
                    .type = ParameterType::number,
                    .sentence = "of the decision",
                    .optional = true},
                   number_parameter("top", 0.1, 1e-4, 0.9999,
                                    "where no threshold is given: the part of the live model's "
                                    "scores that is let through",
                                    "%"),
                   number_parameter("cost_ms", 2, 0, 1e6, "of one inference", "ms"),
                   {.name = "salt",
                    .type = ParameterType::text,
                    .initial = std::string("shadow"),
                    .sentence = "of the buckets that choose the requests"}},
    .run = run_serve_shadow,
}};

}  // namespace
}  // namespace rehearse::steps
