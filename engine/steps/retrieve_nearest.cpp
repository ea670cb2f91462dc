// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches of an index, judged against those of an exact one. Work is counted and priced, never
// timed, so that the same run gives the same figures on every machine.
#include <cmath>
#include <set>

#include "engine/steps/nearest_call.hpp"

namespace rehearse::steps {
namespace {

using retrieval::Hit;
using FoundLists = std::vector<std::vector<std::int64_t>>;  // by query, vectors from 1

// The rows of another run of this step, by query.
Result<FoundLists> lists_of(const Frame& found, std::size_t queries) {
  auto query = found.require("query"), vector = found.require("vector");
  if (!query) return fail(query.error());
  if (!vector) return fail(vector.error());
  if (!(*query)->numeric() || !(*vector)->numeric())
    return fail(Code::bad_data, "`query` and `vector` of the truth must be numbers");
  FoundLists lists(queries);
  for (std::size_t row = 0; row < found.rows(); ++row) {
    const double of = (*query)->number(row);
    if (!(of >= 1 && of <= static_cast<double>(queries)))
      return fail(Code::bad_data, "row {}: the truth speaks of query {:g}; there are {}", row + 1,
                  of, queries);
    lists[static_cast<std::size_t>(of) - 1].push_back(
        static_cast<std::int64_t>((*vector)->number(row)));
  }
  return lists;
}

struct Asked {
  std::vector<std::int32_t> query, rank, vector;
  std::vector<double> similarity;
  retrieval::NearestWork work;
  double recall = 0, judged = 0;  // a sum, over so many queries

  void add(std::size_t q, const std::vector<Hit>& hits, const FoundLists* truth) {
    std::set<std::int64_t> ids;
    for (std::size_t r = 0; r < hits.size(); ++r) {
      query.push_back(static_cast<std::int32_t>(q + 1));
      rank.push_back(static_cast<std::int32_t>(r + 1));
      vector.push_back(static_cast<std::int32_t>(hits[r].document + 1));
      similarity.push_back(hits[r].score);
      ids.insert(vector.back());
    }
    if (!truth || (*truth)[q].empty()) return;
    double there = 0;
    for (const std::int64_t id : (*truth)[q]) there += static_cast<double>(ids.count(id));
    recall += there / static_cast<double>((*truth)[q].size()), judged += 1;
  }
};

Result<Asked> searches_of(const retrieval::NearestIndex& index, const VectorTable& queries,
                          std::size_t k, const retrieval::NearestEffort& effort,
                          const FoundLists* truth, const Progress& progress) {
  Asked asked;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    if (q % 64 == 0 && progress.stop_requested()) return cancelled();
    const auto hits = index.search(queries.row(q), k, effort, &asked.work);
    if (!hits) return fail(hits.error().code, "query {}: {}", q + 1, hits.error().message);
    asked.add(q, *hits, truth);
  }
  return asked;
}

// One row a setting.
struct SettingRows {
  std::vector<std::string> series;
  std::vector<double> setting, recall, multiplications, jumps, lookups, micros, kilobytes, bytes;

  void add(const StepCall& call, const std::string& name, const retrieval::NearestIndex& index,
           double at, const Asked& asked, std::size_t queries) {
    const auto count = static_cast<double>(queries);
    const double size = static_cast<double>(index.bytes());
    series.push_back(name), setting.push_back(at);
    recall.push_back(asked.judged > 0 ? asked.recall / asked.judged : std::nan(""));
    multiplications.push_back(asked.work.multiplications / count);
    jumps.push_back(asked.work.jumps / count), lookups.push_back(asked.work.lookups / count);
    micros.push_back((multiplications.back() * call.number("ns_multiplication") +
                      jumps.back() * call.number("ns_jump") +
                      lookups.back() * call.number("ns_lookup")) /
                     1000);
    kilobytes.push_back(size / 1024);
    bytes.push_back(size / static_cast<double>(std::max<std::size_t>(1, index.size())));
  }
  Result<Frame> build() && {
    Frame::Builder b;
    std::vector<std::uint8_t> judged;
    for (const double one : recall) judged.push_back(!std::isnan(one));
    b.add("series", series).add("setting", std::move(setting));
    b.add("recall", std::move(recall)).missing(std::move(judged));
    b.add("multiplications", std::move(multiplications)).add("jumps", std::move(jumps));
    b.add("lookups", std::move(lookups));
    b.add("microseconds", std::move(micros), {.unit = "microseconds"});
    b.add("kilobytes", std::move(kilobytes), {.unit = "kilobytes"});
    b.add("bytes", std::move(bytes), {.unit = "bytes"});
    return std::move(b).build();
  }
};

// The settings of an index that are asked for: ef of a graph, probes of cells, one row of the rest.
std::vector<retrieval::NearestEffort> efforts_for(const retrieval::NearestIndex& index,
                                                  const StepCall& call) {
  retrieval::NearestEffort effort = effort_of(call);
  std::vector<retrieval::NearestEffort> efforts;
  if (index.hnsw() || index.ivf())
    for (const double setting : call.numbers("sweep")) {
      effort.ef = effort.probes = static_cast<std::size_t>(setting);
      efforts.push_back(effort);
    }
  if (efforts.empty()) efforts.push_back(effort);
  return efforts;
}

double setting_of(const retrieval::NearestIndex& index, const retrieval::NearestEffort& effort) {
  if (index.hnsw()) return static_cast<double>(effort.ef);
  return index.ivf() ? static_cast<double>(effort.probes) : static_cast<double>(index.size());
}

Result<Outputs> run_retrieve_nearest(const StepCall& call, const StepContext& context) {
  auto queries = vector_table(call.input("queries")->as_frame());
  if (!queries) return fail(queries.error());
  if (queries->size() == 0) return fail(Code::bad_data, "there are no queries to search for");
  FoundLists truth;
  if (call.has("truth")) {
    auto lists = lists_of(call.input("truth")->as_frame(), queries->size());
    if (!lists) return fail(lists.error());
    truth = *std::move(lists);
  }
  const auto k = static_cast<std::size_t>(call.integer("k"));
  SettingRows rows;
  Asked last;
  const auto& indexes = call.inputs.at("index");
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    auto model = index_model(indexes[i]);
    if (!model) return fail(model.error());
    const retrieval::NearestIndex& index = (*model)->index();
    if (index.dims() != queries->dims)
      return fail(Code::bad_data, "queries have {} dimensions and the vectors of the index {}",
                  queries->dims, index.dims());
    const auto labels = call.labels.find("index");
    const std::string name = labels == call.labels.end() ? (*model)->describe() : labels->second[i];
    for (const retrieval::NearestEffort& effort : efforts_for(index, call)) {
      auto asked = searches_of(index, *queries, k, effort, call.has("truth") ? &truth : nullptr,
                               context.progress);
      if (!asked) return fail(asked.error());
      rows.add(call, name, index, setting_of(index, effort), *asked, queries->size());
      last = *std::move(asked);
    }
    if (!context.progress.report(static_cast<double>(i + 1) / static_cast<double>(indexes.size())))
      return cancelled();
  }
  Frame::Builder found;
  found.add("query", std::move(last.query)).add("rank", std::move(last.rank));
  found.add("vector", std::move(last.vector)).add("similarity", std::move(last.similarity));
  return two(std::move(rows).build(), std::move(found).build());
}

const StepRegistration kRetrieveNearest{{
    .name = "retrieve.nearest",
    .sentence = "Search one or several indexes for the nearest of each query; recall against an "
                "exact search, and what it costs, counted and priced.",
    .example = "local summary, found = retrieve.nearest { graph, queries = queries, truth = "
               "true_found, ef = 50 }",
    .inputs =
        {{.name = "index", .kind = Kind::model, .sentence = "of retrieve.index", .variadic = true},
         {.name = "queries",
          .kind = Kind::frame,
          .sentence = "v1, v2 …, a row a query",
          .named = true},
         {.name = "truth",
          .kind = Kind::frame,
          .sentence = "`found` of an exact search",
          .optional = true,
          .named = true}},
    .outputs = {{.name = "summary",
                 .kind = Kind::frame,
                 .sentence =
                     "a row an index and setting: series, setting, recall, multiplications, jumps, "
                     "lookups and microseconds a query, kilobytes, bytes a vector"},
                {.name = "found",
                 .kind = Kind::frame,
                 .sentence = "query, rank, vector, similarity of the last row"}},
    .parameters = joined_parameters(
        effort_parameters(),
        {{.name = "sweep",
          .type = ParameterType::numbers,
          .initial = std::vector<double>{},
          .low = 1,
          .high = 100000,
          .sentence = "several settings of ef, or of probes, in place of the one"},
         number_parameter("ns_multiplication", 0.25, 0, 1000,
                          "price of a multiplication in a row of them", "nanoseconds"),
         number_parameter("ns_jump", 40, 0, 100000,
                          "price of a read at a place that could not be foreseen", "nanoseconds"),
         number_parameter("ns_lookup", 1, 0, 1000, "price of one entry of a table of codes",
                          "nanoseconds")}),
    .run = run_retrieve_nearest,
}};

}  // namespace
}  // namespace rehearse::steps
