// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ranges.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace rehearse;

TEST_CASE("ranges: both ends belong, and the first option outside is named with its range") {
  CHECK(check_ranges({{"users", 1, 1, 5000}, {"taste", 3.0, 0, 3}}));
  CHECK(check_ranges({}));
  const auto users = check_ranges({{"taste", 2.5, 0, 3}, {"users", 0, 1, 5000}, {"days", 0, 1, 2}});
  REQUIRE_FALSE(users);
  CHECK(users.error().code == Code::invalid_argument);
  CHECK(users.error().message == "users is 0; it lies from 1 to 5000");
  CHECK(check_ranges({{"b", 1.5, 0, 1}}, "bm25").error().message ==
        "bm25: b is 1.5; it lies from 0 to 1");
}

TEST_CASE("ranges: a number that is none is in no range") {
  CHECK_FALSE(check_ranges({{"share", std::nan(""), 0, 1}}));
  CHECK_FALSE(check_ranges({{"share", INFINITY, 0, 1}}));
  CHECK(check_ranges({{"day", INFINITY, 0, INFINITY}}));
}
