// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/name_words.hpp"

#include <cctype>

namespace rehearse {

std::string spaced_names(std::string text) {
  const auto part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if (text[i] == '_' && part(text[i - 1]) && part(text[i + 1])) text[i] = ' ';
  return text;
}

}  // namespace rehearse
