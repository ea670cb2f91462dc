// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/product_quantizer.hpp"

#include <algorithm>

#include "engine/retrieval/kmeans.hpp"
#include "engine/retrieval/product.hpp"

namespace rehearse::retrieval {
namespace {

std::string divisors_of(std::size_t dims) {
  std::string list;
  for (std::size_t d = 1; d <= dims; ++d)
    if (dims % d == 0) list += (list.empty() ? "" : ", ") + std::to_string(d);
  return list;
}

}  // namespace

Result<ProductQuantizer> ProductQuantizer::fit(std::span<const float> points, std::size_t dims,
                                               const ProductQuantizerOptions& options,
                                               const Progress& progress) {
  if (options.subspaces == 0 || dims == 0 || dims % options.subspaces != 0)
    return fail(Code::invalid_argument,
                "{} dimensions cannot be cut into {} equal sub-spaces; {} would do", dims,
                options.subspaces, divisors_of(dims));
  ProductQuantizer quantizer;
  quantizer.dims_ = dims, quantizer.subspaces_ = options.subspaces;
  const std::size_t width = quantizer.width();
  for (std::size_t j = 0; j < options.subspaces; ++j) {
    if (!progress.report(static_cast<double>(j) / static_cast<double>(options.subspaces)))
      return cancelled();
    auto words = kmeans(quantizer.piece(points, j), width,
                        {.clusters = kCodeWords,
                         .iterations = options.iterations,
                         .seed = options.seed,
                         .entity = j + 1},
                        Progress(progress.token(), {}));
    if (!words) return fail(words.error());
    std::vector<float>& book = words->centroids;
    while (book.size() < kCodeWords * width) book.push_back(book[book.size() - width]);
    for (std::size_t i = 0; i < width; ++i)
      for (std::size_t w = 0; w < kCodeWords; ++w) quantizer.words_.push_back(book[w * width + i]);
  }
  return quantizer;
}

std::vector<float> ProductQuantizer::piece(std::span<const float> points, std::size_t j) const {
  std::vector<float> numbers;
  numbers.reserve(points.size() / subspaces_);
  for (std::size_t begin = j * width(); begin < points.size(); begin += dims_)
    numbers.insert(numbers.end(), points.begin() + static_cast<std::ptrdiff_t>(begin),
                   points.begin() + static_cast<std::ptrdiff_t>(begin + width()));
  return numbers;
}

std::vector<std::uint8_t> ProductQuantizer::encode(std::span<const float> points) const {
  std::vector<std::uint8_t> codes(points.size() / dims_ * subspaces_);
  for (std::size_t j = 0; j < subspaces_; ++j) {
    const Assignment nearest = assign(piece(points, j), book(j), width());
    for (std::size_t i = 0; i < nearest.cells.size(); ++i)
      codes[i * subspaces_ + j] = static_cast<std::uint8_t>(nearest.cells[i]);
  }
  return codes;
}

std::vector<float> ProductQuantizer::book(std::size_t j) const {
  std::vector<float> words(kCodeWords * width());
  const float* column = words_.data() + j * words.size();
  for (std::size_t i = 0; i < width(); ++i, column += kCodeWords)
    for (std::size_t w = 0; w < kCodeWords; ++w) words[w * width() + i] = column[w];
  return words;
}

void ProductQuantizer::decode(const std::uint8_t* code, float* into) const {
  for (std::size_t i = 0; i < dims_; ++i) into[i] = words_[i * kCodeWords + code[i / width()]];
}

void ProductQuantizer::table(const float* query, std::vector<float>& into) const {
  into.resize(subspaces_ * kCodeWords);
  const float* column = words_.data();
  for (std::size_t j = 0; j < subspaces_; ++j) {
    float* sums = into.data() + j * kCodeWords;
    std::fill_n(sums, kCodeWords, 0.0F);
    for (std::size_t i = j * width(); i < (j + 1) * width(); ++i, column += kCodeWords)
      add_scaled(column, query[i], sums, kCodeWords);
  }
}

}  // namespace rehearse::retrieval
