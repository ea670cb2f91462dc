// SPDX-License-Identifier: GPL-3.0-or-later
//
// collection.anki2 of schema 11, as bytes (github.com/ankitects/anki,
// rslib/src/storage/schema11.sql, and genanki by Kerrick Staley, which writes the same): tables
// notes and cards, and one row `col` whose columns hold the note types and decks as JSON. Part of
// anki.hpp.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::practice {

struct AnkiNote {
  std::string guid;                 // a note of the same guid is updated when it is imported again
  std::string deck;                 // "Rehearse::calibration"
  std::string tags;                 // separated by blanks
  std::vector<std::string> fields;  // HTML
};

// Every note of one type with these fields; the first two are front and back.
Result<std::string> anki_collection(const std::vector<AnkiNote>& notes,
                                    const std::vector<std::string>& fields, std::int64_t now);

// The notes of any collection of schema 11. `name` stands in messages. The bytes are not trusted:
// errors for what is no database, has no table of notes, or takes too long to read.
Result<std::vector<AnkiNote>> anki_notes(std::string bytes, const std::string& name);

}  // namespace rehearse::practice
