// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of vector search share: vectors of a table, and an index as an artifact.
#pragma once

#include <memory>

#include "engine/retrieval/nearest_index.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

// Columns v1, v2 … of a table, row after row.
struct VectorTable {
  std::vector<float> numbers;
  std::size_t dims = 0;
  std::size_t size() const { return dims == 0 ? 0 : numbers.size() / dims; }
  std::span<const float> row(std::size_t i) const {
    return std::span(numbers).subspan(i * dims, dims);
  }
};
// Errors: no column v1, one of texts, a missing number (its row).
Result<VectorTable> vector_table(const Frame& rows);
// A table of such columns behind an id column (its name, numbers from 1).
Result<Frame> table_of_vectors(const std::string& id, const VectorTable& vectors);

// An index where a plan expects a model: its facts are those of the build, and a row's score is the
// similarity of its nearest vector.
class IndexModel : public Scorer {
 public:
  explicit IndexModel(retrieval::NearestIndex index) : index_(std::move(index)) {}
  const retrieval::NearestIndex& index() const { return index_; }

  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return false; }
  std::string describe() const override;
  std::size_t bytes() const override { return index_.bytes(); }
  std::vector<std::pair<std::string, double>> facts() const override;

 private:
  retrieval::NearestIndex index_;
};
// Errors: the artifact is another model.
Result<std::shared_ptr<const IndexModel>> index_model(const plan::ArtifactPtr& artifact);

inline std::vector<plan::Parameter> effort_parameters() {
  return {integer_parameter("k", 10, 1, 1000, "nearest that are asked for"),
          integer_parameter("ef", 50, 1, 10000, "hnsw: best that a walk keeps in sight"),
          integer_parameter("probes", 8, 1, 100000, "ivf: cells that are looked into"),
          integer_parameter("rerank", 0, 0, 100000,
                            "ivf-pq: first by codes that are compared again by their vectors")};
}
retrieval::NearestEffort effort_of(const StepCall& call);

}  // namespace rehearse::steps
