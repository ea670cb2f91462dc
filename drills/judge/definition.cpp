// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/definition.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "drills/judge/cases.hpp"
#include "drills/judge/growth.hpp"

namespace rehearse::judge {

int line_of_field(std::string_view source, std::string_view name) {
  auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (std::size_t at = source.find(name); at != std::string_view::npos;
       at = source.find(name, at + 1)) {
    std::size_t end = at + name.size();
    if ((at > 0 && (is_name(source[at - 1]) || source[at - 1] == '.')) ||
        (end < source.size() && is_name(source[end]))) {
      continue;
    }
    while (end < source.size() && (source[end] == ' ' || source[end] == '\t')) ++end;
    bool assigns = end < source.size() && source[end] == '=' &&
                   (end + 1 == source.size() || source[end + 1] != '=');
    if (assigns)
      return 1 + static_cast<int>(std::count(
                     source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }
  return 0;
}

namespace {

// Reads fields and keeps the first complaint; after it everything reads as empty.
class Definition {
 public:
  Definition(const Table& table, const std::string& source, const std::string& path)
      : table_(table), source_(source), path_(path) {}

  Result<Drill> read() {
    drill_.path = path_;
    drill_.source = source_;
    read_names();
    read_signature();
    if (!error_) read_examples();
    read_limits();
    read_growth();
    read_compare();
    require_function("cases", true);
    drill_.has_oracle = require_function("oracle", false);
    read_reference();
    read_wrong();
    read_pitfalls();
    read_talk();
    if (error_) return fail(*error_);
    return std::move(drill_);
  }

 private:
  template <class... Args>
  void complain(std::string_view field, fmt::format_string<Args...> format, Args&&... args) {
    if (error_) return;
    int line = line_of_field(source_, field);
    if (line == 0) line = std::max(line_of_field(source_, "id"), 1);
    error_ = Error{Code::bad_data, fmt::format("{}:{}: `{}`: {}", path_, line, field,
                                               fmt::format(format, std::forward<Args>(args)...))};
  }

  std::string text(const Table& from, const char* field, bool required,
                   const std::string& within = "") {
    const Value* value = from.find(field);
    if (!value || value->is_nil()) {
      if (required) complain(field, "{}is missing: a string is due", within);
      return "";
    }
    if (!value->string())
      complain(field, "{}a {} where a string is due", within, value->type_name());
    return value->string() ? *value->string() : "";
  }

  double number(const Table& from, const char* field, double otherwise) {
    const Value* value = from.find(field);
    if (!value) return otherwise;
    double result = 0;
    if (!value->number(result) || !(result > 0)) {
      complain(field, "a number above zero is due");
      return otherwise;
    }
    return result;
  }

  const Table* table(const Table& from, const char* field, bool required, const char* what) {
    const Value* value = from.find(field);
    if (!value) {
      if (required) complain(field, "is missing: {} is due", what);
      return nullptr;
    }
    if (!value->table()) complain(field, "a {} where {} is due", value->type_name(), what);
    return value->table();
  }

  static bool is_kebab(const std::string& id) {
    auto fits = [](char c) {
      return std::islower(static_cast<unsigned char>(c)) ||
             std::isdigit(static_cast<unsigned char>(c)) || c == '-';
    };
    return !id.empty() && id.size() <= 60 && std::all_of(id.begin(), id.end(), fits) &&
           id.front() != '-' && id.back() != '-';
  }

  void read_names() {
    drill_.id = text(table_, "id", true);
    if (!error_ && !is_kebab(drill_.id))
      complain("id", "`{}` is not kebab-case (a-z, 0-9, -)", drill_.id);
    drill_.title = text(table_, "title", true);
    drill_.category = text(table_, "category", false);
    drill_.level = text(table_, "level", false);
    if (!drill_.level.empty() && drill_.level != "easy" && drill_.level != "medium" &&
        drill_.level != "hard") {
      complain("level", "`{}` is not easy, medium or hard", drill_.level);
    }
    drill_.minutes = number(table_, "minutes", 20);
    drill_.statement = text(table_, "statement", true);
    drill_.explain = text(table_, "explain", false);
    if (const Table* covers = table(table_, "covers", false, "a list of ids")) {
      for (const Value& id : covers->array) {
        if (!id.string()) return complain("covers", "a {} where an id is due", id.type_name());
        drill_.covers.push_back(*id.string());
      }
    }
  }

  void read_signature() {
    std::string written = text(table_, "signature", true);
    if (error_) return;
    auto signature = parse_signature(written);
    if (!signature) return complain("signature", "{}", signature.error().message);
    drill_.signature = std::move(*signature);
  }

  void read_examples() {
    const Table* examples = table(table_, "examples", false, "a list of examples");
    if (!examples) return;
    for (const Value& one : examples->array) {
      std::string where = fmt::format("example {}", drill_.examples.size() + 1);
      auto input = read_input(one, drill_.signature, where);
      if (!input) return complain("examples", "{}", input.error().message);
      Example example;
      example.input = std::move(*input);
      const Table& fields = *one.table();
      example.note = text(fields, "note", false);
      const Value* result = fields.find("result");
      if (!result) result = fields.find("results");
      static const Value kNil;
      auto answer = conform_answer(result ? *result : kNil, drill_.signature, example.input);
      if (!answer) return complain("examples", "{}: `result`: {}", where, answer.error().message);
      example.result = std::move(*answer);
      drill_.examples.push_back(std::move(example));
    }
  }

  void read_limits() {
    const Table* limits = table(table_, "limits", false, "{ time_ms = …, memory_mb = … }");
    if (!limits) return;
    double time_ms = number(*limits, "time_ms", 1000), memory_mb = number(*limits, "memory_mb", 64);
    if (time_ms > 60'000) complain("time_ms", "at most 60000");
    if (memory_mb > 1024) complain("memory_mb", "at most 1024");
    drill_.limits.time_ms = static_cast<std::int64_t>(std::ceil(time_ms));
    drill_.limits.memory_mb = static_cast<std::int64_t>(std::ceil(memory_mb));
  }

  void read_growth() {
    const Table* growth = table(table_, "growth", false, "{ time, memory, sizes, input }");
    if (!growth) return;
    drill_.growth.time = text(*growth, "time", false);
    drill_.growth.memory = text(*growth, "memory", false);
    for (const auto* claim : {&drill_.growth.time, &drill_.growth.memory}) {
      if (claim->empty()) continue;
      if (auto known = growth_class(*claim); !known)
        complain("growth", "{}", known.error().message);
    }
    const Table* sizes = table(*growth, "sizes", true, "a list of four sizes");
    if (!sizes) return;
    for (const Value& size : sizes->array) {
      const std::int64_t* n = size.integer();
      if (!n || *n < 1 || (!drill_.growth.sizes.empty() && *n <= drill_.growth.sizes.back())) {
        return complain("sizes", "ascending whole numbers are due");
      }
      drill_.growth.sizes.push_back(*n);
    }
    if (drill_.growth.sizes.size() < 3)
      complain("sizes", "three sizes or more are due, better four");
    const Value* input = growth->find("input");
    if (!input || !input->string() || *input->string() != "function") {
      complain("growth", "`input` is missing: function(n, rand) that returns the arguments");
    }
  }

  void read_compare() {
    const Value* how = table_.find("compare");
    if (!how) return;
    if (const Table* options = how->table()) {
      const Value* tolerance = options->find("tolerance");
      if (!tolerance || !tolerance->number(drill_.compare.tolerance) ||
          !(drill_.compare.tolerance >= 0)) {
        return complain("compare", "{{ tolerance = number }} is due");
      }
      drill_.compare.how = Compare::How::tolerance;
      return;
    }
    const std::string* word = how->string();
    if (word && *word == "exact")
      drill_.compare.how = Compare::How::exact;
    else if (word && *word == "unordered")
      drill_.compare.how = Compare::How::unordered;
    else if (word && *word == "function")
      drill_.compare.how = Compare::How::function;
    else
      complain("compare", "\"exact\", \"unordered\", {{ tolerance = … }} or a function is due");
  }

  bool require_function(const char* field, bool required) {
    const Value* value = table_.find(field);
    bool there = value && value->string() && *value->string() == "function";
    if (value && !there) complain(field, "a {} where a function is due", value->type_name());
    if (!value && required) complain(field, "is missing: a function is due");
    return there;
  }

  void read_reference() {
    const Table* references = table(table_, "reference", true, "{ lua = source text }");
    if (!references) return;
    for (const Field& field : references->fields) {
      if (!field.key.string() || !field.value.string())
        return complain("reference", "language = source text is due");
      drill_.reference[*field.key.string()] = *field.value.string();
    }
    if (!drill_.reference.contains("lua")) complain("reference", "a solution in Lua is due");
  }

  void read_wrong() {
    const Table* list = table(table_, "wrong", false, "a list of wrong answers");
    if (!list) return;
    for (const Value& one : list->array) {
      std::string within = fmt::format("wrong answer {}: ", drill_.wrong.size() + 1);
      if (!one.table())
        return complain("wrong", "{}a {} where a table is due", within, one.type_name());
      const Table& fields = *one.table();
      WrongSolution wrong;
      wrong.name = text(fields, "name", true, within);
      wrong.language = text(fields, "language", false);
      if (wrong.language.empty()) wrong.language = "lua";
      auto verdict = verdict_from_code(text(fields, "verdict", true, within));
      if (!verdict)
        return complain("verdict", "{}one of WA, RTE, TLE, MLE, OLE, CE is due", within);
      wrong.verdict = *verdict;
      wrong.reason = text(fields, "reason", false);
      wrong.first_case = text(fields, "case", false);
      wrong.why = text(fields, "why", true, within);
      wrong.code = text(fields, "code", true, within);
      drill_.wrong.push_back(std::move(wrong));
    }
  }

  void read_pitfalls() {
    // A case's `catches` usually names a wrong answer, whose `why` is the sentence.
    for (const WrongSolution& wrong : drill_.wrong) drill_.pitfalls.emplace(wrong.name, wrong.why);
    const Table* pitfalls = table(table_, "pitfalls", false, "{ [name] = sentence }");
    if (!pitfalls) return;
    for (const Field& field : pitfalls->fields) {
      if (!field.key.string() || !field.value.string())
        return complain("pitfalls", "[name] = sentence is due");
      drill_.pitfalls[*field.key.string()] = *field.value.string();
    }
  }

  void read_talk() {
    if (const Table* hints = table(table_, "hints", false, "a list of hints")) {
      for (const Value& one : hints->array) {
        if (const std::string* plain = one.string()) {
          drill_.hints.push_back({*plain, 0});
          continue;
        }
        if (!one.table())
          return complain("hints", "a {} where {{ text, cost_min }} is due", one.type_name());
        const Value* cost = one.table()->find("cost_min");
        Hint hint{text(*one.table(), "text", true), 0};
        if (cost && (!cost->number(hint.cost_min) || hint.cost_min < 0))
          complain("cost_min", "minutes are due");
        drill_.hints.push_back(std::move(hint));
      }
    }
    if (const Table* asked = table(table_, "follow_ups", false, "a list of { ask, answer }")) {
      for (const Value& one : asked->array) {
        if (!one.table())
          return complain("follow_ups", "a {} where {{ ask, answer }} is due", one.type_name());
        drill_.follow_ups.push_back(
            {text(*one.table(), "ask", true), text(*one.table(), "answer", true)});
      }
    }
  }

  const Table& table_;
  const std::string& source_;
  const std::string& path_;
  Drill drill_;
  std::optional<Error> error_;
};

}  // namespace

Result<Drill> read_definition(const Value& table, const std::string& source,
                              const std::string& path) {
  if (!table.table()) return fail(Code::bad_data, "{}: the file must return drill {{ … }}", path);
  return Definition(*table.table(), source, path).read();
}

std::string Drill::pitfall_sentence(const std::string& name) const {
  auto found = pitfalls.find(name);
  return found == pitfalls.end() ? "" : found->second;
}

}  // namespace rehearse::judge
