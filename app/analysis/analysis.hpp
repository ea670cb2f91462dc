// SPDX-License-Identifier: GPL-3.0-or-later
//
// Analysis: one question that a person may ask of a file of their own, declared once: what it asks,
// what it must be told (which column holds the label, how many bins), and the function that answers
// it with a document of figures and sentences. The command line shows that document as a report,
// the window shows it in place; what else the command line says (tables, JSON) it makes itself from
// the numbers of the same file here.
//
// No Qt. An analysis reads no file: tables arrive as frames.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::analysis {

// One thing that must be known. `name` is also the flag of the command line: `label` is --label.
struct Field {
  enum class Kind { column, columns, choice, number, flag };
  std::string name;
  Kind kind = Kind::column;
  std::string sentence;
  bool optional = false;
  std::vector<std::string> guesses = {};  // of a column: names it often has, the likeliest first
  bool numeric = false;                   // of columns: they must hold numbers
  std::vector<std::string> choices = {};
  std::string initial = {};  // of a choice, number or flag ("true")
  double share = 0;          // of a number: this share of the rows is its initial value
  double low = 0, high = 0;  // of a number, which is whole
  bool in_other = false;     // of columns: they are the second table's
};

// A call: the user's table, the second one where the analysis compares two, and a value for each
// field (a column's name, or names with a line break between them; an optional field may be absent
// or empty).
struct Question {
  std::string file;  // as it is called in titles
  Frame table;
  std::string other_file;
  Frame other;
  std::map<std::string, std::string> values;
  Progress progress;

  std::string value(const std::string& field) const;
  std::vector<std::string> columns(const std::string& field) const;
  double number(const std::string& field) const;  // 0 where it is no number
  bool flag(const std::string& field) const { return value(field) == "true"; }
};

struct Analysis {
  std::string name;        // "calibration", as in `rehearse analyze calibration`
  std::string asks;        // "Do your model's scores mean what they say?"
  std::string other = {};  // what the second file is; empty: there is none
  bool other_optional = false;
  std::vector<Field> fields = {};
  std::function<Result<Document>(const Question&)> answer;
};

// All analyses of this process in order of name. Filled before main().
const std::vector<Analysis>& all();
const Analysis* find(const std::string& name);
struct Registration {
  explicit Registration(Analysis analysis);
};

// What each field would be for this table: a column by its name (as a guess says, in any case of
// letters, whole names before parts of names, and no column twice), everything else its initial
// value. A required column that no name suggests is absent. It is a guess: show it.
std::map<std::string, std::string> guessed(const Analysis& analysis, const Frame& table,
                                           const Frame& other = {});

// Errors, each with its field: a required one is absent, a column is not there or holds texts where
// numbers are needed, a choice or number is outside its range.
Result<void> check(const Analysis& analysis, const Question& question);

// The whole of `text` as a number; nothing where it is none.
std::optional<double> parsed_number(std::string_view text);

// Checks, then answers.
Result<Document> answer(const Analysis& analysis, const Question& question);

}  // namespace rehearse::analysis
