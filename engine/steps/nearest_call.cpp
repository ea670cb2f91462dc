// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/nearest_call.hpp"

#include <cmath>

namespace rehearse::steps {

Result<VectorTable> vector_table(const Frame& rows) {
  std::vector<const Column*> columns;
  while (const Column* column = rows.find(fmt::format("v{}", columns.size() + 1)))
    columns.push_back(column);
  if (columns.empty())
    return fail(Code::bad_data,
                "the table has no column `v1`; vectors are columns v1, v2 … as simulate.vectors "
                "and retrieve.embed make them");
  VectorTable table;
  table.dims = columns.size();
  table.numbers.resize(rows.rows() * table.dims);
  for (std::size_t d = 0; d < columns.size(); ++d) {
    if (!columns[d]->numeric())
      return fail(Code::bad_data, "the column `{}` holds texts; numbers are due",
                  columns[d]->name());
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const double number = columns[d]->number(row);
      if (!std::isfinite(number))
        return fail(Code::bad_data, "row {}: the column `{}` holds no finite number", row + 1,
                    columns[d]->name());
      table.numbers[row * table.dims + d] = static_cast<float>(number);
    }
  }
  return table;
}

Result<Frame> table_of_vectors(const std::string& id, const VectorTable& vectors) {
  Frame::Builder builder;
  std::vector<std::int32_t> ids;
  for (std::size_t row = 0; row < vectors.size(); ++row)
    ids.push_back(static_cast<std::int32_t>(row + 1));
  builder.add(id, std::move(ids), {.role = Role::id});
  for (std::size_t d = 0; d < vectors.dims; ++d) {
    std::vector<float> column;
    for (std::size_t row = 0; row < vectors.size(); ++row)
      column.push_back(vectors.numbers[row * vectors.dims + d]);
    builder.add(fmt::format("v{}", d + 1), std::move(column), {.role = Role::feature});
  }
  return std::move(builder).build();
}

Result<std::vector<double>> IndexModel::score(const Frame& rows) const {
  auto table = vector_table(rows);
  if (!table) return fail(table.error());
  std::vector<double> scores;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto hits = index_.search(table->row(row), 1, {});
    if (!hits) return fail(hits.error());
    scores.push_back(hits->empty() ? 0 : hits->front().score);
  }
  return scores;
}

std::string IndexModel::describe() const {
  const retrieval::NearestOptions& o = index_.options();
  const char* stored = retrieval::storage_name(o.storage);
  if (o.kind == retrieval::IndexKind::hnsw) return fmt::format("hnsw, m {}, {}", o.hnsw.m, stored);
  if (o.kind == retrieval::IndexKind::ivf)
    return fmt::format("ivf, {} lists, {}", o.ivf.lists, stored);
  if (o.kind == retrieval::IndexKind::ivf_pq)
    return fmt::format("ivf-pq, {} lists, {} bytes", o.ivf.lists, o.ivf.subspaces);
  return fmt::format("exact, {}", stored);
}

std::vector<std::pair<std::string, double>> IndexModel::facts() const {
  std::vector<std::pair<std::string, double>> facts = {
      {"vectors", static_cast<double>(index_.size())},
      {"dims", static_cast<double>(index_.dims())},
      {"kilobytes", static_cast<double>(index_.bytes()) / 1024}};
  if (const retrieval::Hnsw* graph = index_.hnsw()) {
    double links = 0;
    for (retrieval::DocumentId id = 0; id < graph->size(); ++id)
      links += static_cast<double>(graph->links(id, 0).size());
    facts.emplace_back("layers", graph->layers());
    facts.emplace_back("links",
                       links / static_cast<double>(std::max<std::size_t>(1, graph->size())));
    facts.emplace_back("unreachable", static_cast<double>(graph->unreachable()));
  }
  if (const retrieval::Ivf* cells = index_.ivf())
    facts.emplace_back("lists", static_cast<double>(cells->lists()));
  return facts;
}

Result<std::shared_ptr<const IndexModel>> index_model(const plan::ArtifactPtr& artifact) {
  auto index = std::dynamic_pointer_cast<const IndexModel>(artifact->scorer());
  if (!index)
    return fail(Code::invalid_argument,
                "that model is no index of vectors; make one with retrieve.index");
  return index;
}

retrieval::NearestEffort effort_of(const StepCall& call) {
  return {.ef = static_cast<std::size_t>(call.integer("ef")),
          .probes = static_cast<std::size_t>(call.integer("probes")),
          .rerank = static_cast<std::size_t>(call.integer("rerank"))};
}

}  // namespace rehearse::steps
