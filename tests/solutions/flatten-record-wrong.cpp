// rehearse: flatten-record
// expect: WA
// Puts a dot only behind a prefix that is not empty: what is below a field with the empty name loses it.
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace {

struct Level {
  std::string path, pattern;
  bool list;
  long long place;
};

struct Value {
  std::string pattern, kind, text;
  int count;
};

std::string join(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}

}  // namespace

std::tuple<std::map<std::string, std::string>, std::vector<std::tuple<std::string, std::string>>> flatten_record(const std::vector<std::tuple<std::string, std::string, std::string>>& events, const std::map<std::string, std::string>& schema) {
  std::map<std::string, Value> values;
  std::vector<Level> stack;
  for (const auto& [kind, name, text] : events) {
    if (kind == "}" || kind == "]") {
      stack.pop_back();
      continue;
    }
    std::string path, pattern;
    if (!stack.empty()) {
      Level& top = stack.back();
      path = join(top.path, top.list ? std::to_string(top.place) : name);
      pattern = join(top.pattern, top.list ? "*" : name);
      ++top.place;
    }
    if (kind == "{" || kind == "[") {
      stack.push_back({path, pattern, kind == "[", 0});
    } else {
      const int before = values[path].count;
      values[path] = {pattern, kind, text, before + 1};
    }
  }

  std::map<std::string, std::string> row, errors;
  for (const auto& [path, value] : values) {
    const auto column = schema.find(value.pattern);
    if (value.count > 1) {
      errors[path] = "collision";
    } else if (column == schema.end()) {
      errors[path] = "unknown";
    } else if (value.kind == "null") {
      if (column->second.back() != '?') errors[path] = "null";
    } else if (column->second != value.kind && column->second != value.kind + "?") {
      errors[path] = "type";
    } else {
      row[path] = value.text;
    }
  }
  for (const auto& [pattern, type] : schema) {
    if (type.back() != '?' && pattern.find('*') == std::string::npos && values.count(pattern) == 0) errors[pattern] = "missing";
  }
  return {row, {errors.begin(), errors.end()}};
}
