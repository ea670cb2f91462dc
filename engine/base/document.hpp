// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report before it is rendered: headings, prose, tables, numbers, plots and verdicts in reading
// order. Command line and window build one; the report room renders it to HTML, PDF, PNG or SVG.
// It travels between processes as JSON, since `rehearse` itself starts without Qt and asks
// `rehearse-desktop` to render.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/frame.hpp"
#include "engine/base/json.hpp"

namespace rehearse {

struct Heading {
  int level = 2;  // 1 is the title
  std::string text;
};

struct Prose {
  std::string markdown;
};

struct Verbatim {
  std::string text;  // code or terminal text, shown in the mono face
};

struct Banner {
  enum class Tone { ok, bad, neutral };
  Tone tone = Tone::neutral;
  std::string title;     // "Wrong answer"
  std::string sentence;  // what it means
};

// A table, or with kind line, reliability, histogram a plot with its table behind it;
// the columns of `data` are those of engine/base/view_data.hpp.
struct Figure {
  std::string kind = "table";
  std::string title, x_title, y_title;
  std::string see;                // "What to see", one sentence
  Json options = Json::object();  // drawing options: log_x, y_from_zero …
  Frame data;
};

struct Document {
  std::string title;
  std::string subtitle;
  std::vector<std::variant<Heading, Prose, Verbatim, Banner, Figure>> blocks;
};

// Round trip through JSON keeps every cell and what a column is for; doubles to the last digit. NaN
// and infinities have no JSON: they become null, hence missing.
// Errors: not such a document; the message says where.
Json to_json(const Document& document);
Result<Document> document_from_json(const Json& json);
Json to_json(const Frame& frame);
Result<Frame> frame_from_json(const Json& json);

}  // namespace rehearse
