// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/card.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "engine/base/read.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

constexpr std::size_t kLargestCard = 1 << 20;
constexpr const char* kFence = "```";

struct Line {
  std::string text;
  int number = 0;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::istringstream in{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back({std::move(line), ++number});
  }
  return lines;
}

std::string joined(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += lines[i].text + "\n";
  const auto first = text.find_first_not_of('\n');
  const auto last = text.find_last_not_of(" \n");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

// Reads fields out of one TOML table; the first failure is kept.
class Fields {
 public:
  Fields(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

  std::string text(const char* key, bool required) {
    const toml::node* node = table_.get(key);
    if (!node) return missing(key, required), "";
    if (const auto value = node->value<std::string>()) return *value;
    wrong(key, "a text in quotes");
    return "";
  }
  double number(const char* key, bool required, double otherwise = 0) {
    const toml::node* node = table_.get(key);
    if (!node) return missing(key, required), otherwise;
    if (const auto value = node->value<double>()) return *value;
    wrong(key, "a number");
    return otherwise;
  }
  std::vector<std::string> texts(const char* key, bool required) {
    std::vector<std::string> all;
    const toml::node* node = table_.get(key);
    if (!node) return missing(key, required), all;
    const toml::array* array = node->as_array();
    if (!array) return wrong(key, "a list of texts"), all;
    for (const toml::node& one : *array) {
      const auto value = one.value<std::string>();
      if (!value) return wrong(key, "a list of texts"), all;
      all.push_back(*value);
    }
    return all;
  }
  const std::string& error() const { return error_; }

 private:
  void missing(const char* key, bool required) {
    if (required && error_.empty()) error_ = fmt::format("{}: `{}` is missing", place_, key);
  }
  void wrong(const char* key, const char* due) {
    if (error_.empty()) error_ = fmt::format("{}: `{}` must be {}", place_, key, due);
  }
  const toml::table& table_;
  std::string place_, error_;
};

Result<toml::table> parse_toml(const std::string& text, const std::string& path, int first_line) {
  toml::parse_result parsed = toml::parse(text);
  if (!parsed)
    return fail(Code::bad_data, "{}:{}: {}", path,
                first_line + static_cast<int>(parsed.error().source().begin.line) - 1,
                parsed.error().description());
  return std::move(parsed).table();
}

Result<void> read_front(const std::string& text, const std::string& path, Card& card) {
  auto table = parse_toml(text, path, 2);
  if (!table) return fail(table.error());
  Fields fields(*table, path + ":2");
  card.id = fields.text("id", true);
  card.kind = fields.text("kind", true);
  card.title = fields.text("title", true);
  card.area = fields.text("area", true);
  card.covers = fields.texts("covers", true);
  card.prereq = fields.texts("prereq", false);
  card.follow_ups = fields.texts("follow_ups", false);
  card.drills = fields.texts("drills", false);
  card.design = fields.text("design", false);
  card.minutes = fields.number("minutes", true);
  card.revision = static_cast<int>(fields.number("revision", true, 1));
  card.changed = fields.text("changed", false);
  if (!fields.error().empty()) return fail(Code::bad_data, "{}", fields.error());
  return {};
}

std::optional<Question::Kind> kind_of(const std::string& name) {
  for (auto kind : {Question::Kind::recall, Question::Kind::numeric, Question::Kind::choice,
                    Question::Kind::order, Question::Kind::explain})
    if (name == kind_name(kind)) return kind;
  return std::nullopt;
}

std::string read_answer(Fields& fields, Question& q) {
  q.why = fields.text("why", false);
  switch (q.kind) {
    case Question::Kind::recall: q.answer = fields.text("answer", true); break;
    case Question::Kind::numeric:
      q.number = fields.number("answer", true);
      q.tolerance = fields.number("tolerance", true);
      q.compute = fields.text("compute", false);
      break;
    case Question::Kind::choice:
      q.options = fields.texts("options", true);
      q.right = static_cast<int>(fields.number("answer", true));
      if (fields.error().empty() && (q.right < 0 || q.right >= static_cast<int>(q.options.size())))
        return "`answer` is not one of the options (they count from 0)";
      break;
    case Question::Kind::order: q.items = fields.texts("items", true); break;
    case Question::Kind::explain:
      q.must = fields.texts("must", true);
      q.bonus = fields.texts("bonus", false);
      q.wrong = fields.texts("wrong", false);
      break;
  }
  return fields.error();
}

// One question: lines after its `###` heading up to the next.
Result<Question> read_question(const std::vector<Line>& lines, std::size_t from, std::size_t to,
                               const std::string& path) {
  Question q;
  q.line = lines[from].number;
  const std::string name = lines[from].text.substr(4);
  const auto kind = kind_of(name);
  if (!kind)
    return fail(Code::bad_data,
                "{}:{}: `{}` is no kind of question; use recall, numeric, choice, order or explain",
                path, q.line, name);
  q.kind = *kind;
  std::size_t open = from + 1;
  while (open < to && lines[open].text != "```toml") ++open;
  std::size_t close = open + 1;
  while (close < to && lines[close].text != kFence) ++close;
  if (close >= to)
    return fail(Code::bad_data, "{}:{}: this question has no closed ```toml block with its answer",
                path, q.line);
  q.prompt = joined(lines, from + 1, open);
  if (q.prompt.empty())
    return fail(Code::bad_data, "{}:{}: this question asks nothing", path, q.line);
  auto table = parse_toml(joined(lines, open + 1, close), path, lines[open].number + 1);
  if (!table) return fail(table.error());
  Fields fields(*table, fmt::format("{}:{}", path, q.line));
  if (const std::string error = read_answer(fields, q); !error.empty())
    return fail(Code::bad_data, "{}", error);
  return q;
}

Result<void> read_questions(const std::vector<Line>& lines, std::size_t from, std::size_t to,
                            const std::string& path, Card& card) {
  for (std::size_t i = from; i < to;) {
    if (lines[i].text.rfind("### ", 0) != 0) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < to && lines[end].text.rfind("### ", 0) != 0) ++end;
    auto question = read_question(lines, i, end, path);
    if (!question) return fail(question.error());
    card.questions.push_back(std::move(*question));
    i = end;
  }
  return {};
}

std::string bullets(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += "- " + item + "\n";
  return text;
}

}  // namespace

const char* kind_name(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::recall: return "recall";
    case Question::Kind::numeric: return "numeric";
    case Question::Kind::choice: return "choice";
    case Question::Kind::order: return "order";
    case Question::Kind::explain: return "explain";
  }
  return "";
}

std::string answer_markdown(const Question& q) {
  const std::string why = q.why.empty() ? "" : "\n\n" + q.why;
  switch (q.kind) {
    case Question::Kind::recall: return q.answer + why;
    case Question::Kind::numeric:
      return fmt::format("**{:.6g}** (within {:g}){}", q.number, q.tolerance, why);
    case Question::Kind::choice:
      return "**" + q.options[static_cast<std::size_t>(q.right)] + "**" + why;
    case Question::Kind::order: {
      std::string text;
      for (std::size_t i = 0; i < q.items.size(); ++i)
        text += fmt::format("{}. {}\n", i + 1, q.items[i]);
      return text + why;
    }
    case Question::Kind::explain: {
      std::string text = "**You must say**\n\n" + bullets(q.must);
      if (!q.bonus.empty()) text += "\n**Better with**\n\n" + bullets(q.bonus);
      if (!q.wrong.empty()) text += "\n**Wrong**\n\n" + bullets(q.wrong);
      return text + why;
    }
  }
  return "";
}

const std::string& Card::section(const std::string& heading) const {
  static const std::string none;
  for (const auto& [name, text] : sections)
    if (name == heading) return text;
  return none;
}

Result<Card> parse_card(std::string_view text, const std::string& path) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (const auto bad = invalid_utf8_at(text); bad != std::string_view::npos)
    return fail(Code::bad_data, "{}: not UTF-8 at byte {}; save the file as UTF-8", path, bad + 1);
  const std::vector<Line> lines = lines_of(text);
  std::size_t close = 1;
  while (close < lines.size() && lines[close].text != "+++") ++close;
  if (lines.empty() || lines[0].text != "+++" || close >= lines.size())
    return fail(Code::bad_data,
                "{}:1: a card starts with TOML between two lines `+++`; see content/README.md",
                path);
  Card card;
  card.path = path;
  card.topic = std::filesystem::path(path).parent_path().filename().string();
  if (auto front = read_front(joined(lines, 1, close), path, card); !front)
    return fail(front.error());
  bool in_code = false;
  std::size_t start = lines.size();
  const auto finish = [&](std::size_t end) -> Result<void> {
    if (start >= lines.size()) return {};
    const std::string heading = lines[start].text.substr(3);
    if (heading == "Questions") return read_questions(lines, start + 1, end, path, card);
    card.sections.emplace_back(heading, joined(lines, start + 1, end));
    return {};
  };
  for (std::size_t i = close + 1; i < lines.size(); ++i) {
    if (lines[i].text.rfind(kFence, 0) == 0) in_code = !in_code;
    if (in_code || lines[i].text.rfind("## ", 0) != 0) continue;
    if (auto done = finish(i); !done) return fail(done.error());
    start = i;
  }
  if (auto done = finish(lines.size()); !done) return fail(done.error());
  return card;
}

Result<Card> load_card(const std::string& path) {
  auto text = read_file(path, kLargestCard);
  if (!text) return fail(text.error());
  return parse_card(*text, path);
}

}  // namespace rehearse::practice
