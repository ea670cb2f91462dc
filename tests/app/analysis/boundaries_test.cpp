// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/boundaries.hpp"

#include <catch2/catch.hpp>

using namespace rehearse;
using namespace rehearse::analysis;

TEST_CASE("boundaries: the plan says what it asks for, draws both bounds and tables its looks") {
  const auto plan = boundary_plan("obrien-fleming", 5, 0.05);
  REQUIRE(plan);
  CHECK(plan->bounds.z.back() == Approx(2.0401).margin(0.00005));
  CHECK(plan->inflation == Approx(1.028).margin(0.001));
  CHECK(reading_of(*plan).find("all 5 looks together") != std::string::npos);
  const Document document = document_of(*plan);
  int lines = 0, tables = 0;
  for (const auto& block : document.blocks)
    if (const auto* figure = std::get_if<Figure>(&block)) {
      lines += figure->kind == "line", tables += figure->kind == "table";
      CHECK(figure->data.rows() >= 5);
    }
  CHECK(lines == 1);
  CHECK(tables == 1);
}

TEST_CASE("boundaries: looks at odd times are for shapes that spend; a bound may be out of reach") {
  CHECK(boundary_plan("pocock", 3, 0.05, {0.1, 0.5, 1}).error().message.find("ld-obf") !=
        std::string::npos);
  CHECK(boundary_plan("ld-pocock", 3, 0.05, {0.1, 0.5, 1}));
  CHECK_FALSE(boundary_plan("ld-obf", 2, 0.05, {0.5, 0.2}));
  CHECK_FALSE(boundary_plan("flat", 3, 0.05));
  const auto early = boundary_plan("ld-obf", 2, 0.05, {0.004, 1});
  REQUIRE(early);
  CHECK(std::isinf(early->bounds.z.front()));
  for (const auto& block : document_of(*early).blocks)
    if (const auto* figure = std::get_if<Figure>(&block); figure && figure->kind == "table") {
      REQUIRE(figure->data.find("z"));
      CHECK(figure->data.find("z")->missing(0));
    }
}
