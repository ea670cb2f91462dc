// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ingest: raw JSON lines to a typed table, with what could not be used set aside and said why.
//
// Every line ends in exactly one place: in the table (perhaps repaired, and counted) or in
// quarantine with its path, reason and mend. Nothing is dropped in silence and nothing is guessed,
// so that rows + quarantined = lines always holds.
//
//   line -> read (limits) -> rename, rescale, coerce (counted) -> validate -> once only -> flatten
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/diagnose/coerce.hpp"
#include "engine/diagnose/flatten.hpp"

namespace rehearse::diagnose {

struct IngestOptions {
  std::string schema;  // JSON Schema as text; empty: anything goes
  bool cast = true;    // cast to the schema's types before validating
  std::vector<Rename> renames;
  std::vector<Rescale> rescales;
  std::string unique;  // path of a key that may appear once; empty: not asked
  FlattenOptions flatten;
  RecordLimits limits;
};

struct Quarantined {
  std::size_t line = 0;  // from 1
  Fault fault;
  std::string text;  // the front of the line
};

struct IngestReport {
  Frame rows;  // `line` (from 1), `repairs` (values mended on it), then the flattened paths
  std::vector<Quarantined> quarantine;
  RepairCounts repairs;
  std::vector<std::string> mixed;    // paths that mix types and therefore are text
  std::vector<std::string> unnamed;  // paths in the data that the schema does not name
  std::size_t lines = 0;
};

// Calls for line 0, 1, … until there is none. Errors: the schema cannot be used; cancelled; too
// many cells. O(bytes).
Result<IngestReport> ingest(const std::function<std::optional<std::string_view>()>& next_line,
                            const IngestOptions& options, const Progress& progress = {},
                            std::size_t expected_lines = 0);
// Of a text of lines; blank ones are passed over and not counted.
Result<IngestReport> ingest_text(std::string_view text, const IngestOptions& options,
                                 const Progress& progress = {});

// As tables. line, path, kind, reason, mend, text (at most `most` rows); path, repair, count.
Frame quarantine_table(const IngestReport& report, std::size_t most = 100000);
// path, kind, count, first_line, mend: the quarantine by what was wrong, the commonest first.
Frame reason_table(const IngestReport& report);
Frame repair_table(const IngestReport& report);

}  // namespace rehearse::diagnose
