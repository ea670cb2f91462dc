// SPDX-License-Identifier: GPL-3.0-or-later
//
// Offline metrics beside what an online test would show, by cohort if asked for.
#include <cmath>

#include "engine/calibration/segments.hpp"
#include "engine/metrics/slates.hpp"
#include "engine/sim/site.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

constexpr int kLongestSlate = 255;

// The slates of a table, what their documents would earn when looked at, and who saw them.
struct Slates {
  std::vector<std::uint32_t> slate;
  std::vector<double> attraction, logged, examination;
  calibration::Segments cohorts;
  std::size_t count = 0;
};

Result<Slates> slates_of(const StepCall& call, const Frame& on, const std::string& label) {
  Slates s;
  auto slate = calibration::segments_of(on, std::vector{call.text("by")}, on.rows());
  if (!slate) return fail(slate.error());
  s.slate = std::move(slate->codes), s.count = slate->names.size();
  auto position = on.require("position");
  if (!position) return fail(position.error());
  s.logged = truth_of(on, label);
  if (s.logged.empty())
    return fail(Code::bad_data,
                "what an online test would show is known only of a simulated site: these rows have "
                "no truth");
  s.examination = sim::examination_curve(kLongestSlate, call.number("position_bias"));
  for (std::size_t row = 0; row < on.rows(); ++row) {
    const double at = (*position)->number(row);
    if (!(at >= 1 && at <= kLongestSlate))
      return fail(Code::bad_data, "row {}: the position is {}; positions lie in [1, {}]", row + 1,
                  at, kLongestSlate);
    s.attraction.push_back(
        std::min(1.0, s.logged[row] / s.examination[static_cast<std::size_t>(at) - 1]));
  }
  if (call.given("cohort")) {
    auto cohorts = calibration::segments_of(on, std::vector{call.text("cohort")});
    if (!cohorts) return fail(cohorts.error());
    s.cohorts = std::move(*cohorts);
  } else {
    s.cohorts = {std::vector<std::uint32_t>(on.rows(), 0), {"all"}};
  }
  return s;
}

// Every candidate as if it stood on top: a ranker cannot know the position that it will give.
Result<Frame> all_on_top(const Frame& rows) {
  Frame::Builder builder;
  builder.add("position", std::vector<std::uint8_t>(rows.rows(), 1), {.role = Role::feature});
  auto top = std::move(builder).build();
  if (!top) return fail(top.error());
  return rows.with(top->column(0));
}

struct OnlineTable {
  std::vector<std::string> cohort, model;
  std::vector<double> log_loss, roc_auc, clicks, uplift;

  Result<Frame> build(bool by_cohort) && {
    Frame::Builder builder;
    if (by_cohort) builder.add("cohort", cohort);
    builder.add("model", model);
    const std::pair<const char*, std::vector<double>*> columns[] = {{"offline_log_loss", &log_loss},
                                                                    {"offline_roc_auc", &roc_auc},
                                                                    {"clicks_per_1000", &clicks},
                                                                    {"online_uplift", &uplift}};
    for (const auto& [name, values] : columns) {
      std::vector<std::uint8_t> there;
      for (const double value : *values) there.push_back(std::isnan(value) ? 0 : 1);
      builder.add(name, std::move(*values), {.unit = values == &uplift ? "%" : ""})
          .missing(std::move(there));
    }
    return std::move(builder).build();
  }
};

// A row a cohort: `clicks` of the new order against the logged one, metrics where there are rows.
Result<void> add_ranking(OnlineTable& table, const Slates& slates, const std::string& name,
                         std::span<const double> clicks, const Judged* offline) {
  for (std::uint32_t c = 0; c < slates.cohorts.names.size(); ++c) {
    double now = 0, before = 0, rows = 0;
    Judged part;
    for (std::size_t i = 0; i < clicks.size(); ++i) {
      if (slates.cohorts.codes[i] != c) continue;
      now += clicks[i], before += slates.logged[i], rows += 1;
      if (offline)
        part.scores.push_back(offline->scores[i]), part.labels.push_back(offline->labels[i]);
    }
    double log_loss = std::nan(""), roc_auc = log_loss;
    if (offline) {
      auto loss = metric_of("log_loss", part), auc = metric_of("roc_auc", part);
      if (!loss) return fail(loss.error());
      if (!auc) return fail(auc.error());
      log_loss = loss->value, roc_auc = auc->value;
    }
    table.cohort.push_back(slates.cohorts.names[c]), table.model.push_back(name);
    table.log_loss.push_back(log_loss), table.roc_auc.push_back(roc_auc);
    table.clicks.push_back(1000 * now / rows), table.uplift.push_back(now / before - 1);
  }
  return {};
}

Result<Outputs> run_measure_online(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  const auto& models = call.inputs.at("models");
  auto slates = slates_of(call, on, models.front()->scorer()->label());
  if (!slates) return fail(slates.error());
  auto top = all_on_top(on);
  if (!top) return fail(top.error());
  OnlineTable table;
  if (auto added = add_ranking(table, *slates, "as it was shown", slates->logged, nullptr); !added)
    return fail(added.error());
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Scorer& model = *models[i]->scorer();
    auto offline = judge(model, on);
    if (!offline) return fail(offline.error());
    auto scores = model.score(*top);
    if (!scores) return fail(scores.error());
    auto clicks =
        metrics::reranked_clicks(slates->slate, slates->attraction, *scores, slates->examination);
    if (!clicks) return fail(clicks.error());
    if (auto added = add_ranking(table, *slates, call.labels.at("models")[i], *clicks, &*offline);
        !added)
      return fail(added.error());
  }
  auto best = metrics::reranked_clicks(slates->slate, slates->attraction, slates->attraction,
                                       slates->examination);
  if (!best) return fail(best.error());
  if (auto added = add_ranking(table, *slates, "best possible (truth)", *best, nullptr); !added)
    return fail(added.error());
  return one(std::move(table).build(call.given("cohort")));
}

const StepRegistration kMeasureOnline{{
    .name = "measure.online",
    .sentence = "Offline metrics of models beside the clicks that slates in their order would "
                "really get.",
    .example = "measure.online { old, new, on = live, cohort = \"platform\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to rank by",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "simulated slates with their truth",
                .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string("session_id"),
                    .sentence = "the column that tells slates apart"},
                   {.name = "cohort",
                    .type = ParameterType::text,
                    .sentence = "a column to tell users apart by",
                    .optional = true},
                   {.name = "position_bias",
                    .initial = 0.6,
                    .low = 0,
                    .high = 2,
                    .sentence = "the exponent of the examination curve that the site was simulated "
                                "with"}},
    .run = run_measure_online,
}};

}  // namespace
}  // namespace rehearse::steps
