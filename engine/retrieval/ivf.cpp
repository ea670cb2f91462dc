// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/ivf.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

#include "engine/retrieval/kmeans.hpp"

namespace rehearse::retrieval {
namespace {

constexpr double kCellsShare = 0.3;  // of the work, for progress
constexpr DocumentId kNoPlace = std::numeric_limits<DocumentId>::max();

// The numbers of some vectors without their padding, every `step`th.
std::vector<float> numbers_of(const Vectors& vectors, std::span<const DocumentId> ids,
                              std::size_t step = 1) {
  std::vector<float> numbers;
  numbers.reserve((ids.size() / step + 1) * vectors.dims());
  for (std::size_t i = 0; i < ids.size(); i += step) {
    const float* row = vectors.floats(ids[i]);
    numbers.insert(numbers.end(), row, row + vectors.dims());
  }
  return numbers;
}

std::size_t step_of(std::size_t vectors, std::size_t most) {
  most = std::max<std::size_t>(most, 1);
  return std::max<std::size_t>(1, (vectors + most - 1) / most);
}

}  // namespace

Result<Ivf> Ivf::build(const Vectors& vectors, const IvfOptions& options,
                       const Progress& progress) {
  assert(vectors.storage() == Storage::float32);
  std::vector<DocumentId> there;
  for (DocumentId id = 0; id < vectors.size(); ++id)
    if (!vectors.at_origin(id)) there.push_back(id);
  if (there.empty())
    return fail(Code::bad_data, "there are no vectors that point anywhere, so there are no cells");
  Ivf index;
  index.options_ = options;
  const std::size_t dims = vectors.dims(), step = step_of(there.size(), options.training);
  auto cells =
      kmeans(numbers_of(vectors, there, step), dims,
             {.clusters = options.lists, .iterations = options.iterations, .seed = options.seed},
             Progress(progress.token(), {}));
  if (!cells) return fail(cells.error());
  if (!progress.report(kCellsShare)) return cancelled();
  auto centroids = Vectors::of(cells->centroids, dims, Similarity::inner_product);
  if (!centroids) return fail(centroids.error());
  index.centroids_ = *std::move(centroids);
  index.fill_cells(there, assign(numbers_of(vectors, there), cells->centroids, dims).cells);
  if (options.subspaces > 0)
    if (auto done = index.quantize(vectors, step, progress); !done) return fail(done.error());
  const bool keeps = options.subspaces == 0 || options.keep_vectors;
  auto stored =
      vectors.taken(keeps ? std::span<const DocumentId>(index.ids_) : std::span<const DocumentId>())
          .stored_as(options.storage);
  if (!stored) return fail(stored.error());
  index.vectors_ = *std::move(stored);
  if (keeps && options.subspaces > 0) {
    index.places_.assign(vectors.size(), kNoPlace);
    for (std::size_t i = 0; i < index.ids_.size(); ++i)
      index.places_[index.ids_[i]] = static_cast<DocumentId>(i);
  }
  return index;
}

void Ivf::fill_cells(std::span<const DocumentId> ids, std::span<const std::uint32_t> cells) {
  begins_.assign(lists() + 1, 0);
  for (const std::uint32_t cell : cells) ++begins_[cell + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
  ids_.resize(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids_[next[cells[i]]++] = ids[i];
}

// What is left of each vector when the centroid of its cell is taken away, in codes.
Result<void> Ivf::quantize(const Vectors& vectors, std::size_t step, const Progress& progress) {
  const std::size_t dims = vectors.dims();
  std::vector<float> left = numbers_of(vectors, ids_), seen;
  for (std::uint32_t cell = 0; cell < lists(); ++cell)
    for (std::size_t place = begins_[cell]; place < begins_[cell + 1]; ++place)
      for (std::size_t j = 0; j < dims; ++j) left[place * dims + j] -= centroids_.floats(cell)[j];
  for (std::size_t place = 0; place < size(); place += step) {
    const auto begin = left.begin() + static_cast<std::ptrdiff_t>(place * dims);
    seen.insert(seen.end(), begin, begin + static_cast<std::ptrdiff_t>(dims));
  }
  auto quantizer = ProductQuantizer::fit(
      seen, dims,
      {.subspaces = options_.subspaces, .iterations = options_.iterations, .seed = options_.seed},
      Progress(progress.token(), [&progress](double part) {
        progress.report(kCellsShare + (1 - kCellsShare) * part);
      }));
  if (!quantizer) return fail(quantizer.error());
  quantizer_ = *std::move(quantizer);
  codes_ = quantizer_->encode(left);
  return {};
}

std::size_t Ivf::bytes() const {
  return centroids_.bytes() + begins_.size() * sizeof(std::size_t) +
         (ids_.size() + places_.size()) * sizeof(DocumentId) + vectors_.bytes() + codes_.size() +
         (quantizer_ ? quantizer_->bytes() : 0);
}

std::size_t Ivf::place_of(DocumentId id) const {
  const auto found = std::find(ids_.begin(), ids_.end(), id);
  assert(found != ids_.end());
  return static_cast<std::size_t>(found - ids_.begin());
}

std::uint32_t Ivf::cell_of(DocumentId id) const {
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), place_of(id));
  return static_cast<std::uint32_t>(after - begins_.begin()) - 1;
}

std::vector<float> Ivf::decoded(DocumentId id) const {
  const std::size_t place = place_of(id);
  if (!quantizer_) return vectors_.decoded(static_cast<DocumentId>(place));
  std::vector<float> numbers(quantizer_->dims());
  quantizer_->decode(codes_.data() + place * quantizer_->subspaces(), numbers.data());
  const float* centroid = centroids_.floats(cell_of(id));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += centroid[i];
  return numbers;
}

}  // namespace rehearse::retrieval
