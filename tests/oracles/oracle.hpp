// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the committed values of other libraries: tests/oracles/<room>/<name>.json, made by the
// script beside it.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/json.hpp"

namespace rehearse::oracle {

inline Json read(const std::string& name) {
  std::ifstream file(std::string(REHEARSE_SOURCE_DIR) + "/tests/oracles/" + name);
  INFO(name);
  REQUIRE(file);
  return Json::parse(file);
}

inline std::vector<double> numbers(const Json& json) {
  return json.is_null() ? std::vector<double>() : json.get<std::vector<double>>();
}

}  // namespace rehearse::oracle
