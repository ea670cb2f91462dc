// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/interner.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace rehearse;

TEST_CASE("interner: finds what it was given and nothing else") {
  Interner names;
  CHECK(names.find("a") == -1);
  for (int i = 0; i < 1000; ++i) CHECK(names.code(std::to_string(i)) == i);
  for (int i = 0; i < 1000; ++i) CHECK(names.find(std::to_string(i)) == i);
  CHECK(names.find("1000") == -1);
  CHECK(names.size() == 1000);
  names.take();
  CHECK(names.find("1") == -1);
}
