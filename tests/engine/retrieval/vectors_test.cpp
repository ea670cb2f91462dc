// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/vectors.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"
#include "engine/retrieval/half.hpp"
#include "tests/engine/retrieval/points.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

constexpr int kPatterns = 65536, kInfinity = 0x7C00;

// By the definition of the format.
double half_value(int pattern) {
  const int exponent = (pattern >> 10) & 31, fraction = pattern & 1023;
  const double sign = pattern & 0x8000 ? -1 : 1;
  if (exponent == 31) return fraction ? std::nan("") : sign * INFINITY;
  return exponent == 0 ? sign * std::ldexp(fraction, -24)
                       : sign * std::ldexp(1024 + fraction, exponent - 25);
}

}  // namespace

TEST_CASE("half: every pattern decodes to what the format says, and comes back") {
  int wrong = 0;
  for (int pattern = 0; pattern < kPatterns; ++pattern) {
    const auto half = static_cast<std::uint16_t>(pattern);
    const double due = half_value(pattern);
    const float value = from_half(half);
    if (std::isnan(due)) {
      wrong += !std::isnan(value) || !std::isnan(from_half(to_half(value)));
    } else {
      wrong += static_cast<double>(value) != due || to_half(value) != half;
      wrong += std::signbit(value) != (pattern >= 0x8000);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("half: between two neighbours the nearer is taken, midway the even one") {
  int wrong = 0;
  for (int pattern = 0; pattern < kInfinity; ++pattern) {
    // Past the greatest the next would be 2^16, and what goes there is an infinity.
    const double low = half_value(pattern),
                 high = pattern + 1 == kInfinity ? 65536 : half_value(pattern + 1);
    const auto middle = static_cast<float>((low + high) / 2);  // exact in a float
    const auto even = static_cast<std::uint16_t>(pattern % 2 == 0 ? pattern : pattern + 1);
    wrong += to_half(middle) != even;
    wrong += to_half(std::nextafter(middle, 0.0F)) != pattern;
    wrong += to_half(std::nextafter(middle, 1e9F)) != pattern + 1;
    wrong += to_half(-middle) != (even | 0x8000);
  }
  CHECK(wrong == 0);
  CHECK(to_half(1e30F) == kInfinity);
  CHECK(to_half(-std::numeric_limits<float>::infinity()) == (kInfinity | 0x8000));
  CHECK(to_half(1e-30F) == 0);
}

TEST_CASE("vectors: products in any storage are those of the decoded numbers") {
  for (const std::size_t dims : {1, 3, 8, 17, 64}) {
    const auto numbers = drawn_numbers(3, 40 * dims), query = drawn_numbers(4, dims);
    for (const Similarity similarity : {Similarity::cosine, Similarity::inner_product})
      for (const Storage storage : {Storage::float32, Storage::float16, Storage::int8}) {
        const auto vectors = Vectors::of(numbers, dims, similarity, storage);
        REQUIRE(vectors);
        std::vector<float> prepared;
        REQUIRE(vectors->prepare(query, prepared));
        for (DocumentId id = 0; id < 40; ++id) {
          const auto row = vectors->decoded(id);
          double due = 0;
          for (std::size_t i = 0; i < dims; ++i)
            due += static_cast<double>(row[i]) * static_cast<double>(prepared[i]);
          CHECK(static_cast<double>(vectors->product(id, prepared.data())) ==
                Approx(due).margin(1e-5));
        }
      }
  }
}

TEST_CASE("vectors: what rounding takes lies within the bound that is told, and comes near to it") {
  constexpr std::size_t kStoredDims = 24, kRows = 300;
  const auto numbers = drawn_numbers(5, kRows * kStoredDims), query = drawn_numbers(6, kStoredDims);
  for (const Similarity similarity : {Similarity::cosine, Similarity::inner_product}) {
    const auto exact = Vectors::of(numbers, kStoredDims, similarity);
    std::vector<float> prepared;
    REQUIRE(exact->prepare(query, prepared));
    for (const Storage storage : {Storage::float16, Storage::int8}) {
      const auto stored = exact->stored_as(storage);
      double greatest = 0;
      for (DocumentId id = 0; id < kRows; ++id) {
        const auto off = [&](const Vectors& of) {
          return static_cast<double>(of.product(id, prepared.data()));
        };
        const double bound = stored->error_bound(id, prepared.data());
        const double share = std::abs(off(*stored) - off(*exact)) / (bound + 1e-6);
        CHECK(share <= 1);
        greatest = std::max(greatest, share);
      }
      CHECK(greatest > 0.1);
    }
  }
}

TEST_CASE("vectors: bytes are those of the numbers and the scales") {
  const auto numbers = drawn_numbers(7, 10 * 64);
  const auto bytes = [&](Storage storage) {
    return Vectors::of(numbers, 64, Similarity::cosine, storage)->bytes();
  };
  CHECK(bytes(Storage::float32) == 10 * 64 * 4);
  CHECK(bytes(Storage::float16) == 10 * 64 * 2);
  CHECK(bytes(Storage::int8) == 10 * (64 + 4));
}

TEST_CASE("vectors: a cosine knows no length, however great or small") {
  const std::vector<float> numbers{3, 4, 3e15F, 4e15F, 3e-30F, 4e-30F, 0, 0};
  const auto vectors = Vectors::of(numbers, 2);
  REQUIRE(vectors);
  std::vector<float> query;
  REQUIRE(vectors->prepare(std::vector<float>{6, 8}, query));
  for (DocumentId id = 0; id < 3; ++id)
    CHECK(vectors->product(id, query.data()) == Approx(1).epsilon(1e-6));
  CHECK_FALSE(vectors->at_origin(2));
  CHECK(vectors->at_origin(3));
}

TEST_CASE("vectors: what cannot be kept is told with its row") {
  const auto message = [](const std::vector<float>& numbers, std::size_t dims,
                          Storage storage = Storage::float32) {
    const auto made = Vectors::of(numbers, dims, Similarity::inner_product, storage);
    return made ? std::string() : made.error().message;
  };
  CHECK(message({1, 2, 3}, 2).find("3 numbers are no whole vectors") == 0);
  CHECK(message({1, 2}, 0).find("2 numbers are no whole vectors") == 0);
  CHECK(message({1, 2, 3, std::nanf("")}, 2).find("vector 2: a number is not finite") == 0);
  CHECK(message({1, 2, INFINITY, 1}, 2).find("vector 2: a number is not finite") == 0);
  CHECK(message({1, 2, 1e30F, 1}, 2).find("vector 2: its length is 1e+30") == 0);
  CHECK(message({1, 2, 70000, 1}, 2, Storage::float16).find("vector 2: 70000 is more than") == 0);
  CHECK(message({1, 2, 70000, 1}, 2, Storage::int8).empty());
  CHECK(message({}, 4).empty());
  const auto vectors = Vectors::of(std::vector<float>{1, 2}, 2);
  std::vector<float> into;
  CHECK_FALSE(vectors->prepare(std::vector<float>{1}, into));
  CHECK_FALSE(vectors->prepare(std::vector<float>{1, std::nanf("")}, into));
}
