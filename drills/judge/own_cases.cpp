// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/own_cases.hpp"

#include <cmath>
#include <filesystem>
#include <limits>
#include <sstream>

#include "drills/judge/drill_process.hpp"
#include "drills/judge/program.hpp"
#include "engine/base/read.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kLargestOwnFile = 4 << 20;

std::string lua_number(double x) {
  if (std::isnan(x)) return "0/0";
  if (std::isinf(x)) return x > 0 ? "1/0" : "-1/0";
  std::string text = fmt::format("{}", x);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string lua_string(const std::string& bytes) {
  std::string text = "\"";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == '"' || c == '\\')
      text += '\\', text += bytes[i];
    else if (c < 0x20 || c >= 0x7F)
      text += fmt::format("\\{:03}", c);
    else
      text += bytes[i];
  }
  return text + "\"";
}

std::string lua_text(const Value& value) {
  if (value.is_nil()) return "nil";
  if (const auto* b = value.boolean()) return *b ? "true" : "false";
  if (const auto* i = value.integer())
    return *i == std::numeric_limits<std::int64_t>::min() ? "math.mininteger"
                                                          : fmt::format("{}", *i);
  if (const auto* d = value.real()) return lua_number(*d);
  if (const auto* s = value.string()) return lua_string(*s);
  std::string inside;
  for (const Value& element : value.table()->array)
    inside += (inside.empty() ? " " : ", ") + lua_text(element);
  for (const Field& field : value.table()->fields)
    inside += (inside.empty() ? " [" : ", [") + lua_text(field.key) + "] = " + lua_text(field.value);
  return inside.empty() ? "{}" : "{" + inside + " }";
}

std::string listed(const std::vector<Value>& values, const std::string& first = "") {
  std::string inside = first.empty() ? "" : " " + first;
  for (const Value& value : values) inside += (inside.empty() ? " " : ", ") + lua_text(value);
  return inside.empty() ? "{}" : "{" + inside + " }";
}

// Reads lines as cases of one drill, with one reader and one reference for all of them.
class OwnReader {
 public:
  static Result<OwnReader> start(const Drill& drill, const Workshop& workshop) {
    auto named = with_worker(workshop);
    if (!named) return fail(named.error());
    auto process = DrillProcess::start("", "case", named->worker_path);
    if (!process) return fail(process.error());
    auto source = drill.reference.find("lua");
    if (source == drill.reference.end())
      return fail(Code::bad_data, "{}: `reference.lua` is missing", drill.path);
    return OwnReader(drill, std::move(*process),
                     std::make_unique<Program>(drill.signature, Runtime{"lua"}, "reference.lua",
                                               source->second, reference_limits(drill), *named));
  }

  Result<Case> read(const std::string& text) {
    auto value = process_.own_input(text);
    if (!value) return fail(Code::invalid_argument, "{}", value.error().message);
    auto input = read_input(*value, drill_->signature, "the case", true);
    if (!input) return fail(Code::invalid_argument, "{}", input.error().message);
    Case one;
    if (const Value* name = value->table() ? value->table()->find("name") : nullptr)
      if (name->string()) one.name = *name->string();
    one.input = std::move(*input);
    Outcome outcome = reference_->run(one.input, case_seed(1, "own"));
    if (outcome.how != Outcome::How::answered)
      return fail(Code::invalid_argument,
                  "the reference does not answer this case ({}); is it allowed by the statement?",
                  outcome.message);
    auto expected = conform_answer(outcome.value, drill_->signature, one.input);
    if (!expected) return fail(Code::invalid_argument, "{}", expected.error().message);
    one.expected = std::move(*expected);
    return one;
  }

 private:
  OwnReader(const Drill& drill, DrillProcess process, std::unique_ptr<Program> reference)
      : drill_(&drill), process_(std::move(process)), reference_(std::move(reference)) {}
  const Drill* drill_;
  DrillProcess process_;
  std::unique_ptr<Program> reference_;
};

bool is_case(const std::string& line) {
  const std::size_t at = line.find_first_not_of(" \t\r");
  return at != std::string::npos && line.compare(at, 2, "--") != 0;
}

}  // namespace

std::string own_cases_path(const std::string& folder, const Drill& drill) {
  return folder + "/" + drill.id + ".cases";
}

std::string input_as_line(const Input& input, const Signature& signature) {
  if (!signature.is_class) return "args = " + listed(input.args);
  std::string calls;
  for (const Call& call : input.calls)
    calls += (calls.empty() ? " " : ", ") + listed(call.args, lua_string(call.method));
  return "new = " + listed(input.args) + ", calls = {" + calls + " }";
}

Result<std::vector<Case>> load_own_cases(const Drill& drill, const std::string& path,
                                         const Workshop& workshop) {
  std::vector<Case> cases;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return cases;
  auto text = read_file(path, kLargestOwnFile);
  if (!text) return fail(text.error());
  std::optional<OwnReader> reader;
  std::istringstream lines(*text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!is_case(line)) continue;
    if (!reader) {
      auto started = OwnReader::start(drill, workshop);
      if (!started) return fail(started.error());
      reader.emplace(std::move(*started));
    }
    auto one = reader->read(line);
    if (!one) return fail(Code::bad_data, "{}:{}: {}", path, number, one.error().message);
    if (one->name.empty()) one->name = fmt::format("line {}", number);
    one->name = "own: " + one->name;
    cases.push_back(std::move(*one));
  }
  return cases;
}

Result<bool> add_own_case(const Drill& drill, const std::string& path, const std::string& text,
                          const Workshop& workshop) {
  if (text.find('\n') != std::string::npos)
    return fail(Code::invalid_argument, "a case is one line");
  auto reader = OwnReader::start(drill, workshop);
  if (!reader) return fail(reader.error());
  auto one = reader->read(text);
  if (!one) return fail(one.error());
  auto kept = load_own_cases(drill, path, workshop);
  if (!kept) return fail(kept.error());
  for (const Case& other : *kept)
    if (other.input == one->input) return false;
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::string whole;
  if (std::filesystem::exists(path, error)) {
    auto before = read_file(path, kLargestOwnFile);
    if (!before) return fail(before.error());
    whole = std::move(*before);
    if (!whole.empty() && whole.back() != '\n') whole += '\n';
  } else {
    whole = "-- Own cases of the drill " + drill.id + ", one a line.\n";
  }
  if (auto written = write_file(path, whole + text + "\n"); !written) return fail(written.error());
  return true;
}

}  // namespace rehearse::judge
