// rehearse: log-schema-check
// expect: WA
// Demands every field of the schema, also those inside an object that may be left out and is.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using Problem = std::tuple<long long, std::string, std::string>;

std::vector<Problem> schema_problems(const std::map<std::string, std::string>& schema, const std::string& id_path, const std::vector<std::vector<std::tuple<std::string, std::string>>>& events) {
  const auto kind = [](const std::string& text) -> std::string {
    if (text == "{") return "object";
    if (text == "true" || text == "false") return "bool";
    if (text == "null") return "null";
    if (text.front() == '"') return "string";
    return text.find('.') == std::string::npos ? "int" : "float";
  };
  std::map<std::string, std::string> types;
  for (const auto& [path, type] : schema) {
    types[path] = type.back() == '?' ? type.substr(0, type.size() - 1) : type;
  }

  std::vector<Problem> problems;
  std::set<std::string> ids;
  for (long long event = 0; event < static_cast<long long>(events.size()); ++event) {
    std::set<std::string> there;
    std::vector<std::string> around = {""};
    int closed = 0;
    for (const auto& [key, text] : events[event]) {
      if (closed > 0) {
        closed += text == "{" ? 1 : text == "}" ? -1 : 0;
        continue;
      }
      if (text == "}") {
        around.pop_back();
        continue;
      }
      const std::string path = around.back() + key;
      const std::string found = kind(text);
      const auto type = types.find(path);
      const bool fits = type != types.end() && (found == type->second || (found == "int" && type->second == "float"));
      if (type == types.end()) {
        problems.emplace_back(event, path, "unknown");
      } else if (found != "null") {
        there.insert(path);
        if (!fits) problems.emplace_back(event, path, "type");
      }
      if (path == id_path && fits && !ids.insert(text).second) problems.emplace_back(event, path, "duplicate");
      if (text == "{" && fits) around.push_back(path + ".");
      if (text == "{" && !fits) closed = 1;
    }
    for (const auto& [path, type] : schema) {
      if (type.back() != '?' && !there.contains(path)) problems.emplace_back(event, path, "missing");
    }
  }
  std::sort(problems.begin(), problems.end());
  return problems;
}
