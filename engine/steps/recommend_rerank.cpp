// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists scored by a model and re-ranked by rules, with what each list is worth in truth: clicks of
// readers who tire of a topic, reports, unsafe posts shown, beside diversity and coverage.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "engine/calibration/segments.hpp"
#include "engine/metrics/ranking.hpp"
#include "engine/recommend/rerank_list.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

using recommend::RerankCandidates;
using recommend::RerankRules;

// One request with what is known and what is true of its candidates.
struct RerankRequest {
  RerankCandidates candidates;
  std::vector<double> click, report, unsafe, relevance;
};

struct RerankWorld {
  std::vector<RerankRequest> requests;
  std::size_t communities = 0;
  double fatigue = 1;
};

Result<RerankWorld> rerank_world(const StepCall& call, const Frame& on) {
  auto lists = calibration::segments_of(on, std::vector{call.text("by")}, on.rows());
  if (!lists) return fail(lists.error());
  auto scores = call.input("model")->scorer()->score(on);
  if (!scores) return fail(scores.error());
  std::map<std::string, std::vector<double>> numbers;
  for (const char* name :
       {"age_hours", "risk", "click_probability", "report_probability", "unsafe", "relevance"}) {
    auto column = on.require(name);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the column `{}` holds texts; numbers are due", name);
    numbers[name] = (*column)->numbers();
  }
  std::map<std::string, calibration::Segments> codes;
  for (const char* name : {"topic", "community", "author"}) {
    auto segments = calibration::segments_of(on, std::vector{std::string(name)}, on.rows());
    if (!segments) return fail(segments.error());
    codes[name] = *std::move(segments);
  }
  RerankWorld world;
  world.requests.resize(lists->names.size());
  world.communities = codes["community"].names.size(), world.fatigue = call.number("fatigue");
  for (std::size_t row = 0; row < on.rows(); ++row) {
    RerankRequest& r = world.requests[lists->codes[row]];
    r.candidates.relevance.push_back((*scores)[row]);
    r.candidates.age_hours.push_back(numbers["age_hours"][row]);
    r.candidates.risk.push_back(numbers["risk"][row]);
    r.candidates.topic.push_back(codes["topic"].codes[row]);
    r.candidates.community.push_back(codes["community"].codes[row]);
    r.candidates.author.push_back(codes["author"].codes[row]);
    r.click.push_back(numbers["click_probability"][row]);
    r.report.push_back(numbers["report_probability"][row]);
    r.unsafe.push_back(numbers["unsafe"][row]), r.relevance.push_back(numbers["relevance"][row]);
  }
  return world;
}

// Means over requests of what was shown.
class ShownSums {
 public:
  ShownSums(const RerankWorld& world, std::size_t k) : world_(world), k_(k) {}

  void add(const RerankRequest& r, const std::vector<std::size_t>& shown) {
    ++requests_, places_ += static_cast<double>(shown.size());
    clicks_ += clicks_with_fatigue(r.candidates, r.click, shown, world_.fatigue);
    std::set<std::uint32_t> topics;
    for (std::size_t place = 0; place < shown.size(); ++place) {
      const std::size_t i = shown[place];
      reports_ += r.report[i] / std::log2(static_cast<double>(place) + 2);
      unsafe_ += r.unsafe[i], age_ += r.candidates.age_hours[i];
      topics.insert(r.candidates.topic[i]), communities_.insert(r.candidates.community[i]);
    }
    topics_ += static_cast<double>(topics.size());
    add_pairs(r.candidates, shown);
    add_ndcg(r, shown);
  }

  // ndcg, clicks, reports (a thousand requests), unsafe_share, diversity, topics, coverage,
  // age_hours, places.
  std::vector<double> row() const {
    const double n = requests_, places = places_ > 0 ? places_ : std::nan("");
    return {lists_ > 0 ? ndcg_ / lists_ : std::nan(""),
            clicks_ / n,
            1000 * reports_ / n,
            unsafe_ / places,
            pairs_ > 0 ? 1 - alike_ / pairs_ : std::nan(""),
            topics_ / n,
            static_cast<double>(communities_.size()) / static_cast<double>(world_.communities),
            age_ / places,
            places_ / n};
  }

 private:
  void add_pairs(const RerankCandidates& c, const std::vector<std::size_t>& shown) {
    const std::vector<double> all = recommend::likeness(c);
    for (std::size_t a = 0; a < shown.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        alike_ += all[shown[a] * c.topic.size() + shown[b]], ++pairs_;
  }
  // A candidate that a rule left out earns nothing, and the best order still counts it.
  void add_ndcg(const RerankRequest& r, const std::vector<std::size_t>& shown) {
    std::vector<double> best = r.relevance, list;
    std::sort(best.begin(), best.end(), std::greater<>());
    for (const std::size_t i : shown) list.push_back(r.relevance[i]);
    const double ideal = metrics::dcg(best, k_);
    if (ideal > 0) ++lists_, ndcg_ += metrics::dcg(list, k_) / ideal;
  }

  const RerankWorld& world_;
  std::size_t k_;
  double requests_ = 0, places_ = 0, clicks_ = 0, reports_ = 0, unsafe_ = 0, age_ = 0, topics_ = 0,
         alike_ = 0, pairs_ = 0, ndcg_ = 0, lists_ = 0;
  std::set<std::uint32_t> communities_;
};

constexpr const char* kShownColumns[] = {"ndcg",         "clicks",    "reports",
                                         "unsafe_share", "diversity", "topics",
                                         "coverage",     "age_hours", "places"};

struct ShownTable {
  std::vector<std::string> list;
  std::vector<double> lambda;
  std::vector<std::vector<double>> columns{std::size(kShownColumns)};
  void add(const std::string& name, double at, const std::vector<double>& row) {
    list.push_back(name), lambda.push_back(at);
    for (std::size_t c = 0; c < row.size(); ++c) columns[c].push_back(row[c]);
  }
  Result<Frame> build(bool with_lambda) && {
    Frame::Builder b;
    b.add("list", list);
    if (with_lambda) b.add("lambda", std::move(lambda));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string name = kShownColumns[c];
      const bool share = name == "unsafe_share" || name == "coverage" || name == "diversity";
      b.add(name, std::move(columns[c]), {.unit = share ? "%" : ""});
    }
    return std::move(b).build();
  }
};

Result<std::vector<double>> shown_by(const RerankWorld& world, const RerankRules& rules) {
  ShownSums sums(world, rules.k);
  for (const RerankRequest& request : world.requests) {
    auto shown = recommend::reranked(request.candidates, rules);
    if (!shown) return fail(shown.error());
    sums.add(request, *shown);
  }
  return sums.row();
}

RerankRules rules_given(const StepCall& call) {
  RerankRules rules;
  rules.lambda = call.number("lambda"), rules.k = static_cast<std::size_t>(call.integer("k"));
  rules.cap_community = static_cast<std::size_t>(call.integer("cap_community"));
  rules.cap_author = static_cast<std::size_t>(call.integer("cap_author"));
  rules.half_life_hours = call.number("half_life"), rules.most_risk = call.number("most_risk");
  return rules;
}

// The list with its diversity from 0 to 1, all other rules as they are.
Result<Frame> trade_of(const RerankWorld& world, RerankRules rules, const std::string& method,
                       int steps, const Progress& progress) {
  ShownTable table;
  for (int s = 0; s < steps; ++s) {
    if (!progress.report(static_cast<double>(s) / steps)) return cancelled();
    rules.lambda = steps > 1 ? static_cast<double>(s) / (steps - 1) : rules.lambda;
    auto row = shown_by(world, rules);
    if (!row) return fail(row.error());
    table.add(method, rules.lambda, *row);
  }
  return std::move(table).build(true);
}

Result<Outputs> run_recommend_rerank(const StepCall& call, const StepContext& context) {
  auto method = recommend::parse_rerank_method(call.text("method"));
  if (!method) return fail(method.error());
  auto world = rerank_world(call, call.input("on")->as_frame());
  if (!world) return fail(world.error());
  RerankRules rules = rules_given(call), plain;
  rules.method = *method, plain.method = recommend::RerankMethod::score, plain.k = rules.k;
  auto by_score = shown_by(*world, plain), by_rules = shown_by(*world, rules);
  for (const auto* row : {&by_score, &by_rules})
    if (!*row) return fail(row->error());
  ShownSums truth(*world, rules.k);
  for (const RerankRequest& r : world->requests)
    truth.add(r, recommend::greedy_by_truth(r.candidates, r.click, rules.k, world->fatigue));
  ShownTable table;
  table.add("by score", 1, *by_score), table.add("re-ranked", rules.lambda, *by_rules);
  table.add("greedy by the truth", 1, truth.row());
  return two(std::move(table).build(false),
             trade_of(*world, rules, call.text("method"), static_cast<int>(call.integer("sweep")),
                      context.progress));
}

const StepRegistration kRecommendRerank{{
    .name = "recommend.rerank",
    .sentence =
        "Re-rank the lists of a model: drop what is unsafe, fade what is old, spread what is "
        "alike, cap communities and authors; and measure what readers make of it.",
    .example =
        "local lists, trade = recommend.rerank { model, on = later, method = \"mmr\", lambda "
        "= 0.6, cap_community = 2 }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "what scores the candidates"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "a row a candidate, of simulate.ranked_lists",
                .named = true}},
    .outputs =
        {{.name = "lists",
          .kind = Kind::frame,
          .sentence = "by score, re-ranked, greedy by the truth: ndcg, clicks, reports (of a "
                      "thousand requests), unsafe_share, diversity, topics, coverage, "
                      "age_hours, places"},
         {.name = "trade", .kind = Kind::frame, .sentence = "the same for lambda from 0 to 1"}},
    .parameters = {text_parameter("by", "request", "the column that tells lists apart"),
                   choice_parameter("method", "mmr", {"score", "mmr", "dpp"},
                                    "relevance alone, maximal marginal relevance, or a "
                                    "determinantal point process"),
                   number_parameter("lambda", 0.7, 0, 1, "1 is relevance alone, 0 diversity alone"),
                   integer_parameter("k", 10, 1, 1000, "places of a list"),
                   integer_parameter("cap_community", 0, 0, 1000,
                                     "posts of a community in a list at most; 0: no cap"),
                   integer_parameter("cap_author", 0, 0, 1000,
                                     "posts of an author in a list at most; 0: no cap"),
                   number_parameter("half_life", 0, 0, 1e6,
                                    "in which relevance is halved; 0: age does not matter",
                                    "hours"),
                   number_parameter("most_risk", 1, 0, 1,
                                    "posts whose risk is above it are not shown; 1: all are"),
                   number_parameter("fatigue", 0.7, 0, 1,
                                    "what is left of liking a topic each time that it was shown"),
                   integer_parameter("sweep", 11, 1, 101, "values of lambda in `trade`")},
    .run = run_recommend_rerank,
}};

}  // namespace
}  // namespace rehearse::steps
