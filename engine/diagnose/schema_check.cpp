// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/schema_check.hpp"

#include <regex>
#include <set>

#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

constexpr std::size_t kLongestMatched = 4096, kDeepestCheck = 128;
constexpr const char* kMetaSchema = "http://json-schema.org/draft-07/schema";

// (…+)+ and its kin: a group that repeats holds a repetition itself.
bool repeats_a_repetition(const std::string& pattern) {
  std::vector<bool> repeated = {false};
  bool in_class = false, after_group = false, group_repeats = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool repetition = c == '*' || c == '+' || c == '{';
    if (after_group && repetition && group_repeats) return true;
    after_group = false;
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(') {
      repeated.push_back(false);
    } else if (c == ')' && repeated.size() > 1) {
      group_repeats = repeated.back();
      after_group = true;
      repeated.pop_back();
      if (group_repeats) repeated.back() = true;
    } else if (repetition) {
      repeated.back() = true;
    }
  }
  return false;
}

Result<void> check_pattern(const std::string& pattern) {
  if (repeats_a_repetition(pattern))
    return fail(Code::unsupported,
                "the pattern `{}` repeats a group that repeats itself, which can take exponential "
                "time; write it without a repetition inside a repetition",
                abbreviated(pattern));
  try {
    const std::regex compiled(pattern, std::regex::ECMAScript);
    return {};
  } catch (const std::regex_error& error) {
    return fail(Code::bad_data, "the pattern `{}` is no regular expression: {}",
                abbreviated(pattern), error.what());
  }
}

// Keywords whose value maps names to schemas, and keywords whose value is no schema at all.
bool names_schemas(const std::string& key) {
  return key == "properties" || key == "patternProperties" || key == "definitions" ||
         key == "dependencies";
}
bool holds_values(const std::string& key) {
  return key == "enum" || key == "const" || key == "default" || key == "examples";
}

class SchemaCheck {
 public:
  SchemaCheck(const Record& root, const std::map<std::string, Record>& documents)
      : root_(root), documents_(documents) {}

  Result<SchemaFacts> run() {
    if (!root_.is_object() && !root_.is_boolean())
      return fail(
          Code::bad_data,
          "a schema is a JSON object, as {{\"type\": \"object\"}}, or true or false; this is {}",
          kind_of(root_));
    if (auto seen = visit(root_, 0); !seen) return fail(seen.error());
    for (const Record* place : places_)
      if (auto fine = follow(place); !fine) return fail(fine.error());
    return facts_;
  }

 private:
  // Every schema below, in the places where a schema may stand; texts of `enum` and `const` are
  // values and not looked at.
  Result<void> visit(const Record& schema, std::size_t depth) {
    if (schema.is_array()) {
      for (const Record& one : schema)
        if (auto fine = visit(one, depth + 1); !fine) return fine;
      return {};
    }
    if (!schema.is_object()) return {};
    if (depth > kDeepestCheck)
      return fail(Code::limit, "the schema is nested deeper than {} levels", kDeepestCheck);
    places_.push_back(&schema);
    if (auto fine = visit_reference(schema); !fine) return fine;
    if (auto fine = visit_patterns(schema); !fine) return fine;
    for (const auto& [key, inner] : schema.items()) {
      if (holds_values(key)) continue;
      if (names_schemas(key) && inner.is_object()) {
        for (const auto& [name, one] : inner.items())
          if (auto fine = visit(one, depth + 1); !fine) return fine;
      } else if (auto fine = visit(inner, depth + 1); !fine) {
        return fine;
      }
    }
    return {};
  }

  Result<void> visit_reference(const Record& schema) {
    const auto found = schema.find("$ref");
    if (found == schema.end() || !found->is_string()) return {};
    const std::string to = found->get<std::string>();
    if (to.starts_with(kMetaSchema))
      return fail(Code::unsupported,
                  "the schema refers to the meta-schema of draft 7, which is not at hand; leave "
                  "that reference out");
    const bool local = to == "#" || to.starts_with("#/");
    const std::string address = to.substr(0, to.find('#'));
    if (local || documents_.count(address)) return {};
    return fail(Code::unsupported,
                "the reference `{}` leaves this schema or is relative to an $id; put what it means "
                "under `definitions` and write #/definitions/…",
                abbreviated(to));
  }

  Result<void> visit_patterns(const Record& schema) {
    if (const auto one = schema.find("pattern"); one != schema.end() && one->is_string()) {
      facts_.patterns = true;
      if (auto fine = check_pattern(one->get<std::string>()); !fine) return fine;
    }
    if (const auto all = schema.find("patternProperties"); all != schema.end() && all->is_object())
      for (const auto& [pattern, unused] : all->items()) {
        facts_.patterns = true;
        if (auto fine = check_pattern(pattern); !fine) return fine;
      }
    return {};
  }

  // A circle of references and of keywords that apply to the same value would never end.
  Result<void> follow(const Record* place) {
    if (done_.count(place)) return {};
    if (!open_.insert(place).second)
      return fail(Code::bad_data,
                  "the schema refers to itself in a circle at the same value; something must lie "
                  "between, as a property or the items of an array");
    for (const Record* next : same_value(*place))
      if (auto fine = follow(next); !fine) return fine;
    open_.erase(place);
    done_.insert(place);
    return {};
  }

  std::vector<const Record*> same_value(const Record& schema) const {
    std::vector<const Record*> all;
    if (const Record* to = local_reference(root_, schema)) return {to};
    for (const char* key : {"allOf", "anyOf", "oneOf"})
      if (const auto list = schema.find(key); list != schema.end() && list->is_array())
        for (const Record& one : *list)
          if (one.is_object()) all.push_back(&one);
    for (const char* key : {"not", "if", "then", "else"})
      if (const auto one = schema.find(key); one != schema.end() && one->is_object())
        all.push_back(&*one);
    if (const auto map = schema.find("dependencies"); map != schema.end() && map->is_object())
      for (const auto& [name, one] : map->items())
        if (one.is_object()) all.push_back(&one);
    return all;
  }

  const Record& root_;
  const std::map<std::string, Record>& documents_;
  SchemaFacts facts_;
  std::vector<const Record*> places_;
  std::set<const Record*> open_, done_;
};

}  // namespace

Result<SchemaFacts> check_schema(const Record& schema,
                                 const std::map<std::string, Record>& documents) {
  return SchemaCheck(schema, documents).run();
}

const Record* local_reference(const Record& root, const Record& schema) {
  if (!schema.is_object()) return nullptr;
  const auto found = schema.find("$ref");
  if (found == schema.end() || !found->is_string()) return nullptr;
  const std::string to = found->get<std::string>();
  if (to == "#") return &root;
  if (!to.starts_with("#/")) return nullptr;
  try {
    const Record::json_pointer pointer(to.substr(1));
    return root.contains(pointer) ? &root.at(pointer) : nullptr;
  } catch (const std::exception&) {
    return nullptr;
  }
}

void strip_formats(Record& schema) {
  if (schema.is_array())
    for (Record& one : schema) strip_formats(one);
  if (!schema.is_object()) return;
  schema.erase("format");
  for (auto& [key, inner] : schema.items()) {
    if (holds_values(key)) continue;
    if (names_schemas(key) && inner.is_object())
      for (auto& [name, one] : inner.items()) strip_formats(one);
    else
      strip_formats(inner);
  }
}

std::optional<Fault> text_too_long_for_patterns(const Record& record) {
  if (record.is_string() && record.get_ref<const std::string&>().size() > kLongestMatched)
    return Fault{"", "limit",
                 fmt::format("a text of {} bytes; with patterns in the schema {} are allowed",
                             record.get_ref<const std::string&>().size(), kLongestMatched),
                 "log a digest, or drop the pattern"};
  if (!record.is_structured()) return std::nullopt;
  for (const auto& [key, inner] : record.items()) {
    if (key.size() > kLongestMatched)
      return Fault{"", "limit", "a key longer than any name", "look for ids used as keys"};
    if (auto fault = text_too_long_for_patterns(inner)) {
      if (record.is_object()) fault->path = key + (fault->path.empty() ? "" : "." + fault->path);
      return fault;
    }
  }
  return std::nullopt;
}

}  // namespace rehearse::diagnose
