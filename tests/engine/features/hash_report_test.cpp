// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/hash_report.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;

std::string plain(const Column& column, std::size_t row) {
  return column.name() + "=" + column.cell(row);
}

Frame ids(std::size_t rows, std::uint64_t users, std::uint64_t replicate = 0) {
  std::vector<std::int64_t> user, post;
  for (std::size_t row = 0; row < rows; ++row) {
    Stream stream(3, "test.ids", replicate, row);
    user.push_back(static_cast<std::int64_t>(stream.below(users) + 1000000 * replicate));
    post.push_back(static_cast<std::int64_t>(stream.below(40) + 1000000 * replicate));
  }
  Frame::Builder builder;
  builder.add("user", user).add("post", post);
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("hash report: counts agree with a table of places kept by hand") {
  const Frame rows = ids(500, 300);
  const auto report = hash_report(rows, {"user", "post"}, {6, 20}, plain);
  REQUIRE(report);
  for (const HashCount& count : *report) {
    std::map<std::uint64_t, std::set<std::string>> at;
    for (std::size_t row = 0; row < rows.rows(); ++row)
      for (const char* column : {"user", "post"}) {
        const std::string text = plain(*rows.find(column), row);
        at[fnv1a64(text) % (std::uint64_t{1} << count.bits)].insert(text);
      }
    double features = 0, sharing = 0, pairs = 0, touched = 0;
    for (const auto& [place, texts] : at) {
      const auto n = static_cast<double>(texts.size());
      features += n, pairs += n * (n - 1) / 2, sharing += n > 1 ? n : 0;
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      bool shared = false;
      for (const char* column : {"user", "post"})
        shared =
            shared ||
            at[fnv1a64(plain(*rows.find(column), row)) % (std::uint64_t{1} << count.bits)].size() >
                1;
      touched += shared;
    }
    CHECK(count.features == features);
    CHECK(count.taken == static_cast<double>(at.size()));
    CHECK(count.sharing == sharing);
    CHECK(count.pairs == pairs);
    CHECK(count.rows_touched == Approx(touched / 500));
  }
}

// FNV-1a spreads names that differ in their last digit more evenly than chance would, so the texts
// are scrambled.
std::string scrambled(const Column& column, std::size_t row) {
  return hex(mix64(static_cast<std::uint64_t>(column.number(row))));
}

TEST_CASE("hash report: over many worlds the counts are on average what chance expects") {
  double taken = 0, sharing = 0, pairs = 0, expected_taken = 0, expected_sharing = 0,
         expected_pairs = 0;
  for (std::uint64_t world = 1; world <= 100; ++world) {
    const HashCount count = hash_report(ids(400, 200, world), {"user"}, {9}, scrambled)->front();
    taken += count.taken, expected_taken += count.expected_taken;
    sharing += count.sharing, expected_sharing += count.expected_sharing;
    pairs += count.pairs, expected_pairs += count.expected_pairs;
  }
  CHECK(taken == Approx(expected_taken).epsilon(0.01));
  CHECK(sharing == Approx(expected_sharing).epsilon(0.04));
  CHECK(pairs == Approx(expected_pairs).epsilon(0.05));
}

TEST_CASE("hash report: closed forms at their corners") {
  Frame::Builder builder;
  builder.add("x", std::vector<std::string>{"one", "one"});
  const Frame alone = *std::move(builder).build();
  const HashCount one = hash_report(alone, {"x"}, {1}, plain)->front();
  CHECK(one.features == 1);
  CHECK(one.expected_taken == Approx(1));
  CHECK(one.expected_sharing == 0);
  CHECK(one.expected_pairs == 0);
  const HashCount many = hash_report(ids(5000, 100000), {"user"}, {3}, plain)->front();
  CHECK(many.taken == 8);
  CHECK(many.rows_touched == 1);
  CHECK(many.expected_sharing == Approx(many.features));
}

TEST_CASE("hash report: nothing to hash and impossible sizes are errors") {
  const Frame rows = ids(10, 5);
  CHECK_FALSE(hash_report(rows, {}, {8}, plain));
  CHECK_FALSE(hash_report(rows, {"user"}, {}, plain));
  CHECK_FALSE(hash_report(rows, {"user"}, {0}, plain));
  CHECK_FALSE(hash_report(rows, {"user"}, {33}, plain));
  CHECK_FALSE(hash_report(rows.slice(0, 0), {"user"}, {8}, plain));
  CHECK_FALSE(hash_report(rows, {"usr"}, {8}, plain));
}
