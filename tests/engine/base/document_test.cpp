// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/document.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/base/tables.hpp"

namespace rehearse {
namespace {

Document sample() {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{0.1, 0.2}).add("ok", std::vector<bool>{true, false});
  return {"A run",
          "seed 7",
          {Heading{2, "Traffic"}, Prose{"*Prose*"}, Verbatim{"return 1"},
           Banner{Banner::Tone::bad, "Wrong answer", "Case 3 differs."},
           Figure{"line",
                  "CTR",
                  "day",
                  "rate",
                  "It falls.",
                  {{"log_x", true}},
                  *std::move(builder).build()}}};
}

TEST_CASE("document: every kind of block survives the way through JSON text") {
  const Json once = to_json(sample());
  const auto back = document_from_json(Json::parse(once.dump()));
  REQUIRE(back.has_value());
  CHECK(to_json(*back) == once);
  REQUIRE(back->blocks.size() == 5);
  CHECK(std::get<Banner>(back->blocks[3]).tone == Banner::Tone::bad);
  const Figure& figure = std::get<Figure>(back->blocks[4]);
  CHECK(figure.options["log_x"] == true);
  CHECK(figure.data.hash() == std::get<Figure>(sample().blocks[4]).data.hash());
}

TEST_CASE("document: tables keep types, roles, privacy, missing cells and all digits") {
  rc::check("", [] {
    const Frame frame = testing::random_table();
    const auto back = frame_from_json(Json::parse(to_json(frame).dump()));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->hash() == frame.hash());
  });
}

TEST_CASE("document: NaN and infinity become missing") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{NAN, INFINITY, 1});
  const auto back = frame_from_json(to_json(*std::move(builder).build()));
  REQUIRE(back.has_value());
  CHECK((back->column(0).missing(0) && back->column(0).missing(1) && !back->column(0).missing(2)));
}

TEST_CASE("document: JSON that is no document is refused, whatever is wrong with it") {
  const Json good = to_json(sample());
  REQUIRE(document_from_json(good).has_value());
  // Every value in turn replaced by one of another kind, or taken out.
  const Json flat = good.flatten();
  for (const auto& [path, value] : flat.items()) {
    const Json::json_pointer at(path);
    if (path.find("/options") != std::string::npos || path.find("/cells") != std::string::npos)
      continue;
    INFO(path);
    Json changed = good;
    changed[at] = Json::array({1});
    CHECK_FALSE(document_from_json(changed).has_value());
    Json shorter = good;
    shorter[at.parent_pointer()].erase(at.back());
    const bool optional = at.back() == "privacy";
    CHECK(document_from_json(shorter).has_value() == optional);
  }
  for (const char* text : {"null", "3", "[]", "{}", "\"x\""})
    CHECK_FALSE(document_from_json(Json::parse(text)).has_value());
  Json toneless = good;
  toneless["blocks"][3]["tone"] = 7;
  CHECK_THAT(document_from_json(toneless).error().message, Catch::Contains("tone 7"));
  Json ragged = good;
  ragged["blocks"][4]["data"][0]["cells"].push_back(1);
  CHECK_THAT(document_from_json(ragged).error().message, Catch::Contains("rows"));
  Json mistyped = good;
  mistyped["blocks"][4]["data"][0]["cells"][0] = "text";
  CHECK_FALSE(document_from_json(mistyped).has_value());
}

}  // namespace
}  // namespace rehearse
