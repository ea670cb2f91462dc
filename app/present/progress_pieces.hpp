// SPDX-License-Identifier: GPL-3.0-or-later
//
// Of what the figures of Progress are made: their texts and their rows.
#pragma once

#include <QString>
#include <string>
#include <utility>

#include "engine/base/document.hpp"

namespace rehearse::present {

inline std::string utf8(const QString& text) { return text.toStdString(); }

// Without rows where `builder` has none to give: columns of different lengths.
inline Figure withRows(Figure figure, Frame::Builder&& builder) {
  if (auto frame = std::move(builder).build()) figure.data = std::move(*frame);
  return figure;
}

}  // namespace rehearse::present
