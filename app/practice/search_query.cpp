// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/search_query.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace rehearse::practice {
namespace {

constexpr std::size_t kMostTerms = 32;
// Words that a beginning may stand for, the most frequent first.
constexpr int kMostWholes = 20;

struct Term {
  std::string text;
  bool phrase = false, without = false;
};

bool says_something(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) || c >= 128; });
}

std::vector<Term> terms_of(const std::string& typed) {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < typed.size() && terms.size() < kMostTerms;) {
    if (std::isspace(static_cast<unsigned char>(typed[i]))) {
      ++i;
      continue;
    }
    Term term;
    term.without = typed[i] == '-' && i + 1 < typed.size();
    i += term.without;
    term.phrase = typed[i] == '"';
    i += term.phrase;
    const char* ends = term.phrase ? "\"" : " \t\r\n\"";
    const std::size_t end = std::min(typed.find_first_of(ends, i), typed.size());
    term.text = typed.substr(i, end - i);
    i = end + term.phrase;
    if (says_something(term.text)) terms.push_back(std::move(term));
  }
  return terms;
}

// The stem of a whole word may be shorter than its beginning as it is typed ("calibrat" of
// "calibration", whose stem is "calibr"), so the words that begin so are asked for too.
std::vector<std::string> wholes_of(SQLite::Database& db, const std::string& beginning) {
  std::string low;
  for (const char c : beginning) {
    if (!std::isalnum(static_cast<unsigned char>(c))) return {};
    low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  std::vector<std::string> words;
  SQLite::Statement row(db,
                        "SELECT word FROM words WHERE word > ?1 AND word < ?1 || char(1114111) "
                        "ORDER BY documents DESC LIMIT ?2");
  row.bind(1, low);
  row.bind(2, kMostWholes);
  while (row.executeStep()) words.push_back(row.getColumn(0).getString());
  return words;
}

std::string in_quotes(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text)
    if (c != '"' && c != '\0') quoted += c;
  return quoted + "\"";
}

}  // namespace

bool asks_for_something(const std::string& typed) {
  const std::vector<Term> terms = terms_of(typed);
  return std::any_of(terms.begin(), terms.end(), [](const Term& term) { return !term.without; });
}

std::string fts_query(SQLite::Database& db, const std::string& typed, const std::string& join) {
  std::string wanted, unwanted;
  for (const Term& term : terms_of(typed)) {
    std::string& list = term.without ? unwanted : wanted;
    if (!list.empty()) list += term.without ? " OR " : " " + join + " ";
    if (term.phrase || term.without) {
      list += in_quotes(term.text);
      continue;
    }
    list += "(" + in_quotes(term.text) + "*";
    for (const std::string& whole : wholes_of(db, term.text)) list += " OR " + in_quotes(whole);
    list += ")";
  }
  if (wanted.empty() || unwanted.empty()) return wanted;
  return fmt::format("({}) NOT ({})", wanted, unwanted);
}

}  // namespace rehearse::practice
