// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search by meaning over the days of a corpus, with a model that ages and one that replaces it:
// a row a question, a row a day, and what the upkeep cost.
#include <cmath>

#include "engine/retrieval/embedding_lifecycle.hpp"
#include "engine/steps/retrieve_dated_call.hpp"

namespace rehearse::steps {
namespace {

using retrieval::EmbeddingRun;

retrieval::EmbeddingPolicy embedding_policy(const StepCall& call, const StepContext& context) {
  retrieval::EmbeddingPolicy p;
  p.lsa.dims = static_cast<std::size_t>(call.integer("dims"));
  p.lsa.seed = context.seed;
  p.tokenizer.stem = call.boolean("stem");
  p.migration = call.text("migration") == "in-place" ? retrieval::Migration::in_place
                                                     : retrieval::Migration::shadow;
  if (call.given("swap_day")) p.swap_day = call.number("swap_day");
  p.reembed_a_day = call.number("reembed_a_day");
  p.embed_delay_hours = call.number("embed_delay_hours");
  p.fallback_above = call.number("fallback_above");
  p.retrain_below = call.number("retrain_below");
  p.labelled_a_day = static_cast<std::size_t>(call.integer("labelled_a_day"));
  p.recall_window_days = static_cast<std::size_t>(call.integer("window_days"));
  p.k = static_cast<std::size_t>(call.integer("k"));
  p.fresh_days = call.number("fresh_days");
  return p;
}

Result<Frame> by_query_rows(const DatedTables& tables, const EmbeddingRun& run) {
  NumberTable numbers;
  std::vector<std::string> ids, kinds;
  for (const retrieval::EmbeddingSearch& one : run.searches) {
    ids.push_back(tables.query_ids[one.query]), kinds.push_back(tables.kinds[one.query]);
    numbers.add("day", std::floor(tables.corpus.queries[one.query].time));
    numbers.add("recall", one.recall), numbers.add("bm25_recall", one.bm25_recall);
    numbers.add("fresh_recall", one.fresh_recall.value_or(std::nan("")));
    numbers.add("nearest_cosine", one.nearest_cosine.value_or(std::nan("")));
    numbers.add("unknown_words", one.unknown_words);
    numbers.add("labelled", one.labelled), numbers.add("fallback", one.by_fallback);
  }
  auto rows = std::move(numbers).build();
  if (!rows) return rows;
  Frame::Builder texts;
  texts.add("query", ids, {.role = Role::id}).add("kind", kinds);
  auto all = std::move(texts).build();
  for (std::size_t c = 0; c < rows->columns() && all; ++c) all = all->with(rows->column(c));
  return all;
}

Result<Frame> embedding_days(const EmbeddingRun& run) {
  NumberTable table;
  for (const retrieval::EmbeddingDay& day : run.days) {
    table.add("day", day.day), table.add("queries", static_cast<double>(day.queries));
    table.add("recall", day.recall), table.add("fresh_recall", day.fresh_recall);
    table.add("labelled_recall", day.labelled_recall), table.add("bm25_recall", day.bm25_recall);
    table.add("nearest_cosine", day.nearest_cosine), table.add("ks", day.ks);
    table.add("ks_p", day.ks_p), table.add("unknown_words", day.unknown_words);
    table.add("stale_share", day.stale_share), table.add("fallback_share", day.fallback_share);
    table.add("embedded", static_cast<double>(day.embedded));
    table.add("models", static_cast<double>(day.models));
  }
  return std::move(table).build();
}

// As lines of one plot: what was served, what words alone would find, what the labels show.
Result<Frame> recall_lines(const EmbeddingRun& run) {
  std::vector<std::string> series;
  std::vector<double> days, recall;
  const auto line = [&](const char* name, double retrieval::EmbeddingDay::*value) {
    for (const retrieval::EmbeddingDay& day : run.days)
      if (!std::isnan(day.*value))
        series.emplace_back(name), days.push_back(day.day), recall.push_back(day.*value);
  };
  line("as served", &retrieval::EmbeddingDay::recall);
  line("on labelled questions", &retrieval::EmbeddingDay::labelled_recall);
  line("by words alone (BM25)", &retrieval::EmbeddingDay::bm25_recall);
  Frame::Builder builder;
  builder.add("series", series).add("day", std::move(days)).add("recall", std::move(recall));
  return std::move(builder).build();
}

Result<Frame> embedding_summary(const EmbeddingRun& run) {
  double recall = 0, bm25 = 0, fresh = 0, with_fresh = 0, embedded = 0, fallback = 0;
  double worst = 1, fired = std::nan("");
  for (const retrieval::EmbeddingSearch& one : run.searches) {
    recall += one.recall, bm25 += one.bm25_recall, fallback += one.by_fallback;
    if (one.fresh_recall) fresh += *one.fresh_recall, with_fresh += 1;
  }
  for (const retrieval::EmbeddingDay& day : run.days) {
    embedded += static_cast<double>(day.embedded);
    if (!std::isnan(day.recall)) worst = std::min(worst, day.recall);
    if (std::isnan(fired) && day.ks_p < 0.001) fired = day.day;
  }
  const auto n = static_cast<double>(run.searches.size());
  NumberTable table;
  table.add("recall", recall / n), table.add("worst_day_recall", n > 0 ? worst : std::nan(""));
  table.add("fresh_recall", fresh / with_fresh), table.add("bm25_recall", bm25 / n);
  table.add("fallback_share", fallback / n), table.add("embedded", embedded);
  table.add("models", static_cast<double>(run.days.back().models));
  table.add("first_ks_alarm_day", fired);
  return std::move(table).build();
}

Result<Outputs> run_retrieve_embedding(const StepCall& call, const StepContext& context) {
  auto tables = dated_tables(call, call.integer("least_relevance"));
  if (!tables) return fail(tables.error());
  auto run = retrieval::replay_embedding(tables->corpus, embedding_policy(call, context),
                                         context.progress);
  if (!run) return fail(run.error());
  if (run->searches.empty())
    return fail(Code::bad_data, "no question has a relevant document, so no search can be judged");
  Outputs outputs;
  for (auto frame : {by_query_rows(*tables, *run), embedding_days(*run), recall_lines(*run),
                     embedding_summary(*run)}) {
    if (!frame) return fail(frame.error());
    outputs.push_back(plan::Artifact::of(std::move(*frame)));
  }
  return outputs;
}

std::vector<plan::Parameter> embedding_days_parameters() {
  return {
      integer_parameter("dims", 96, 1, 1000, "dimensions of the embedding (LSA)"),
      {.name = "stem",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "stop words dropped and words cut to their stems"},
      choice_parameter("migration", "shadow", {"in-place", "shadow"},
                       "how a new model takes over: questions at once and vectors bit by bit, or "
                       "both together when the last vector is made"),
      {.name = "swap_day",
       .low = -1e6,
       .high = 1e6,
       .unit = "days",
       .sentence = "when a new model is fitted on what then stands; not given: never",
       .optional = true},
      number_parameter("reembed_a_day", 300, 0, 1e12, "documents embedded again in a day"),
      number_parameter("embed_delay_hours", 1, 0, 1e6, "from a post to its vector", "hours"),
      number_parameter("fallback_above", 1, 0, 1,
                       "share of stale vectors from which BM25 answers; 1: never"),
      number_parameter("retrain_below", 0, 0, 1,
                       "recall on labelled questions under which a new model is fitted; 0: never"),
      integer_parameter("labelled_a_day", 20, 1, 1000000, "questions that people judge in a day"),
      integer_parameter("window_days", 3, 1, 1000, "days that the trigger averages over"),
      integer_parameter("k", 10, 1, 1000, "ranks that are judged"),
      number_parameter("fresh_days", 2, 1e-6, 1e6, "a post is fresh while it is younger", "days"),
      integer_parameter("least_relevance", 2, 1, 1000, "of a post that counts as an answer")};
}

const StepRegistration kRetrieveEmbedding{{
    .name = "retrieve.embedding_days",
    .version = 2,
    .sentence = "Search by meaning day by day while words come up that the model never saw and a "
                "new model replaces it: recall, what can be watched, documents embedded.",
    .example = "local by_query, days, lines, summary = retrieve.embedding_days { posts, questions, "
               "answers, swap_day = 14 }",
    .inputs = dated_ports(),
    .outputs = {{.name = "by_query",
                 .kind = Kind::frame,
                 .sentence = "query, kind, day, recall, nearest_cosine, unknown_words, labelled"},
                {.name = "days",
                 .kind = Kind::frame,
                 .sentence = "day, recall, labelled_recall, bm25_recall, ks, ks_p, stale_share, "
                             "embedded, models"},
                {.name = "lines", .kind = Kind::frame, .sentence = "series, day, recall"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "one row: recall, worst_day_recall, fresh_recall, embedded, models, "
                             "first_ks_alarm_day"}},
    .parameters = embedding_days_parameters(),
    .run = run_retrieve_embedding,
}};

}  // namespace
}  // namespace rehearse::steps
