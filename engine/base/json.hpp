// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON of the whole project: keys keep the order in which they are written, so that reports
// read as they were designed and compare byte by byte.
//
// JSON has no NaN or infinity: `number_or_null` writes null for them; say why in a "why" beside it.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace rehearse {

using Json = nlohmann::ordered_json;

inline Json number_or_null(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

}  // namespace rehearse
