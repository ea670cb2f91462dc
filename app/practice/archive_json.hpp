// SPDX-License-Identifier: GPL-3.0-or-later
//
// An archive as one JSON document, a row a line:
//
//   {"rehearse_export": 1, "schema": 3,
//    "tables": {"drafts": {"columns": ["drill", …], "rows": [["two-sum", …], …]}, …},
//    "files": [{"path": "drills/state/my-drill.lua", "text": "…"}, …]}
//
// A text that is no UTF-8 is written as {"base64": "…"}, so every byte comes back.
#pragma once

#include "app/practice/archive.hpp"

namespace rehearse::practice {

std::string to_json_text(const Archive& archive);
// `name` stands in messages. Errors: no JSON (with the place), no export of ours.
Result<Archive> archive_from_json(const std::string& text, const std::string& name);

}  // namespace rehearse::practice
