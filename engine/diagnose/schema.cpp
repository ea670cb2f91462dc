// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/schema.hpp"

#include <algorithm>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "engine/base/frame.hpp"
#include "engine/base/utf8.hpp"
#include "engine/diagnose/schema_check.hpp"

namespace rehearse::diagnose {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;
constexpr std::size_t kDeepestField = 16;

// Walks `properties` and `items` and writes down what each path must be.
class FieldCollector {
 public:
  explicit FieldCollector(const Record& root) : root_(root) {}

  std::vector<FieldRule> collect() {
    visit(root_, "", false, 0);
    std::sort(fields_.begin(), fields_.end(),
              [](const FieldRule& a, const FieldRule& b) { return a.path < b.path; });
    return std::move(fields_);
  }

 private:
  void visit(const Record& schema, const std::string& path, bool required, std::size_t depth) {
    const Record* here = &schema;
    for (int hops = 0; hops < 20 && here->is_object() && here->contains("$ref"); ++hops) {
      here = local_reference(root_, *here);
      if (!here) return;
    }
    if (!here->is_object() || depth > kDeepestField) return;
    if (!path.empty()) fields_.push_back(rule(*here, path, required));
    if (const auto items = here->find("items"); items != here->end() && items->is_object())
      visit(*items, path + "[]", false, depth + 1);
    const auto properties = here->find("properties");
    if (properties == here->end() || !properties->is_object()) return;
    for (const auto& [name, inner] : properties->items())
      visit(inner, path.empty() ? name : path + "." + name, is_required(*here, name), depth + 1);
  }

  static bool is_required(const Record& schema, const std::string& name) {
    const auto names = schema.find("required");
    return names != schema.end() && names->is_array() &&
           std::find(names->begin(), names->end(), name) != names->end();
  }

  static FieldRule rule(const Record& schema, const std::string& path, bool required) {
    FieldRule rule;
    rule.path = path;
    rule.required = required;
    if (const auto type = schema.find("type"); type != schema.end()) {
      if (type->is_string()) rule.types = {type->get<std::string>()};
      if (type->is_array())
        for (const Record& one : *type)
          if (one.is_string()) rule.types.push_back(one.get<std::string>());
    }
    for (const auto& [key, into] : {std::pair{"format", &rule.format},
                                    {"x-role", &rule.role},
                                    {"x-privacy", &rule.privacy},
                                    {"x-unit", &rule.unit}})
      if (const auto text = schema.find(key); text != schema.end() && text->is_string())
        *into = text->get<std::string>();
    return rule;
  }

  const Record& root_;
  std::vector<FieldRule> fields_;
};

// valijson's context, {"<root>", "[user]", "[id]"}, as user.id.
std::string path_of(const std::vector<std::string>& context) {
  std::string path;
  for (std::size_t i = 1; i < context.size(); ++i) {
    std::string part = context[i];
    if (part.size() >= 2 && part.front() == '[' && part.back() == ']')
      part = part.substr(1, part.size() - 2);
    const bool index = !part.empty() && std::all_of(part.begin(), part.end(),
                                                    [](char c) { return c >= '0' && c <= '9'; });
    if (index)
      path += "[" + part + "]";
    else
      path += (path.empty() ? "" : ".") + part;
  }
  return path;
}

// The path as the schema's fields are named: indices become [].
std::string field_name(const std::string& path) {
  std::string name;
  for (std::size_t i = 0; i < path.size(); ++i) {
    name += path[i];
    if (path[i] != '[') continue;
    while (i + 1 < path.size() && path[i + 1] != ']') ++i;
  }
  return name;
}

const Record* value_at(const Record& record, const std::vector<std::string>& context) {
  const Record* here = &record;
  for (std::size_t i = 1; i < context.size(); ++i) {
    std::string part = context[i];
    if (part.size() >= 2 && part.front() == '[') part = part.substr(1, part.size() - 2);
    if (here->is_object() && here->contains(part)) {
      here = &here->at(part);
    } else if (here->is_array() && !part.empty() && part.size() < 8 &&
               std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
               std::stoul(part) < here->size()) {
      here = &here->at(std::stoul(part));
    } else {
      return nullptr;
    }
  }
  return here;
}

std::string quoted_end(const std::string& text) {
  const std::size_t first = text.find('\''), last = text.rfind('\'');
  return first == std::string::npos || last <= first ? ""
                                                     : text.substr(first + 1, last - first - 1);
}

// The name in '…' behind the last colon.
std::string quoted_key(const std::string& text) {
  const std::size_t colon = text.rfind(": '");
  return colon == std::string::npos ? quoted_end(text) : quoted_end(text.substr(colon));
}

struct Wording {
  const char *begins, *kind, *mend;
};
constexpr Wording kWordings[] = {
    {"Expected number", "range", "look for a changed unit or a counter that ran over"},
    {"Failed to match against any enum", "enum",
     "a new level: add it to the schema, or mend its writer"},
    {"Failed to match expected value set by 'const'", "enum",
     "look for another version of the event"},
    {"Failed to match regex", "pattern", "look for another spelling of the id"},
    {"String should be", "length", "look for a text that was cut or padded"},
    {"Array should contain", "length", "look for a list that was cut"},
    {"Elements at indexes", "duplicates", "look for a client that appends without looking"}};

Fault fault_of(const valijson::ValidationResults::Error& error, const Record& record,
               const std::vector<FieldRule>& fields) {
  Fault fault{path_of(error.context), "schema", abbreviated(error.description, 160),
              "see the schema at this path"};
  if (error.description.starts_with("Missing required property")) {
    const std::string name = quoted_end(error.description);
    fault.kind = "missing key";
    fault.reason = fmt::format("the required key `{}` is not there", name);
    fault.path += (fault.path.empty() ? "" : ".") + name;
    fault.mend = "look for a renamed key, or allow it to be absent";
  } else if (error.description.starts_with("Value type not permitted")) {
    fault.kind = "type";
    const std::string name = field_name(fault.path);
    std::string wanted;
    for (const FieldRule& rule : fields)
      if (rule.path == name)
        for (const std::string& type : rule.types) wanted += (wanted.empty() ? "" : " or ") + type;
    const Record* value = value_at(record, error.context);
    fault.reason =
        fmt::format("{}, and the schema wants {}", value ? kind_of(*value) : "another type",
                    wanted.empty() ? "another type" : wanted);
    if (value && !value->is_structured())
      fault.reason +=
          ": " + abbreviated(value->dump(-1, ' ', false, Record::error_handler_t::replace), 24);
    fault.mend = "cast it early, and mend the client that changed the type";
  } else if (error.description.starts_with("Object contains a property")) {
    fault.kind = "unknown key";
    fault.reason =
        fmt::format("the schema knows no key `{}`", abbreviated(quoted_key(error.description)));
    fault.mend = "a renamed or new key: rename it back, or add it to the schema";
  } else {
    for (const Wording& wording : kWordings)
      if (error.description.starts_with(wording.begins))
        fault.kind = wording.kind, fault.mend = wording.mend;
  }
  return fault;
}

// Texts at those paths that are no times.
std::vector<Fault> time_faults(const Record& record, const std::vector<std::string>& paths) {
  std::vector<Fault> faults;
  for (const std::string& path : paths) {
    const Record* here = &record;
    for (std::string_view rest = path; here && !rest.empty();) {
      const std::size_t point = std::min(rest.find('.'), rest.size());
      const std::string key(rest.substr(0, point));
      here = here->is_object() && here->contains(key) ? &here->at(key) : nullptr;
      rest.remove_prefix(std::min(point + 1, rest.size()));
    }
    if (!here || !here->is_string()) continue;
    const std::string& text = here->get_ref<const std::string&>();
    if (text.size() < 10 || text[4] != '-' || !parse_time(text))
      faults.push_back({path, "format", "no time: " + abbreviated(text, 24),
                        "write it as 2026-06-15T08:30:00Z"});
  }
  return faults;
}

}  // namespace

bool FieldRule::wants(std::string_view type) const {
  return std::find(types.begin(), types.end(), type) != types.end();
}

struct JsonSchema::Compiled {
  Record text;
  valijson::Schema schema;
  std::vector<FieldRule> fields;
  std::vector<std::string> times;  // paths of fields that are times
  bool patterns = false;
};

Result<JsonSchema> JsonSchema::compile(std::string_view text,
                                       const std::map<std::string, std::string>& documents) {
  const auto read = [](std::string_view source) -> Result<Record> {
    auto record = parse_record(source, {.depth = 128});
    if (!record)
      return fail(Code::bad_data, "the schema: {}; {}", record.error().reason, record.error().mend);
    return *std::move(record);
  };
  auto compiled = std::make_shared<Compiled>();
  // A schema is written over several lines; only line ends are taken out of its JSON.
  auto root = read(text);
  if (!root) return fail(root.error());
  compiled->text = *std::move(root);
  std::map<std::string, Record> others;
  for (const auto& [address, source] : documents) {
    auto other = read(source);
    if (!other) return fail(other.error());
    others.emplace(address, *std::move(other));
  }
  auto facts = check_schema(compiled->text, others);
  if (!facts) return fail(facts.error());
  compiled->patterns = facts->patterns;
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const auto fetch = [&others](const std::string& address) -> const Record* {
      const auto found = others.find(address);
      return found == others.end() ? nullptr : &found->second;
    };
    Record plain = compiled->text;
    strip_formats(plain);
    parser.populateSchema(Adapter(plain), compiled->schema, fetch, [](const Record*) {});
  } catch (const std::exception& error) {
    return fail(Code::bad_data, "the schema cannot be used: {}", abbreviated(error.what(), 200));
  }
  compiled->fields = FieldCollector(compiled->text).collect();
  for (const FieldRule& rule : compiled->fields)
    if ((rule.format == "date-time" || rule.format == "date") &&
        rule.path.find("[]") == std::string::npos)
      compiled->times.push_back(rule.path);
  JsonSchema schema;
  schema.compiled_ = std::move(compiled);
  return schema;
}

std::vector<Fault> JsonSchema::validate(const Record& record, std::size_t most) const {
  if (compiled_->patterns)
    if (auto long_text = text_too_long_for_patterns(record)) return {*long_text};
  std::vector<Fault> faults;
  try {
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(compiled_->schema, Adapter(record), nullptr))
      return time_faults(record, compiled_->times);
    validator.validate(compiled_->schema, Adapter(record), &results);
    for (const auto& error : results) {
      if (faults.size() >= most) break;
      faults.push_back(fault_of(error, record, compiled_->fields));
    }
    if (faults.empty())
      faults.push_back({"", "schema", "the record does not fit the schema", "see the schema"});
  } catch (const std::exception& error) {
    faults = {{"", "schema", abbreviated(error.what(), 160), "see the schema"}};
  }
  return faults;
}

const std::vector<FieldRule>& JsonSchema::fields() const { return compiled_->fields; }

const FieldRule* JsonSchema::field(std::string_view path) const {
  const auto& fields = compiled_->fields;
  const auto found = std::lower_bound(
      fields.begin(), fields.end(), path,
      [](const FieldRule& rule, std::string_view wanted) { return rule.path < wanted; });
  return found == fields.end() || found->path != path ? nullptr : &*found;
}

}  // namespace rehearse::diagnose
