// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/cases.hpp"

#include <algorithm>
#include <set>

#include "drills/judge/cache.hpp"
#include "drills/judge/drill_process.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/program.hpp"
#include "engine/base/hash.hpp"

namespace rehearse::judge {
namespace {

// The values at 1…n with holes as nil: arguments and results may be optional.
Result<std::vector<Value>> positional(const Value& value, const std::string& what) {
  const Table* table = value.table();
  if (!table) return fail(Code::bad_data, "{} is a {}, not a list", what, value.type_name());
  std::vector<Value> list = table->array;
  for (const Field& field : table->fields) {
    const std::int64_t* key = field.key.integer();
    if (!key || *key < 1 || *key > 10'000'000) {
      return fail(Code::bad_data, "{} has a key that is no position", what);
    }
    if (list.size() < static_cast<std::size_t>(*key)) list.resize(static_cast<std::size_t>(*key));
    list[static_cast<std::size_t>(*key) - 1] = field.value;
  }
  return list;
}

Result<std::vector<Call>> read_calls(const Value& value, const Signature& signature,
                                     const std::string& where) {
  auto rows = positional(value, where + ": `calls`");
  if (!rows) return fail(rows.error());
  std::vector<Call> calls;
  calls.reserve(rows->size());
  for (std::size_t i = 0; i < rows->size(); ++i) {
    std::string place = fmt::format("{}: call {}", where, i + 1);
    auto row = positional((*rows)[i], place);
    if (!row) return fail(row.error());
    const std::string* name = row->empty() ? nullptr : row->front().string();
    if (!name) return fail(Code::bad_data, "{}: write {{ \"method\", arguments… }}", place);
    const Callable* method = signature.method(*name);
    if (!method) return fail(Code::bad_data, "{}: the signature has no method `{}`", place, *name);
    std::vector<Value> given(row->begin() + 1, row->end());
    auto args = conform_arguments(given, method->parameters, place + " (" + *name + ")");
    if (!args) return fail(args.error());
    calls.push_back({*name, std::move(*args)});
  }
  return calls;
}

std::string key_names(const Table& table) {
  std::string names;
  for (const Field& field : table.fields) {
    if (const std::string* name = field.key.string())
      names += (names.empty() ? "`" : ", `") + *name + "`";
  }
  return names;
}

}  // namespace

Result<Input> read_input(const Value& value, const Signature& signature, const std::string& where,
                         bool bare) {
  const Table* table = value.table();
  if (!table) return fail(Code::bad_data, "{}: a {}, not a table", where, value.type_name());
  Input input;
  const char* key = signature.is_class ? "new" : "args";
  const Value* args = table->find(key);
  static const Value kNone{Table{}};
  if (!args && !signature.is_class && bare && !table->find("calls")) args = &value;
  if (!args && signature.is_class) args = &kNone;
  if (!args) return fail(Code::bad_data, "{}: `args` is missing: the list of arguments", where);
  auto given = positional(*args, fmt::format("{}: `{}`", where, key));
  if (!given) return fail(given.error());
  auto conformed = conform_arguments(*given, signature.function.parameters, where);
  if (!conformed) return fail(conformed.error());
  input.args = std::move(*conformed);
  if (!signature.is_class) return input;
  const Value* calls = table->find("calls");
  if (!calls) {
    return fail(Code::bad_data, "{}: `calls` is missing: a list of {{ \"method\", arguments… }}{}",
                where, table->fields.empty() ? "" : " (there is " + key_names(*table) + ")");
  }
  auto read = read_calls(*calls, signature, where);
  if (!read) return fail(read.error());
  input.calls = std::move(*read);
  return input;
}

Result<Value> conform_answer(const Value& answer, const Signature& signature, const Input& input) {
  if (!signature.is_class) return conform(answer, signature.function.result);
  auto rows = positional(answer, "the list of results");
  if (!rows) return fail(rows.error());
  rows->resize(std::max(rows->size(), input.calls.size()));
  if (rows->size() > input.calls.size()) {
    return fail(Code::bad_data, "{} results for {} calls", rows->size(), input.calls.size());
  }
  Table results;
  results.array.reserve(input.calls.size());
  for (std::size_t i = 0; i < input.calls.size(); ++i) {
    const Callable* method = signature.method(input.calls[i].method);
    auto result = conform((*rows)[i], method ? method->result : Type{});
    if (!result) {
      return fail(Code::bad_data, "call {} ({}): {}", i + 1, input.calls[i].method,
                  result.error().message);
    }
    results.array.push_back(std::move(*result));
  }
  return Value(std::move(results));
}

Type answer_type(const Signature& signature) {
  return signature.is_class ? Type{Type::Kind::list, {Type{}}} : signature.function.result;
}

ProgramLimits reference_limits(const Drill& drill) {
  return {4.0 * static_cast<double>(drill.limits.time_ms),
          static_cast<std::uint64_t>(drill.limits.memory_mb) << 22};
}

std::uint64_t case_seed(std::uint64_t seed, const std::string& case_name) {
  return mix64(seed) ^ fnv1a64(case_name);
}

std::vector<Case> example_cases(const Drill& drill) {
  std::vector<Case> cases;
  for (const Example& example : drill.examples) {
    cases.push_back(
        {fmt::format("example {}", cases.size() + 1), "", example.input, example.result});
  }
  return cases;
}

namespace {

std::string text_or(const Table& table, const char* key) {
  const Value* value = table.find(key);
  return value && value->string() ? *value->string() : "";
}

Result<std::vector<Case>> read_cases(const Drill& drill, DrillProcess& process,
                                     std::uint64_t seed) {
  auto raw = process.cases(seed);
  if (!raw) return fail(raw.error());
  std::vector<Case> cases;
  std::set<std::string> names;
  for (const DrillProcess::RawCase& one : *raw) {
    std::string where = fmt::format("{}:{}: case {}", drill.path, one.line, cases.size() + 1);
    const Table& table = *one.table.table();
    Case result;
    result.name = text_or(table, "name");
    if (result.name.empty()) return fail(Code::bad_data, "{}: give it a `name`", where);
    where += " \"" + result.name + "\"";
    if (!names.insert(result.name).second)
      return fail(Code::bad_data, "{}: the name stands twice", where);
    result.catches = text_or(table, "catches");
    auto input = read_input(one.table, drill.signature, where);
    if (!input) return fail(input.error());
    result.input = std::move(*input);
    cases.push_back(std::move(result));
  }
  if (cases.empty()) return fail(Code::bad_data, "{}: `cases` made no case", drill.path);
  return cases;
}

Result<std::vector<GrowthInput>> read_growth(const Drill& drill, DrillProcess& process,
                                             std::uint64_t seed) {
  std::vector<GrowthInput> inputs;
  for (std::int64_t n : drill.growth.sizes) {
    auto value = process.growth_input(n, seed);
    if (!value) return fail(value.error());
    auto input = read_input(*value, drill.signature,
                            fmt::format("{}: growth.input({})", drill.path, n), true);
    if (!input) return fail(input.error());
    inputs.push_back({n, std::move(*input)});
  }
  return inputs;
}

Result<void> answer_cases(const Drill& drill, std::vector<Case>& cases, std::uint64_t seed,
                          Program& reference) {
  for (Case& one : cases) {
    Outcome outcome = reference.run(one.input, case_seed(seed, one.name));
    if (outcome.how != Outcome::How::answered) {
      return fail(outcome.how == Outcome::How::judge_fault ? Code::internal : Code::bad_data,
                  "{}: the reference fails on case \"{}\": {}", drill.path, one.name,
                  outcome.message);
    }
    auto expected = conform_answer(outcome.value, drill.signature, one.input);
    if (!expected) {
      return fail(Code::bad_data, "{}: the reference's answer on case \"{}\": {}", drill.path,
                  one.name, expected.error().message);
    }
    one.expected = std::move(*expected);
  }
  return {};
}

void put_input(wire::Writer& out, const Input& input) {
  out.values(input.args);
  out.u32(static_cast<std::uint32_t>(input.calls.size()));
  for (const Call& call : input.calls) {
    out.text(call.method);
    out.values(call.args);
  }
}

Input take_input(wire::Reader& in) {
  Input input;
  input.args = in.values();
  input.calls.resize(in.count(8));
  for (Call& call : input.calls) {
    call.method = in.text();
    call.args = in.values();
  }
  return input;
}

std::string encode(const CaseSet& set) {
  wire::Writer out;
  out.u32(static_cast<std::uint32_t>(set.cases.size()));
  for (const Case& one : set.cases) {
    out.text(one.name);
    out.text(one.catches);
    put_input(out, one.input);
    out.value(one.expected);
  }
  out.u32(static_cast<std::uint32_t>(set.growth.size()));
  for (const GrowthInput& one : set.growth) {
    out.i64(one.n);
    put_input(out, one.input);
  }
  return std::move(out.bytes());
}

std::optional<CaseSet> decode(std::string_view bytes) {
  wire::Reader in(bytes);
  CaseSet set;
  set.cases.resize(in.count(17));
  for (Case& one : set.cases) {
    one.name = in.text();
    one.catches = in.text();
    one.input = take_input(in);
    one.expected = in.value();
  }
  set.growth.resize(in.count(16));
  for (GrowthInput& one : set.growth) {
    one.n = in.i64();
    one.input = take_input(in);
  }
  if (!in.done()) return {};
  return set;
}

}  // namespace

struct CaseSource::Parts {
  const Drill& drill;
  DrillProcess process;
  Program reference;
};

CaseSource::CaseSource(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CaseSource::~CaseSource() = default;
CaseSource::CaseSource(CaseSource&&) noexcept = default;

Result<CaseSource> CaseSource::open(const Drill& drill, const Workshop& workshop) {
  auto named = with_worker(workshop);
  if (!named) return fail(named.error());
  auto process = DrillProcess::start(drill.source, drill.path, named->worker_path);
  if (!process) return fail(process.error());
  auto source = drill.reference.find("lua");
  if (source == drill.reference.end()) {
    return fail(Code::bad_data, "{}: `reference.lua` is missing: no other language is at hand here",
                drill.path);
  }
  return CaseSource(std::make_unique<Parts>(
      Parts{drill, std::move(*process),
            Program(drill.signature, Runtime{"lua"}, "reference.lua", source->second,
                    reference_limits(drill), *named)}));
}

Result<std::vector<Case>> CaseSource::cases(std::uint64_t seed) {
  auto cases = read_cases(parts_->drill, parts_->process, seed);
  if (!cases) return fail(cases.error());
  if (auto answered = answer_cases(parts_->drill, *cases, seed, parts_->reference); !answered)
    return fail(answered.error());
  return cases;
}

Result<std::vector<GrowthInput>> CaseSource::growth(std::uint64_t seed) {
  return read_growth(parts_->drill, parts_->process, seed);
}

Result<CaseSet> load_cases(const Drill& drill, std::uint64_t seed, const Workshop& workshop) {
  std::string name = fmt::format("{}-{}-{:x}.cases", drill.id, drill.hash, seed);
  if (auto kept = read_cache(workshop.cache_dir, name, drill.source)) {
    if (auto set = decode(*kept)) return std::move(*set);
  }
  auto source = CaseSource::open(drill, workshop);
  if (!source) return fail(source.error());
  auto cases = source->cases(seed);
  if (!cases) return fail(cases.error());
  auto growth = source->growth(seed);
  if (!growth) return fail(growth.error());
  CaseSet set{std::move(*cases), std::move(*growth)};
  write_cache(workshop.cache_dir, name, drill.source, encode(set));
  return set;
}

}  // namespace rehearse::judge
