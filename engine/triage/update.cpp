// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/triage/update.hpp"

#include <algorithm>
#include <cctype>
#include <initializer_list>

namespace rehearse::triage {
namespace {

using Words = std::initializer_list<std::string_view>;

constexpr std::size_t kOpeningWords = 30, kUpdateWords = 150;  // words

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    c = c == '\n' || c == '\t' ? ' '
                               : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

// As whole words: `ctr` is not found in `electron`. A `*` at the end takes any ending.
bool holds(std::string_view text, std::string_view phrase) {
  const bool open = phrase.ends_with('*');
  if (open) phrase.remove_suffix(1);
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    const auto end = at + phrase.size();
    if ((at == 0 || !is_letter(text[at - 1])) &&
        (open || end == text.size() || !is_letter(text[end])))
      return true;
  }
  return false;
}

bool holds_any(std::string_view text, Words phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [text](std::string_view phrase) { return holds(text, phrase); });
}

bool has_number(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

// Split behind . ! ? ; and line ends, but not inside 0.5 or 14.30.
std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool end = c == '\n' || c == ';' || c == '!' || c == '?' ||
                     (c == '.' && (i + 1 == text.size() || !is_digit(text[i + 1])));
    if (c != '\n') sentences.back() += c;
    if (end) sentences.emplace_back();
  }
  std::vector<std::string> kept;
  for (std::string& sentence : sentences) {
    const auto first = sentence.find_first_not_of(" \t\r");
    if (first != std::string::npos) kept.push_back(sentence.substr(first));
  }
  return kept;
}

bool is_impact(std::string_view s) {
  if (holds_any(s, {"no impact", "no user impact", "nobody is affected", "no one is affected",
                    "no users are affected", "no user is affected"}))
    return true;
  return has_number(s) &&
         holds_any(s, {"click*",      "ctr",     "session*", "user*",       "people",
                       "latency",     "p99",     "p95",      "request*",    "error*",
                       "impression*", "traffic", "score*",   "feed*",       "post*",
                       "label*",      "search*", "revenue",  "calibration", "predicted"});
}

bool is_known(std::string_view s) {
  return holds_any(s, {"we know", "known is", "known:", "confirmed", "cause is",
                       "cause:", "caused by", "because", "it is the", "we see that", "established",
                       "traced to", "due to", "comes from", "we have confirmed", "evidence"}) &&
         !holds_any(s, {"not known", "unknown", "not confirmed", "unconfirmed"});
}

bool is_unknown(std::string_view s) {
  return holds_any(s, {"unknown", "not known", "not yet known", "do not know", "don't know",
                       "do not yet know", "unclear", "not clear", "not confirmed", "unconfirmed",
                       "still checking", "still investigating", "investigating", "still open",
                       "open question*", "not established", "not ruled out", "cannot rule out"});
}

bool is_next_step(std::string_view s) {
  return holds_any(s,
                   {"next step*", "next:", "we are", "we will", "i am", "i will", "we have rolled",
                    "rolling back", "team is", "team will", "is being", "are being", "action:"});
}

bool is_next_update(std::string_view s) {
  return has_number(s) &&
         holds_any(s, {"next update", "update at", "update in", "update by", "will update",
                       "update again", "report again", "write again"});
}

std::size_t words_of(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    words += !space && !inside;
    inside = !space;
  }
  return words;
}

struct Rule {
  const char *name, *rule;
  bool (*holds)(std::string_view sentence);
};

constexpr Rule kRules[] = {
    {"impact",
     "a number in a sentence about clicks, sessions, users, latency …; or that nobody is "
     "affected",
     is_impact},
    {"known", "what is established: confirmed, we know, caused by, because …", is_known},
    {"unknown", "what is not: not yet known, still checking, unclear …", is_unknown},
    {"next step", "what is being done: we are …, we will …, next step …", is_next_step},
    {"next update", "when you write again, with a number: next update at 14:30, in 30 minutes",
     is_next_update}};

}  // namespace

double UpdateReview::share() const {
  if (checks.empty()) return 0;
  const auto held = std::count_if(checks.begin(), checks.end(),
                                  [](const UpdateCheck& check) { return check.held; });
  return static_cast<double>(held) / static_cast<double>(checks.size());
}

UpdateReview review_update(std::string_view text) {
  UpdateReview review;
  const std::vector<std::string> sentences = sentences_of(text);
  for (const Rule& rule : kRules) {
    UpdateCheck check{rule.name, false, rule.rule, ""};
    for (const std::string& sentence : sentences) {
      if (check.held || !rule.holds(lowered(sentence))) continue;
      check.held = true;
      check.found = sentence;
    }
    review.checks.push_back(std::move(check));
  }
  if (sentences.empty())
    review.advice = "There is no update. Silence is read as nobody being on it.";
  else if (words_of(sentences.front()) > kOpeningWords)
    review.advice =
        "The first sentence is long; open with one line that a reader on a phone takes in.";
  else if (words_of(text) > kUpdateWords)
    review.advice = "It is long for an update; keep the detail for the post-mortem.";
  return review;
}

}  // namespace rehearse::triage
