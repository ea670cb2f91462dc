// SPDX-License-Identifier: GPL-3.0-or-later
//
// Export and import by the ending of the name: FILE.json and FOLDER.csv hold everything and come
// back byte for byte; FILE.md is a history to read with the user's own cards; FILE.apkg is every
// card, for Anki. What each form is stands in archive_json.hpp, archive_csv.hpp,
// archive_markdown.hpp and anki.hpp; what an import does with what is there in archive.hpp.
#pragma once

#include <string>

#include "app/practice/archive.hpp"
#include "app/practice/home.hpp"

namespace rehearse::practice {

struct ExportReport {
  std::size_t rows = 0, files = 0, cards = 0;  // cards: of a package
};

// Errors: an ending that is none of these, `path` is there and may not be replaced (`overwrite`; a
// folder never is), the disk refuses.
Result<ExportReport> export_to(const Database& database, const Home& home, const std::string& path,
                               bool overwrite, std::int64_t now);

// With `replace` what is there gives way, after a backup; of a form that holds cards alone that is
// an error. Errors as the form's reader and import_archive.
Result<ImportReport> import_from(Database& database, const Home& home, const std::string& path,
                                 bool replace, std::int64_t now);

}  // namespace rehearse::practice
