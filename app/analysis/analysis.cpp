// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/analysis.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace rehearse::analysis {
namespace {

std::vector<Analysis>& registry() {
  static std::vector<Analysis> analyses;
  return analyses;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Whether `part` stands in `name` between its ends and underscores.
bool has_word(const std::string& name, const std::string& part) {
  for (auto at = name.find(part); at != std::string::npos; at = name.find(part, at + 1)) {
    const auto end = at + part.size();
    const bool starts = at == 0 || name[at - 1] == '_',
               ends = end == name.size() || name[end] == '_';
    if (starts && ends) return true;
  }
  return false;
}

std::optional<std::string> guessed_column(const Field& field, const Frame& table,
                                          const std::set<std::string>& taken) {
  const auto fits = [&](const Column& column) {
    return (!field.numeric || column.numeric()) && !taken.count(column.name());
  };
  for (const bool whole : {true, false})
    for (const std::string& guess : field.guesses)
      for (std::size_t c = 0; c < table.columns(); ++c) {
        const std::string name = lower(table.column(c).name());
        if ((whole ? name == guess : has_word(name, guess)) && fits(table.column(c)))
          return table.column(c).name();
      }
  return {};
}

Result<void> check_column(const Field& field, const std::string& value, const Frame& table) {
  auto column = table.require(value);
  if (!column) return fail(column.error().code, "{}: {}", field.name, column.error().message);
  if (field.numeric && !(*column)->numeric())
    return fail(Code::bad_data, "{}: the column `{}` holds text; it must be numbers", field.name,
                value);
  return {};
}

std::vector<std::string> lines_of(const std::string& value) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find('\n', begin), value.size());
    if (end > begin) lines.push_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Quantities: columns of numbers that nothing else was guessed to be, and no ids by their names.
std::string guessed_quantities(const Frame& table, const std::set<std::string>& taken) {
  std::string names;
  for (std::size_t c = 0; c < table.columns(); ++c) {
    const std::string& name = table.column(c).name();
    if (!table.column(c).numeric() || taken.count(name) || has_word(lower(name), "id")) continue;
    names += (names.empty() ? "" : "\n") + name;
  }
  return names;
}

Result<void> check_field(const Field& field, const std::string& value, const Frame& table) {
  if (value.empty()) {
    if (field.optional || field.kind == Field::Kind::flag) return {};
    return fail(Code::invalid_argument, "{} is not chosen yet: {}", field.name, field.sentence);
  }
  switch (field.kind) {
    case Field::Kind::column: return check_column(field, value, table);
    case Field::Kind::columns:
      for (const std::string& name : lines_of(value))
        if (auto fine = check_column(field, name, table); !fine) return fine;
      return {};
    case Field::Kind::choice:
      if (std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end())
        return {};
      return fail(Code::invalid_argument, "{}: `{}` is none of {}", field.name, value,
                  fmt::join(field.choices, ", "));
    case Field::Kind::number: {
      const auto number = parsed_number(value);
      if (number && *number >= field.low && *number <= field.high && *number == std::floor(*number))
        return {};
      return fail(Code::invalid_argument, "{}: {} is no whole number from {:g} to {:g}", field.name,
                  value, field.low, field.high);
    }
    case Field::Kind::flag:
      if (value == "true" || value == "false") return {};
      return fail(Code::invalid_argument, "{} is true or false, not `{}`", field.name, value);
  }
  return {};
}

}  // namespace

std::string Question::value(const std::string& field) const {
  const auto found = values.find(field);
  return found == values.end() ? std::string() : found->second;
}

std::vector<std::string> Question::columns(const std::string& field) const {
  return lines_of(value(field));
}

double Question::number(const std::string& field) const {
  return parsed_number(value(field)).value_or(0);
}

std::optional<double> parsed_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

const std::vector<Analysis>& all() { return registry(); }

const Analysis* find(const std::string& name) {
  for (const Analysis& analysis : registry())
    if (analysis.name == name) return &analysis;
  return nullptr;
}

Registration::Registration(Analysis analysis) {
  auto& analyses = registry();
  const auto place =
      std::upper_bound(analyses.begin(), analyses.end(), analysis,
                       [](const Analysis& a, const Analysis& b) { return a.name < b.name; });
  analyses.insert(place, std::move(analysis));
}

std::map<std::string, std::string> guessed(const Analysis& analysis, const Frame& table,
                                           const Frame& other) {
  std::map<std::string, std::string> values;
  std::set<std::string> taken, taken_in_other;
  for (const Field& field : analysis.fields) {
    if (field.kind == Field::Kind::columns) {
      values[field.name] = field.numeric ? guessed_quantities(table, taken) : std::string();
      continue;
    }
    if (field.kind != Field::Kind::column) {
      values[field.name] =
          field.share > 0
              ? fmt::format("{:.0f}", std::floor(field.share * static_cast<double>(table.rows())))
              : field.initial;
      continue;
    }
    auto& own = field.in_other ? taken_in_other : taken;
    if (const auto column = guessed_column(field, field.in_other ? other : table, own)) {
      values[field.name] = *column;
      own.insert(*column);
    }
  }
  return values;
}

Result<void> check(const Analysis& analysis, const Question& question) {
  if (!analysis.other.empty() && !analysis.other_optional && question.other.columns() == 0)
    return fail(Code::invalid_argument, "a second file is due: {}", analysis.other);
  for (const Field& field : analysis.fields)
    if (auto fine = check_field(field, question.value(field.name),
                                field.in_other ? question.other : question.table);
        !fine)
      return fine;
  return {};
}

Result<Document> answer(const Analysis& analysis, const Question& question) {
  if (auto fine = check(analysis, question); !fine) return fail(fine.error());
  return analysis.answer(question);
}

}  // namespace rehearse::analysis
