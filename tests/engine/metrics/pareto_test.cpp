// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/pareto.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::metrics;

using Front = std::vector<std::uint8_t>;

// Straight from the definition.
Front front_by_pairs(const std::vector<std::vector<double>>& columns) {
  const std::size_t n = columns[0].size();
  Front front(n, 1);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      bool as_good = true, better = false;
      for (const auto& column : columns) {
        as_good = as_good && column[j] >= column[i];
        better = better || column[j] > column[i];
      }
      if (as_good && better) front[i] = 0;
    }
  return front;
}

}  // namespace

TEST_CASE("pareto: two objectives, one to be low") {
  const std::vector<double> value{1, 2, 3, 2, 3}, cost{1, 2, 5, 3, 5};
  const auto front = pareto_front(std::vector<Objective>{{value}, {cost, Better::low}});
  REQUIRE(front);
  CHECK(*front == Front{1, 1, 1, 0, 1});  // the last two with value 3 are equal: both stay
}

TEST_CASE("pareto: the front is what pairs of options say, for one, two and three objectives") {
  CHECK(rc::check("front by definition", [] {
    const auto objectives = *rc::gen::inRange<std::size_t>(1, 4);
    const auto n = *rc::gen::inRange<std::size_t>(0, 40);
    std::vector<std::vector<double>> columns(objectives);
    for (auto& column : columns)
      for (std::size_t i = 0; i < n; ++i)
        column.push_back(*rc::gen::inRange(0, 8));  // few values: many ties
    std::vector<Objective> asked;
    for (const auto& column : columns) asked.push_back({column});
    const auto front = pareto_front(asked);
    RC_ASSERT(front.has_value());
    RC_ASSERT(*front == front_by_pairs(columns));
  }));
}

TEST_CASE("pareto: an undefined objective keeps an option out, infinities do not") {
  const double nan = std::nan(""), inf = INFINITY;
  const std::vector<double> a{nan, 1, -inf, inf}, b{9, 2, inf, -inf};
  CHECK(*pareto_front(std::vector<Objective>{{a}, {b}}) == Front{0, 1, 1, 1});
  CHECK(*pareto_front(std::vector<Objective>{{a}}) == Front{0, 0, 0, 1});
  CHECK(pareto_front({}).error().message == "a front needs at least one objective");
  const std::vector<double> shorter{1};
  CHECK(pareto_front(std::vector<Objective>{{a}, {shorter}}).error().code ==
        Code::invalid_argument);
}
