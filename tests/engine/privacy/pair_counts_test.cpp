// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/pair_counts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/privacy/mechanism.hpp"
#include "engine/privacy/membership.hpp"

using namespace rehearse;
using namespace rehearse::privacy;

namespace {

constexpr std::size_t kItems = 12;

std::vector<Basket> drawn_baskets(std::size_t people, std::uint64_t seed) {
  std::vector<Basket> baskets(people);
  for (std::size_t person = 0; person < people; ++person) {
    Stream stream(seed, "test.baskets", 0, person);
    for (std::uint32_t item = 0; item < kItems; ++item)
      if (stream.bernoulli(item % 2 == person % 2 ? 0.5 : 0.15)) baskets[person].push_back(item);
  }
  return baskets;
}

}  // namespace

TEST_CASE("pairs: counts are those of looking at every person for every two things") {
  const auto baskets = drawn_baskets(40, 3);
  const PairTable table = count_pairs(baskets, kItems);
  for (std::uint32_t a = 0; a < kItems; ++a)
    for (std::uint32_t b = 0; b < kItems; ++b) {
      const auto both = std::count_if(baskets.begin(), baskets.end(), [&](const Basket& basket) {
        return std::count(basket.begin(), basket.end(), a) == 1 &&
               std::count(basket.begin(), basket.end(), b) == 1;
      });
      REQUIRE(table.at(a, b) == static_cast<double>(both));
    }
}

TEST_CASE(
    "pairs: a person moves the table by no more than the sensitivity says, and may by so much") {
  auto baskets = capped_baskets(drawn_baskets(40, 5), 4, 1);
  const PairTable with = count_pairs(baskets, kItems);
  double greatest = 0;
  for (std::size_t person = 0; person < baskets.size(); ++person) {
    auto others = baskets;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(person));
    const PairTable without = count_pairs(others, kItems);
    double moved = 0;
    for (std::uint32_t a = 0; a < kItems; ++a)
      for (std::uint32_t b = a; b < kItems; ++b)
        moved += std::abs(with.at(a, b) - without.at(a, b));
    REQUIRE(moved <= cells_of_person(4));
    greatest = std::max(greatest, moved);
  }
  CHECK(greatest == cells_of_person(4));
  CHECK(cells_of_person(4) == 10);
}

TEST_CASE("pairs: a smaller cap keeps some of what a greater one keeps") {
  const auto baskets = drawn_baskets(40, 5);
  const auto few = capped_baskets(baskets, 2, 9), more = capped_baskets(baskets, 4, 9);
  for (std::size_t person = 0; person < baskets.size(); ++person) {
    CHECK(few[person].size() == std::min<std::size_t>(2, baskets[person].size()));
    CHECK(std::includes(more[person].begin(), more[person].end(), few[person].begin(),
                        few[person].end()));
    CHECK(std::includes(baskets[person].begin(), baskets[person].end(), more[person].begin(),
                        more[person].end()));
  }
}

TEST_CASE("pairs: noise has the spread of its law on every cell, the empty ones too") {
  const PairTable empty(150);
  for (const Noise noise : {Noise::laplace, Noise::gaussian}) {
    const PairTable table = with_noise(empty, noise, 3, 8);
    double squares = 0, cells = 0;
    for (std::uint32_t a = 0; a < 150; ++a)
      for (std::uint32_t b = a; b < 150; ++b) {
        squares += table.at(a, b) * table.at(a, b), ++cells;
        REQUIRE(table.at(a, b) == table.at(b, a));
      }
    CHECK(squares / cells == Approx(noise == Noise::laplace ? 18 : 9).epsilon(0.1));
  }
  CHECK(with_noise(empty, Noise::gaussian, 3, 8, 1).at(0, 1) !=
        with_noise(empty, Noise::gaussian, 3, 8).at(0, 1));
}

TEST_CASE("pairs: small counts are held back, others are as they were") {
  PairTable table(3);
  table.set(0, 1, 4), table.set(1, 2, 5), table.set(0, 0, -2);
  const PairTable kept = held_back(table, 5);
  CHECK(kept.at(1, 0) == 0);
  CHECK(kept.at(2, 1) == 5);
  CHECK(kept.at(0, 0) == 0);
}

TEST_CASE("devices: the table told by randomized bits is unbiased") {
  const auto baskets = capped_baskets(drawn_baskets(300, 4), 3, 1);
  const PairTable exact = count_pairs(baskets, kItems);
  const int rounds = 150;
  double one = 0, pair = 0, one_squares = 0, pair_squares = 0;
  for (int round = 0; round < rounds; ++round) {
    const PairTable told =
        counted_from_devices(baskets, kItems, 3, 6, static_cast<std::uint64_t>(round));
    one += told.at(2, 2), one_squares += told.at(2, 2) * told.at(2, 2);
    pair += told.at(2, 4), pair_squares += told.at(2, 4) * told.at(2, 4);
  }
  const auto error = [&](double sum, double squares) {
    const double mean = sum / rounds;
    return std::sqrt((squares / rounds - mean * mean) / rounds);
  };
  CHECK(one / rounds == Approx(exact.at(2, 2)).margin(4 * error(one, one_squares)));
  CHECK(pair / rounds == Approx(exact.at(2, 4)).margin(4 * error(pair, pair_squares)));
  const double p = truth_probability(1);  // 6 over 2 · 3 bits
  CHECK(error(one, one_squares) * std::sqrt(rounds) ==
        Approx(std::sqrt(300 * p * (1 - p)) / (2 * p - 1)).epsilon(0.2));
}

TEST_CASE("membership: the informed attack on Gaussian noise has its closed form") {
  const double sigma = 4;
  const Basket person = {0, 3, 5, 7};  // ten cells
  const PairTable others = count_pairs(drawn_baskets(50, 2), kItems);
  PairTable with = others;
  for (const auto a : person)
    for (const auto b : person)
      if (a <= b) with.set(a, b, with.at(a, b) + 1);
  const Release release{Noise::gaussian, sigma, 0};
  std::vector<double> in, out;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const std::vector<PairTable> member = {with_noise(with, Noise::gaussian, sigma, seed)},
                                 outsider = {with_noise(others, Noise::gaussian, sigma, seed, 1)};
    in.push_back(informed_score(person, others, member, release));
    out.push_back(informed_score(person, others, outsider, release));
  }
  const AttackQuality attack = judge_attack(in, out).value();
  CHECK(attack.auc == Approx(gaussian_auc(std::sqrt(10), sigma)).margin(0.02));
  CHECK(attack.advantage == Approx(gaussian_advantage(std::sqrt(10), sigma)).margin(0.03));
  const double delta = 1e-3, epsilon = gaussian_epsilon(std::sqrt(10), sigma, delta);
  CHECK(gaussian_advantage(std::sqrt(10), sigma) < advantage_bound({epsilon, delta}));
}

TEST_CASE("membership: an attack on Laplace noise stays below what epsilon allows, all along") {
  const Basket person = {1, 2, 8};
  const double epsilon = 1, scale = laplace_scale(cells_of_person(3), epsilon).value();
  const PairTable others(kItems);
  PairTable with = others;
  for (const auto a : person)
    for (const auto b : person) with.set(a, b, 1);
  std::vector<double> in, out;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const std::vector<PairTable> member = {with_noise(with, Noise::laplace, scale, seed)},
                                 outsider = {with_noise(others, Noise::laplace, scale, seed, 1)};
    in.push_back(informed_score(person, others, member, {Noise::laplace, scale, 0}));
    out.push_back(informed_score(person, others, outsider, {Noise::laplace, scale, 0}));
  }
  const AttackQuality attack = judge_attack(in, out).value();
  CHECK(attack.advantage > 0.1);
  CHECK(attack.advantage < advantage_bound({epsilon, 0}));
  for (const AttackPoint& point : attack.curve)
    REQUIRE(point.true_positive_rate <=
            true_positive_bound({epsilon, 0}, point.false_positive_rate) + 0.04);
}

TEST_CASE("membership: a count that is exact tells whoever knows the others, once it is shown") {
  const PairTable others = count_pairs(drawn_baskets(60, 6), kItems);
  const Basket person = {0, 2, 4};
  PairTable with = others;
  for (const auto a : person)
    for (const auto b : person)
      if (a <= b) with.set(a, b, with.at(a, b) + 1);
  const Release exact{Noise::gaussian, 0, 0}, kept{Noise::gaussian, 0, 5},
      nothing{Noise::gaussian, 0, 1000};
  const auto score = [&](const PairTable& table, const Release& release) {
    const std::vector<PairTable> tables = {held_back(table, release.least)};
    return informed_score(person, others, tables, release);
  };
  CHECK(score(with, exact) == 6);
  CHECK(score(others, exact) == -6);
  CHECK(score(with, kept) > 0);
  CHECK(score(others, kept) < 0);
  CHECK(score(with, nothing) == 0);
  CHECK(score(others, nothing) == 0);
}

TEST_CASE("membership: a stranger tells by rare pairs, and less so behind noise") {
  auto all = drawn_baskets(160, 11);
  for (Basket& basket : all)
    if (basket.empty()) basket.push_back(0);
  const std::vector<Basket> members(all.begin(), all.begin() + 15),
      reference(all.begin() + 15, all.begin() + 90), outsiders(all.begin() + 90, all.end());
  const PairTable exact = count_pairs(members, kItems),
                  expected = expected_counts(reference, kItems, members.size());
  const auto auc = [&](const std::vector<PairTable>& tables, const Release& release) {
    std::vector<double> in, out;
    for (const Basket& person : members)
      in.push_back(stranger_score(person, expected, tables, release));
    for (const Basket& person : outsiders)
      out.push_back(stranger_score(person, expected, tables, release));
    return judge_attack(in, out).value().auc;
  };
  const double plain = auc({exact}, {Noise::gaussian, 0, 0});
  const double noisy = auc({with_noise(exact, Noise::gaussian, 50, 3)}, {Noise::gaussian, 50, 0});
  CHECK(plain > 0.55);
  CHECK(noisy < plain);
  CHECK(noisy == Approx(0.5).margin(0.2));
}

TEST_CASE("membership: bounds are those of epsilon and delta, and no more than 1") {
  CHECK(advantage_bound({std::log(3), 0}) == Approx(0.5));
  CHECK(advantage_bound({0, 0.01}) == Approx(0.01));
  CHECK(advantage_bound({1e6, 0.1}) == Approx(1));
  CHECK(true_positive_bound({std::log(3), 0}, 0.1) == Approx(0.3));
  CHECK(true_positive_bound({std::log(3), 0}, 0.7) == Approx(0.9));
  CHECK(true_positive_bound({0, 0}, 0.2) == Approx(0.2));
  CHECK(judge_attack({}, {}).error().message.find("both are needed") != std::string::npos);
}
