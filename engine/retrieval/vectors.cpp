// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/vectors.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/retrieval/half.hpp"

namespace rehearse::retrieval {
namespace {

constexpr float kGreatestCode = 127;
constexpr double kHalfStep = 0x1p-25;      // half a step of halves near zero
constexpr double kHalfRelative = 0x1p-11;  // half a step of halves, relative

// NaN where a number is not finite.
double norm_of(std::span<const float> numbers) {
  double squares = 0;
  for (const float x : numbers) {
    if (!std::isfinite(x)) return std::nan("");
    squares += static_cast<double>(x) * static_cast<double>(x);
  }
  return std::sqrt(squares);
}

Result<double> checked_norm(std::span<const float> numbers) {
  const double norm = norm_of(numbers);
  if (std::isnan(norm)) return fail(Code::bad_data, "a number is not finite");
  if (norm > kGreatestNorm)
    return fail(Code::bad_data, "its length is {:.3g}, more than {:g}; scale the numbers down",
                norm, kGreatestNorm);
  return norm;
}

// Divides in double, so that lengths near the ends of a float's range do no harm.
void write_scaled(std::span<const float> numbers, double divisor, float* into) {
  for (std::size_t i = 0; i < numbers.size(); ++i)
    into[i] = static_cast<float>(static_cast<double>(numbers[i]) / divisor);
}

template <class T>
std::vector<T> rows_taken(const std::vector<T>& from, std::span<const DocumentId> rows,
                          std::size_t width) {
  std::vector<T> taken;
  if (from.empty()) return taken;
  taken.reserve(rows.size() * width);
  for (const DocumentId row : rows) {
    const auto begin = from.begin() + static_cast<std::ptrdiff_t>(row * width);
    taken.insert(taken.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
  }
  return taken;
}

}  // namespace

Result<Vectors> Vectors::of(std::span<const float> numbers, std::size_t dims, Similarity similarity,
                            Storage storage) {
  if (dims == 0 || numbers.size() % dims != 0)
    return fail(Code::invalid_argument, "{} numbers are no whole vectors of {} dimensions",
                numbers.size(), dims);
  Vectors vectors;
  vectors.size_ = numbers.size() / dims, vectors.dims_ = dims;
  vectors.similarity_ = similarity;
  vectors.floats_.assign(vectors.size_ * vectors.stride(), 0.0F);
  for (std::size_t id = 0; id < vectors.size_; ++id) {
    const auto row = numbers.subspan(id * dims, dims);
    const auto norm = checked_norm(row);
    if (!norm) return fail(norm.error().code, "vector {}: {}", id + 1, norm.error().message);
    if (*norm == 0) {
      if (vectors.at_origin_.empty()) vectors.at_origin_.assign(vectors.size_, 0);
      vectors.at_origin_[id] = 1;
      continue;
    }
    write_scaled(row, similarity == Similarity::cosine ? *norm : 1,
                 vectors.floats_.data() + id * vectors.stride());
  }
  return vectors.stored_as(storage);
}

Result<Vectors> Vectors::stored_as(Storage storage) const {
  assert(storage_ == Storage::float32);
  if (storage == Storage::float32) return *this;
  Vectors stored;
  stored.size_ = size_, stored.dims_ = dims_, stored.at_origin_ = at_origin_;
  stored.similarity_ = similarity_, stored.storage_ = storage;
  if (storage == Storage::float16) {
    stored.halves_.reserve(floats_.size());
    for (const float x : floats_) {
      if (std::abs(x) > kGreatestHalf)
        return fail(Code::bad_data,
                    "vector {}: {:g} is more than a half holds (65504); store floats",
                    stored.halves_.size() / stride() + 1, x);
      stored.halves_.push_back(to_half(x));
    }
    return stored;
  }
  stored.codes_.assign(floats_.size(), 0);
  stored.scales_.assign(size_, 0);
  for (std::size_t id = 0; id < size_; ++id) {
    const std::span row(floats_.data() + id * stride(), stride());
    float greatest = 0;
    for (const float x : row) greatest = std::max(greatest, std::abs(x));
    const float scale = greatest / kGreatestCode;
    if (scale == 0) continue;
    stored.scales_[id] = scale;
    for (std::size_t i = 0; i < row.size(); ++i)
      stored.codes_[id * stride() + i] = static_cast<std::int8_t>(
          std::clamp(std::nearbyint(row[i] / scale), -kGreatestCode, kGreatestCode));
  }
  return stored;
}

Vectors Vectors::taken(std::span<const DocumentId> rows) const {
  Vectors some;
  some.size_ = rows.size(), some.dims_ = dims_;
  some.similarity_ = similarity_, some.storage_ = storage_;
  some.floats_ = rows_taken(floats_, rows, stride());
  some.halves_ = rows_taken(halves_, rows, stride());
  some.codes_ = rows_taken(codes_, rows, stride());
  some.scales_ = rows_taken(scales_, rows, 1);
  some.at_origin_ = rows_taken(at_origin_, rows, 1);
  return some;
}

std::size_t Vectors::bytes() const {
  return floats_.size() * sizeof(float) + halves_.size() * sizeof(std::uint16_t) + codes_.size() +
         scales_.size() * sizeof(float) + at_origin_.size();
}

Result<void> Vectors::prepare(std::span<const float> query, std::vector<float>& into) const {
  if (query.size() != dims_)
    return fail(Code::invalid_argument, "the query has {} numbers; the vectors have {}",
                query.size(), dims_);
  const auto norm = checked_norm(query);
  if (!norm) return fail(norm.error().code, "the query: {}", norm.error().message);
  into.assign(stride(), 0.0F);
  if (*norm > 0) write_scaled(query, similarity_ == Similarity::cosine ? *norm : 1, into.data());
  return {};
}

std::vector<float> Vectors::decoded(DocumentId id) const {
  std::vector<float> numbers;
  const std::size_t begin = static_cast<std::size_t>(id) * stride();
  for (std::size_t i = begin; i < begin + dims_; ++i)
    numbers.push_back(storage_ == Storage::float32   ? floats_[i]
                      : storage_ == Storage::float16 ? from_half(halves_[i])
                                                     : scales_[id] * static_cast<float>(codes_[i]));
  return numbers;
}

double Vectors::error_bound(DocumentId id, const float* query) const {
  if (storage_ == Storage::float32) return 0;
  const std::vector<float> numbers = decoded(id);
  double bound = 0;
  for (std::size_t i = 0; i < dims_; ++i) {
    const double size = std::abs(static_cast<double>(numbers[i]));
    // Of bytes a little more than half a step: the quotient by the scale is rounded to a float.
    const double off = storage_ == Storage::float16
                           ? std::max(kHalfStep, size * kHalfRelative * (1 + 2 * kHalfRelative))
                           : static_cast<double>(scales_[id]) * 0.50001;
    bound += off * std::abs(static_cast<double>(query[i]));
  }
  return bound;
}

}  // namespace rehearse::retrieval
