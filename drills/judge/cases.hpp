// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cases: a drill's inputs for one seed, with the answers of its reference, made once and cached by
// the file and the seed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

struct Case {
  std::string name;
  std::string catches;  // the pitfall that it is there to catch, or ""
  Input input;
  Value expected;
};

struct GrowthInput {
  std::int64_t n = 0;
  Input input;
};

struct CaseSet {
  std::vector<Case> cases;
  std::vector<GrowthInput> growth;
};

// Errors: the file's functions fail or give what does not fit the signature (file:line), the
// reference fails on a case (its name is given), there is no reference in a language at hand.
Result<CaseSet> load_cases(const Drill& drill, std::uint64_t seed, const Workshop& workshop);

// A drill's generators and its reference, ready to make the cases of one seed after another.
class CaseSource {
 public:
  // Errors: no worker, the file cannot be executed, it has no reference in Lua.
  static Result<CaseSource> open(const Drill& drill, const Workshop& workshop);
  ~CaseSource();
  CaseSource(CaseSource&&) noexcept;

  // Errors: as load_cases, which also keeps what was made.
  Result<std::vector<Case>> cases(std::uint64_t seed);
  Result<std::vector<GrowthInput>> growth(std::uint64_t seed);

 private:
  struct Parts;
  explicit CaseSource(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The examples as cases.
std::vector<Case> example_cases(const Drill& drill);

// What a table of a drill file says as an input: `args`, or `new` and `calls`; or, when `bare`, the
// arguments themselves. `where` starts the messages.
Result<Input> read_input(const Value& table, const Signature& signature, const std::string& where,
                         bool bare = false);

// An answer in the form of the signature: a function's result, or the list of the calls' results.
// Errors name the place: "call 3 (count): a string where int is due".
Result<Value> conform_answer(const Value& answer, const Signature& signature, const Input& input);

// The type by which an answer is shown: a class's has no type of its own.
Type answer_type(const Signature& signature);

// Limits that a reference gets when it answers for a drill: four times what a submission gets.
struct ProgramLimits;
ProgramLimits reference_limits(const Drill& drill);

// Seeds of math.random, alike for every submission and every run of the case.
std::uint64_t case_seed(std::uint64_t seed, const std::string& case_name);

}  // namespace rehearse::judge
