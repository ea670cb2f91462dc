// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table for the terminal: columns aligned by what is seen (UTF-8 aware), numbers to the right.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::cli {

struct TextTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> right;  // by column; shorter means left
};

std::string to_text(const TextTable& table);

// A frame's first `most` rows, doubles with six significant digits, and how many were left out.
std::string to_text(const Frame& frame, std::size_t most = 40);

// Fills the paragraphs and items of Markdown to `width` columns; blocks of code stay as they are,
// and so do emphasis marks.
std::string wrapped(const std::string& text, std::size_t width = 88,
                    const std::string& indent = "");

}  // namespace rehearse::cli
