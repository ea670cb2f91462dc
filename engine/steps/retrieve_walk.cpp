// SPDX-License-Identifier: GPL-3.0-or-later
//
// One search, drawn: which vectors were compared, on which layer or in which cells, and what was
// found, over the two axes of greatest variance.
#include <algorithm>
#include <set>

#include "engine/retrieval/projection.hpp"
#include "engine/steps/nearest_call.hpp"

namespace rehearse::steps {
namespace {

// What a vector was in the search, from what is drawn first to what is drawn last.
enum class Part { unseen, upper, compared, missed, found, query };
constexpr const char* kPartNames[] = {"not looked at", "compared on upper layers",
                                      "compared",      "nearest, and not found",
                                      "found",         "the question"};

struct WalkRows {
  std::vector<double> step, layer, from, vector, similarity, best;
  std::vector<bool> entered;

  void add(const retrieval::Visit& visit) {
    step.push_back(static_cast<double>(step.size() + 1));
    layer.push_back(visit.layer), from.push_back(static_cast<double>(visit.from + 1));
    vector.push_back(static_cast<double>(visit.node + 1));
    similarity.push_back(static_cast<double>(visit.similarity));
    best.push_back(best.empty() ? similarity.back() : std::max(best.back(), similarity.back()));
    entered.push_back(visit.entered);
  }
  Result<Frame> build() && {
    Frame::Builder b;
    b.add("step", std::move(step)).add("layer", std::move(layer)).add("from", std::move(from));
    b.add("vector", std::move(vector)).add("similarity", std::move(similarity));
    b.add("best", std::move(best)).add("entered", entered);
    return std::move(b).build();
  }
};

// Cells as visits: all vectors of a probed cell, in order of probes.
std::vector<retrieval::Visit> visits_of(const retrieval::NearestIndex& index,
                                        const retrieval::NearestTrace& trace,
                                        const VectorTable& vectors, std::span<const float> query) {
  const retrieval::Ivf* cells = index.ivf();
  if (!cells) return trace.visits;
  std::vector<retrieval::Visit> visits;
  for (const retrieval::Probe& probe : trace.probes)
    for (const retrieval::DocumentId id : cells->members(probe.cell)) {
      float product = 0;
      for (std::size_t d = 0; d < vectors.dims; ++d) product += vectors.row(id)[d] * query[d];
      visits.push_back({id, id, 0, product, false});
    }
  return visits;
}

// At most `background` of those that were not looked at, evenly spread.
Result<Frame> picture_of(const VectorTable& vectors, std::span<const float> query,
                         const std::vector<Part>& parts, std::size_t background) {
  auto projection = retrieval::Projection::fit(vectors.numbers, vectors.dims);
  if (!projection) return fail(projection.error());
  std::vector<std::string> series;
  std::vector<double> x, y, vector;
  const auto add = [&](Part part, std::span<const float> point, std::size_t id) {
    const auto at = (*projection)(point);
    series.emplace_back(kPartNames[static_cast<int>(part)]);
    x.push_back(at[0]), y.push_back(at[1]), vector.push_back(static_cast<double>(id));
  };
  const auto unseen =
      static_cast<std::size_t>(std::count(parts.begin(), parts.end(), Part::unseen));
  const std::size_t every = (unseen + background - 1) / background;
  std::size_t met = 0;
  for (int part = 0; part < static_cast<int>(Part::query); ++part)
    for (std::size_t id = 0; id < parts.size(); ++id) {
      if (static_cast<int>(parts[id]) != part) continue;
      if (parts[id] == Part::unseen && met++ % every != 0) continue;
      add(parts[id], vectors.row(id), id + 1);
    }
  add(Part::query, query, 0);
  Frame::Builder b;
  b.add("series", series).add("x", std::move(x)).add("y", std::move(y));
  b.add("vector", std::move(vector));
  return std::move(b).build();
}

Result<Outputs> run_retrieve_walk(const StepCall& call, const StepContext&) {
  auto model = index_model(call.input("index"));
  if (!model) return fail(model.error());
  auto vectors = vector_table(call.input("vectors")->as_frame()),
       queries = vector_table(call.input("queries")->as_frame());
  if (!vectors) return fail(vectors.error());
  if (!queries) return fail(queries.error());
  const retrieval::NearestIndex& index = (*model)->index();
  if (vectors->size() != index.size() || vectors->dims != index.dims())
    return fail(Code::bad_data, "the index was built from {} vectors of {}; these are {} of {}",
                index.size(), index.dims(), vectors->size(), vectors->dims);
  const auto asked = static_cast<std::size_t>(call.integer("query"));
  if (asked > queries->size())
    return fail(Code::invalid_argument, "there is no query {}; there are {}", asked,
                queries->size());
  const auto query = queries->row(asked - 1);
  const auto k = static_cast<std::size_t>(call.integer("k"));
  retrieval::NearestTrace trace;
  const auto hits = index.search(query, k, effort_of(call), nullptr, &trace);
  if (!hits) return fail(hits.error());
  retrieval::NearestOptions exact;
  exact.similarity = index.options().similarity;
  auto all = retrieval::NearestIndex::build(vectors->numbers, vectors->dims, exact);
  if (!all) return fail(all.error());
  const auto due = all->search(query, k, {});
  if (!due) return fail(due.error());
  std::vector<Part> parts(vectors->size(), Part::unseen);
  WalkRows rows;
  const auto raise = [&parts](retrieval::DocumentId id, Part to) {
    parts[id] = std::max(parts[id], to);
  };
  for (const retrieval::Visit& visit : visits_of(index, trace, *vectors, query)) {
    rows.add(visit);
    raise(visit.node, visit.layer > 0 ? Part::upper : Part::compared);
  }
  for (const retrieval::Hit& hit : *due) raise(hit.document, Part::missed);
  for (const retrieval::Hit& hit : *hits) raise(hit.document, Part::found);
  return two(
      picture_of(*vectors, query, parts, static_cast<std::size_t>(call.integer("background"))),
      std::move(rows).build());
}

const StepRegistration kRetrieveWalk{{
    .name = "retrieve.walk",
    .sentence = "One search of an index, step by step, and drawn over two axes.",
    .example =
        "local picture, hops = retrieve.walk { index, vectors, queries, query = 7, ef = 20 }",
    .inputs = {{.name = "index", .kind = Kind::model, .sentence = "of retrieve.index"},
               {.name = "vectors",
                .kind = Kind::frame,
                .sentence = "those that the index was built from"},
               {.name = "queries", .kind = Kind::frame, .sentence = "v1, v2 …, a row a query"}},
    .outputs = {{.name = "picture",
                 .kind = Kind::frame,
                 .sentence = "series (what a vector was in the search), x, y, vector"},
                {.name = "hops",
                 .kind = Kind::frame,
                 .sentence = "a row a comparison: step, layer, from, vector, similarity, best so "
                             "far, entered"}},
    .parameters = joined_parameters(
        {integer_parameter("query", 1, 1, 100000, "row of the query that is drawn"),
         integer_parameter("background", 1500, 1, 100000,
                           "vectors that were not looked at and are drawn all the same, at most")},
        effort_parameters()),
    .run = run_retrieve_walk,
}};

}  // namespace
}  // namespace rehearse::steps
