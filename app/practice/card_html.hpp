// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between a card's Markdown and the HTML of other programs' cards: as much as questions and answers
// use (paragraphs, lists, bold, code, formulas as TeX), and the plain words of what comes back.
#pragma once

#include <string>

#include "app/practice/card_library.hpp"

namespace rehearse::practice {

// Formulas become MathJax, \[tex\].
std::string to_html(const std::string& markdown, const CardLibrary& library);

// Tags taken away, entities read; blocks and <br> become lines.
std::string words_of_html(const std::string& html);

}  // namespace rehearse::practice
