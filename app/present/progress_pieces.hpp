// SPDX-License-Identifier: GPL-3.0-or-later
//
// Of what the figures of Progress are made: their texts (utf8 of qt_text.hpp) and their rows.
#pragma once

#include <utility>

#include "app/present/qt_text.hpp"
#include "engine/base/document.hpp"

namespace rehearse::present {

// Without rows where `builder` has none to give: columns of different lengths.
inline Figure withRows(Figure figure, Frame::Builder&& builder) {
  if (auto frame = std::move(builder).build()) figure.data = std::move(*frame);
  return figure;
}

}  // namespace rehearse::present
