// SPDX-License-Identifier: GPL-3.0-or-later
//
// Phrases of the simulated communities: a pattern of corpus_words.hpp filled in, a value drawn for
// a property, a word with a letter wrong. Shared by the corpora that stand still (corpus.hpp) and
// that change by the day (corpus_days.hpp).
#pragma once

#include <string>
#include <string_view>

#include "engine/base/random.hpp"
#include "engine/sim/corpus_words.hpp"

namespace rehearse::sim {

// {e}, {v} and {c} replaced, wherever they stand.
std::string filled(std::string_view pattern, const std::string& thing, const std::string& value,
                   const std::string& code);

// A number of the property's grid, with its unit.
std::string value_of(const CorpusProperty& property, Stream& stream);

// A letter of the middle is doubled, dropped or swapped with the next; words under four letters
// stay.
std::string mistyped(std::string word, Stream& stream);

// A name of three syllables.
std::string drawn_name(Stream& stream);
// A word for each place, none twice: of the list, then of two words and a number.
std::string nickname_of(std::size_t place);

}  // namespace rehearse::sim
