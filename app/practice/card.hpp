// SPDX-License-Identifier: GPL-3.0-or-later
//
// Card: one file content/<topic>/<id>.md, parsed: TOML between two lines `+++`, then Markdown with
// `##` sections, of which "Questions" is machine-readable. The grammar is in content/README.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::practice {

struct Question {
  enum class Kind { recall, numeric, choice, order, explain };
  Kind kind = Kind::recall;
  std::string prompt;                // Markdown
  std::string answer;                // recall
  double number = 0, tolerance = 0;  // numeric
  std::string compute;               // numeric: the expression that the engine recomputes
  std::vector<std::string> options;  // choice
  int right = 0;                     // choice, from 0
  std::string why;
  std::vector<std::string> items;               // order, in the right order
  std::vector<std::string> must, bonus, wrong;  // explain
  int line = 0;
};

const char* kind_name(Question::Kind kind);
// The answer as Markdown, for showing.
std::string answer_markdown(const Question& question);

struct Card {
  std::string id, kind, title, area, path, topic;
  std::vector<std::string> covers, prereq, follow_ups, drills;
  std::string design;
  double minutes = 0;
  int revision = 1;
  std::string changed;  // what the last revision changed, in a sentence; may be empty
  std::vector<std::pair<std::string, std::string>>
      sections;  // heading, Markdown; without Questions
  std::vector<Question> questions;

  // Empty where there is no such section.
  const std::string& section(const std::string& heading) const;
};

// `path` stands in messages. Errors (with line): no front matter, TOML that does not parse, a field
// that is missing or of the wrong type, an unknown question kind, a question without its answer,
// not UTF-8.
Result<Card> parse_card(std::string_view text, const std::string& path);
// Errors also: no such file, larger than 1 MB.
Result<Card> load_card(const std::string& path);

}  // namespace rehearse::practice
