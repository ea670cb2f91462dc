// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/hash.hpp"

#include <rapidcheck.h>

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

namespace rehearse {
namespace {

std::uint64_t of(std::string_view text) { return Hasher().add(text).digest(); }

TEST_CASE("hash: FNV-1a gives the published values") {
  // Fowler, Noll, Vo: the test suite of the reference implementation.
  CHECK(fnv1a64("") == 0xcbf29ce484222325ULL);
  CHECK(fnv1a64("a") == 0xaf63dc4c8601ec8cULL);
  CHECK(fnv1a64("foobar") == 0x85944171f73967e8ULL);
  CHECK(fnv1a64("bar", fnv1a64("foo")) == fnv1a64("foobar"));
}

TEST_CASE("hash: a salted place is that of the digits, stays put, and another salt deals anew") {
  const SaltedPlaces places("ranker-2"), others("other"), exposure("ranker-2", "exposure");
  double sum = 0, both = 0, twice = 0;
  const int n = 20000;
  for (std::int64_t key = 0; key < n; ++key) {
    const double place = places.of(key);
    CHECK((place >= 0 && place < 1));
    CHECK(place == SaltedPlaces("ranker-2").of(std::to_string(key)));
    sum += place;
    both += place < 0.1 && others.of(key) < 0.1;
    twice += place < 0.1 && exposure.of(key) < 0.1;
  }
  CHECK(sum / n == Approx(0.5).margin(0.01));
  CHECK(both / n == Approx(0.01).margin(0.003));
  CHECK(twice / n == Approx(0.01).margin(0.003));
  CHECK(places.of(std::int64_t{-7}) == places.of("-7"));
}

TEST_CASE("hash: splitmix64's finalizer gives the published sequence") {
  // The first outputs of splitmix64 with seed 1234567 (Vigna's reference implementation).
  std::uint64_t state = 1234567;
  const std::uint64_t expected[] = {6457827717110365317ULL, 3203168211198807973ULL,
                                    9817491932198370423ULL};
  for (std::uint64_t value : expected) CHECK(mix64(state += 0x9e3779b97f4a7c15ULL) == value);
}

TEST_CASE("hash: values that name caches and streams do not change") {
  // Changing one of these changes every stream of random numbers and every lineage shown to users.
  CHECK(hex(Hasher().digest()) == "0f66b0b2f515aca2");
  CHECK(hex(of("user.interest")) == "12aacc71e78a9b34");
  CHECK(hex(Hasher().add(std::uint64_t{7}).add(0.5).add(true).digest()) == "39dc5912f9f51a4a");
  const std::string long_text(1000, 'x');
  CHECK(hex(of(long_text)) == "e3f76f690eacb05b");
}

TEST_CASE("hash: parts are told apart, whatever their lengths") {
  CHECK(Hasher().add("ab").add("c").digest() != Hasher().add("a").add("bc").digest());
  CHECK(Hasher().add("").add("a").digest() != Hasher().add("a").add("").digest());
  CHECK(of(std::string(8, '\0')) != of(std::string(9, '\0')));
  CHECK(Hasher().digest() != Hasher().add(std::uint64_t{0}).digest());
}

TEST_CASE("hash: zeros of both signs are alike, and every NaN") {
  const auto hash = [](double value) { return Hasher().add(value).digest(); };
  CHECK(hash(0.0) == hash(-0.0));
  CHECK(hash(std::numeric_limits<double>::quiet_NaN()) == hash(-std::nan("0x123")));
  CHECK(hash(1.0) != hash(-1.0));
  const double ours[] = {1, 0.0, 3, 4, 5, 6, 7, 8, 9}, theirs[] = {1, -0.0, 3, 4, 5, 6, 7, 8, 9};
  CHECK(Hasher().add_doubles(ours).digest() == Hasher().add_doubles(theirs).digest());
}

TEST_CASE("hash: one changed byte anywhere changes the hash") {
  rc::check("", [](std::string text) {
    RC_PRE(!text.empty());
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const std::uint64_t before = of(text);
    text[at] = static_cast<char>(text[at] ^ *rc::gen::inRange(1, 256));
    RC_ASSERT(of(text) != before);
  });
}

TEST_CASE("hash: a flipped input bit flips about half of the output bits") {
  std::string text(100, 'q');
  const std::uint64_t before = of(text);
  double flipped = 0;
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    const int changed = std::popcount(of(text) ^ before);
    CHECK(changed >= 10);
    flipped += changed;
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
  }
  CHECK(flipped / (8.0 * 100) == Approx(32).margin(1));  // sd of the mean is 4 / sqrt(800) = 0.14
}

TEST_CASE("hash: a hundred thousand small inputs do not collide") {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100'000; ++i) seen.insert(Hasher().add(i).digest());
  CHECK(seen.size() == 100'000);
}

TEST_CASE("hash: hexadecimal has sixteen digits") {
  CHECK(hex(0) == "0000000000000000");
  CHECK(hex(0xDEADBEEFULL) == "00000000deadbeef");
}

}  // namespace
}  // namespace rehearse
