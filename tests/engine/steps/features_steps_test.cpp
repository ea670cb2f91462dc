// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps that encode: as many tables out as in, live rows encoded from the training rows; and the
// feature store.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/executor.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/trace/trace.hpp"

namespace {

using namespace rehearse;

const std::vector<Frame>& encoder_weeks() {
  static const std::vector<Frame> parts = [] {
    sim::SiteOptions o;
    o.users = 200, o.days = 10, o.sessions_per_day = 0.8, o.base_ctr = 0.2, o.seed = 6;
    const int marks[] = {7};
    return *sim::split_by_day(*sim::simulate_impressions(o), marks);
  }();
  return parts;
}

using EncoderParameters = std::map<std::string, plan::Value>;
using EncoderTexts = std::vector<std::string>;

Result<plan::Outputs> encoded_weeks(const char* name, const EncoderParameters& given) {
  const plan::StepInfo* step = plan::Registry::instance().find(name);
  INFO(name);
  REQUIRE(step);
  plan::StepCall call;
  for (const plan::Parameter& parameter : step->parameters)
    call.parameters[parameter.name] = parameter.initial;
  for (const auto& [key, value] : given) call.parameters[key] = value;
  for (const Frame& week : encoder_weeks()) {
    call.inputs["rows"].push_back(plan::Artifact::of(week));
    call.labels["rows"].push_back("week");
  }
  if (step->output_count) CHECK(step->output_count(call) == encoder_weeks().size());
  return step->run(call, {});
}

struct Encoder {
  const char* name;
  EncoderParameters given;
  const char* column;
};

const std::vector<Encoder>& all_encoders() {
  static const std::vector<Encoder> all = {
      {"features.missing", {{"columns", EncoderTexts{"affinity"}}}, "affinity_missing"},
      {"features.target", {{"columns", EncoderTexts{"user_id"}}}, "user_id_target"},
      {"features.target",
       {{"columns", EncoderTexts{"community"}},
        {"method", std::string("folds")},
        {"fold_by", std::string("session_id")},
        {"form", std::string("logit")}},
       "community_target"},
      {"features.one_hot", {{"columns", EncoderTexts{"platform"}}}, "platform=web"},
      {"features.frequency", {{"columns", EncoderTexts{"community"}}}, "community_count"},
      {"features.cross", {{"columns", EncoderTexts{"platform", "topic"}}}, "platform_x_topic"},
      {"features.bin", {{"columns", EncoderTexts{"post_votes"}}}, "post_votes_bin"},
      {"features.window",
       {{"by", EncoderTexts{"user_id"}}, {"measures", EncoderTexts{"rows", "rate", "hours_since"}}},
       "user_id_click_rate_24h"},
      {"features.fallback", {{"levels", EncoderTexts{"user_id", "community"}}}, "prior_rate"},
      {"serve.store",
       {{"columns", EncoderTexts{"user_activity"}}, {"entity", EncoderTexts{"user_id"}}},
       "store_status"}};
  return all;
}

}  // namespace

TEST_CASE("features: every encoder gives as many tables as it takes, each with its column") {
  for (const Encoder& encoder : all_encoders()) {
    INFO(encoder.name << " " << encoder.column);
    const auto out = encoded_weeks(encoder.name, encoder.given);
    INFO((out ? "" : out.error().message));
    REQUIRE(out);
    REQUIRE(out->size() == 2);
    for (std::size_t w = 0; w < 2; ++w) {
      const Frame& rows = (*out)[w]->as_frame();
      CHECK(rows.rows() == encoder_weeks()[w].rows());
      REQUIRE(rows.find(encoder.column));
      CHECK((rows.find(encoder.column)->role() == Role::feature) ==
            (std::string_view(encoder.column) != "store_status"));
    }
  }
}

TEST_CASE("features: what looks at the row's own label is refused, and says how to mean it") {
  const EncoderParameters naive = {{"columns", EncoderTexts{"user_id"}},
                                   {"method", std::string("naive")}};
  const auto refused = encoded_weeks("features.target", naive);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("allow_leak = true") != std::string::npos);
  EncoderParameters meant = naive;
  meant["allow_leak"] = true;
  CHECK(encoded_weeks("features.target", meant));
}

TEST_CASE("features: a column that is not there is named with its neighbour") {
  for (const char* name : {"features.target", "features.one_hot", "features.frequency",
                           "features.cross", "features.bin", "features.missing"}) {
    INFO(name);
    const auto out = encoded_weeks(name, {{"columns", EncoderTexts{"comunity"}}});
    REQUIRE_FALSE(out);
    CHECK(out.error().message.find("did you mean `community`") != std::string::npos);
  }
}

TEST_CASE("features: a script takes each table by name, fits on the first and can be stepped") {
  const auto plan = trace::trace_script(R"(
design "Encoders" { asks = "x", covers = { "S01-C05" }, seed = 3 }
local log = simulate.impressions { users = 100, days = 6, base_ctr = 0.2 }
local past, live = log:split { days = { 4 }, as = "past, live" }
local past2, live2 = features.target { past, live, columns = { "community" }, as = "past2, live2" }
local model = train.ftrl { past2, features = { "community_target" } }
local served, served2 = serve.store { past, live, columns = { "user_activity" }, entity = { "user_id" }, as = "a, b" }
local sweep = serve.store_sweep { train.ftrl { past }, past, live, columns = { "user_activity" }, entity = { "user_id" }, vary = "ttl_hours", values = { 1, 1000 } }
show.table { live2, title = "Live", see = "encoded from the weeks before and what arrived since" }
show.table { serve.store_report { served2 }, title = "Store", see = "where its values came from" }
show.table { sweep, title = "Sweep", see = "a short life serves fewer values" }
expect.above { model, "roc_auc", 0.3, on = live2, because = "it can be scored" }
)",
                                        "encoders.lua");
  INFO((plan ? "" : plan.error().message));
  REQUIRE(plan);
  plan::Cache cache;
  const auto run = plan::execute(*plan, cache);
  INFO((run ? "" : run.error().message));
  REQUIRE(run);
  for (const plan::Node& node : plan->nodes) {
    if (node.step->name != "features.target") continue;
    const auto index = static_cast<std::size_t>(&node - plan->nodes.data());
    plan::StepCall call{{}, node.labels, node.parameters};
    for (const auto& [port, refs] : node.inputs)
      for (const plan::Ref& ref : refs) call.inputs[port].push_back(run->at(ref));
    const Frame past = call.inputs["rows"][0]->as_frame();
    const auto trail = node.step->trail(call, *run->outputs[index], past.rows() + 5);
    REQUIRE(trail);
    const double n = trail->find("rows n")->number(0), sum = trail->find("labels Σy")->number(0),
                 prior = trail->find("prior")->number(0), m = trail->find("smoothing m")->number(0);
    CHECK(trail->find("encoded")->number(0) == Approx((sum + m * prior) / (n + m)));
    CHECK((*run->outputs[index])[1]->as_frame().find("community_target")->number(5) ==
          trail->find("encoded")->number(0));
  }
}
