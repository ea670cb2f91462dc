// SPDX-License-Identifier: GPL-3.0-or-later
//
// Anki packages (.apkg): a zip with collection.anki2, an SQLite file of schema 11, which every Anki
// since 2.0 reads. A question becomes a note (front, back), tagged by topic, in the deck
// Rehearse::<topic>; a card without questions becomes one of its title and first section.
//
// Each note also carries its whole card file in the field Source, so that reading our own package
// back gives the same bytes. Other programs' notes come in as cards with one recall question, of
// their first two fields; schedules and pictures do not.
#pragma once

#include <string>
#include <vector>

#include "app/practice/archive.hpp"
#include "app/practice/card_library.hpp"

namespace rehearse::practice {

// A card and the file it came from, below the data folder.
struct CardFile {
  const Card* card = nullptr;
  OwnFile file;
};

// Errors: the disk refuses.
Result<void> write_apkg(const std::vector<CardFile>& cards, const CardLibrary& library,
                        const std::string& path, std::int64_t now);

// The cards of a package as files below content/. Errors: no zip, torn or hostile (zip.hpp), a
// collection over 256 MB, only the newest form inside (says what to tick in Anki), no note in it.
Result<std::vector<OwnFile>> read_apkg(const std::string& path);

}  // namespace rehearse::practice
