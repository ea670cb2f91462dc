// SPDX-License-Identifier: GPL-3.0-or-later
//
// An archive as a folder: one CSV file a table (RFC 4180, CRLF, a header line), `schema.csv` with
// the version of the tables, and the files of the user's own below files/.
//
// A missing value is an empty cell, an empty text is "" in quotes. Numbers have the digits that
// round-trip.
#pragma once

#include "app/practice/archive.hpp"

namespace rehearse::practice {

// Makes the folder, whole or not at all. Errors: it exists, the disk refuses.
Result<void> write_csv_folder(const Archive& archive, const std::string& folder);
// Errors: no such folder, no schema.csv, a file that is no CSV (with its line).
Result<Archive> read_csv_folder(const std::string& folder);

}  // namespace rehearse::practice
