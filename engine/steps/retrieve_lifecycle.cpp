// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan of upkeep for a search index, replayed over the days of a corpus: what is found each day,
// how old the index is, and what keeping it costs.
#include "engine/retrieval/index_lifecycle.hpp"

#include <cmath>

#include "engine/steps/retrieve_dated_call.hpp"

namespace rehearse::steps {
namespace {

using retrieval::LifecycleDay;

retrieval::LifecyclePolicy lifecycle_policy(const StepCall& call) {
  retrieval::LifecyclePolicy p;
  const std::string& plan = call.text("plan");
  p.upkeep = plan == "rebuild"  ? retrieval::Upkeep::rebuild
             : plan == "merge"  ? retrieval::Upkeep::merge
             : plan == "tiered" ? retrieval::Upkeep::tiered
                                : retrieval::Upkeep::rotate;
  p.every_days = call.number("every_days");
  p.refresh_hours = call.boolean("hot") ? call.number("refresh_hours") : 0;
  p.shadow = call.boolean("shadow");
  p.documents_per_hour = call.number("documents_per_hour");
  p.fanout = static_cast<std::size_t>(call.integer("fanout"));
  p.shards = static_cast<std::size_t>(call.integer("shards"));
  p.k = static_cast<std::size_t>(call.integer("k"));
  p.fresh_days = call.number("fresh_days");
  p.index.bm25 = {call.number("k1"), call.number("b")};
  p.index.tokenizer.stem = call.boolean("stem");
  const std::string& statistics = call.text("statistics");
  p.index.statistics = statistics == "own"            ? retrieval::Statistics::own
                       : statistics == "with-deleted" ? retrieval::Statistics::with_deleted
                                                      : retrieval::Statistics::shared;
  return p;
}

constexpr double kKilobyte = 1024;

Result<Frame> daily_rows(const std::vector<LifecycleDay>& days) {
  NumberTable table;
  for (const LifecycleDay& day : days) {
    table.add("day", day.day);
    table.add("queries", static_cast<double>(day.queries));
    table.add("recall", day.recall);
    table.add("fresh_recall", day.fresh_recall);
    table.add("gone_share", day.gone_share);
    table.add("lag_hours", day.lag_hours);
    table.add("unavailable_share", day.unavailable_share);
    table.add("segments", day.segments);
    table.add("postings", day.postings);
    table.add("kilobytes", static_cast<double>(day.most_bytes) / kKilobyte);
    table.add("dead_share", day.dead_share);
    table.add("indexed", static_cast<double>(day.indexed));
    table.add("merged", static_cast<double>(day.merged));
    table.add("written_kilobytes", static_cast<double>(day.merged_bytes) / kKilobyte);
  }
  return std::move(table).build();
}

// Means over the days, weighted by what they were taken over; the work a day.
Result<Frame> lifecycle_summary(const std::vector<LifecycleDay>& days, const std::string& plan) {
  double queries = 0, answerable = 0, with_fresh = 0, hits_days = 0;
  double recall = 0, fresh = 0, gone = 0, lag = 0, most_lag = 0, unavailable = 0, segments = 0;
  double postings = 0, bytes = 0, dead = 0, indexed = 0, merged = 0;
  const auto weighted = [](double value, double weight) { return weight > 0 ? value * weight : 0; };
  for (const LifecycleDay& day : days) {
    const auto n = static_cast<double>(day.queries);
    queries += n, answerable += static_cast<double>(day.answerable);
    with_fresh += static_cast<double>(day.with_fresh);
    recall += weighted(day.recall, static_cast<double>(day.answerable));
    fresh += weighted(day.fresh_recall, static_cast<double>(day.with_fresh));
    if (!std::isnan(day.gone_share)) gone += day.gone_share, hits_days += 1;
    lag += weighted(day.lag_hours, n), unavailable += weighted(day.unavailable_share, n);
    most_lag = n > 0 ? std::max(most_lag, day.lag_hours) : most_lag;
    segments += weighted(day.segments, n), postings += weighted(day.postings, n);
    bytes = std::max(bytes, static_cast<double>(day.most_bytes));
    dead = std::isnan(day.dead_share) ? dead : std::max(dead, day.dead_share);
    indexed += static_cast<double>(day.indexed), merged += static_cast<double>(day.merged);
  }
  const auto n = static_cast<double>(days.size());
  NumberTable table;
  table.add("recall", recall / answerable), table.add("fresh_recall", fresh / with_fresh);
  table.add("gone_share", gone / hits_days), table.add("lag_hours", lag / queries);
  table.add("worst_day_lag_hours", most_lag);
  table.add("unavailable_share", unavailable / queries), table.add("segments", segments / queries);
  table.add("postings", postings / queries), table.add("kilobytes", bytes / kKilobyte);
  table.add("dead_share", dead), table.add("indexed_a_day", indexed / n);
  table.add("merged_a_day", merged / n), table.add("written_a_day", (indexed + merged) / n);
  auto numbers = std::move(table).build();
  if (!numbers) return numbers;
  Frame::Builder name;
  name.add("plan", std::vector<std::string>{plan});
  auto named = std::move(name).build();
  if (!named) return named;
  for (std::size_t c = 0; c < numbers->columns() && named; ++c)
    named = named->with(numbers->column(c));
  return named;
}

Result<Outputs> run_retrieve_lifecycle(const StepCall& call, const StepContext& context) {
  auto tables = dated_tables(call, call.integer("least_relevance"));
  if (!tables) return fail(tables.error());
  auto days = retrieval::replay_lifecycle(tables->corpus, lifecycle_policy(call), context.progress);
  if (!days) return fail(days.error());
  const std::string label = call.given("name") ? call.text("name") : call.text("plan");
  return two(daily_rows(*days), lifecycle_summary(*days, label));
}

std::vector<plan::Parameter> lifecycle_parameters() {
  return {
      choice_parameter("plan", "merge", {"rebuild", "merge", "tiered", "rotate"},
                       "everything anew; the hot index merged into the main one; segments merged "
                       "by size; a shard for each stretch of days"),
      number_parameter("every_days", 7, 0.01, 1e5, "between two rebuilds, merges or shards",
                       "days"),
      {.name = "hot",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "a hot index takes new posts between them, and tombstones"},
      number_parameter("refresh_hours", 1, 0.1, 1e5, "between two additions to it", "hours"),
      {.name = "shadow",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "the old index serves while a rebuild runs"},
      number_parameter("documents_per_hour", 200, 1e-3, 1e12, "read by a rebuild"),
      integer_parameter("fanout", 8, 2, 1000, "segments of a size that are merged into one"),
      integer_parameter("shards", 4, 1, 1000, "shards that are kept, the open one included"),
      choice_parameter("statistics", "shared", {"shared", "with-deleted", "own"},
                       "whose counts idf and mean length are: of all that stands, with the dead, "
                       "or of each segment alone"),
      number_parameter("k1", 0.9, 0, 1000, "BM25: how soon a repeated word stops counting"),
      number_parameter("b", 0.4, 0, 1, "BM25: how far long posts are held back"),
      {.name = "stem",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "stop words dropped and words cut to their stems"},
      integer_parameter("k", 10, 1, 1000, "ranks that are judged"),
      number_parameter("fresh_days", 2, 1e-6, 1e6, "a post is fresh while it is younger", "days"),
      integer_parameter("least_relevance", 2, 1, 1000, "of a post that counts as an answer"),
      {.name = "name",
       .type = ParameterType::text,
       .sentence = "what the plan is called in the summary",
       .optional = true}};
}

const StepRegistration kRetrieveLifecycle{{
    .name = "retrieve.lifecycle",
    .sentence = "Keep a search index up to date by a plan, day by day: what is found, how old the "
                "index is, and what its upkeep costs.",
    .example = "local days, summary = retrieve.lifecycle { posts, questions, answers, plan = "
               "\"merge\", every_days = 7 }",
    .inputs = dated_ports(),
    .outputs = {{.name = "days",
                 .kind = Kind::frame,
                 .sentence =
                     "day, recall, fresh_recall, gone_share, lag_hours, segments, postings, "
                     "kilobytes, dead_share, indexed, merged"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence =
                     "one row: means of the days, the greatest kilobytes, documents written "
                     "a day"}},
    .parameters = lifecycle_parameters(),
    .run = run_retrieve_lifecycle,
}};

}  // namespace
}  // namespace rehearse::steps
