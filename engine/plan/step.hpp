// SPDX-License-Identifier: GPL-3.0-or-later
//
// Step: one operation that a design may call, and the registry of all of them.
//
// A step is declared once, in one file of engine/steps, with everything that is known of it: name,
// version, inputs, outputs, parameters with default, range, unit and one sentence. The Lua check,
// the message for a wrong call, the command line's help and the reference page all come from this
// declaration. Its function only marshals into a room of mathematics.
//
//   const StepRegistration kPrior{{
//       .name = "calibrate.prior", .version = 1,
//       .sentence = "Undo negative downsampling in closed form.",
//       .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model as trained"}},
//       .outputs = {{.name = "model", .kind = Kind::model}},
//       .parameters = {{.name = "keep_negatives", .type = ParameterType::number, .initial = 1.0,
//                       .low = 1e-4, .high = 1.0, .sentence = "the rate that training kept"}},
//       .run = run_prior}};
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/json.hpp"
#include "engine/base/stop.hpp"
#include "engine/plan/artifact.hpp"

namespace rehearse::plan {

struct SubPlan;

// A parameter's value. Lists come from Lua arrays; a sub-plan from a Lua function.
using Value =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<double>,
                 std::vector<std::string>, std::shared_ptr<const SubPlan>>;
std::string to_text(const Value& value);

enum class ParameterType { number, integer, boolean, text, choice, numbers, texts, subplan };

struct Parameter {
  std::string name = {};
  ParameterType type = ParameterType::number;
  Value initial = {};                         // monostate: must be given
  std::optional<double> low = {}, high = {};  // for numbers, integers and the elements of numbers
  std::vector<std::string> choices = {};      // for choice
  std::string unit = {};
  std::string sentence = {};
  std::vector<std::pair<std::string, Kind>> placeholders =
      {};                 // of a subplan: what its function is handed
  bool optional = false;  // may be absent although `initial` is monostate
};

struct Port {
  std::string name = {};  // positional inputs come in this order; `on` is given by name
  Kind kind = Kind::frame;
  std::string sentence = {};
  bool optional = false;
  bool variadic = false;  // last positional input only: one or more (show.reliability)
  bool named = false;     // given as `name = handle`, not by position
};

// What a running step may use. `seed` is the design's seed; streams add process names of their own.
struct StepContext {
  std::uint64_t seed = 0;
  Progress progress;
  unsigned threads = 1;
  // A training that is told to stop gives the best so far. Only for callers that keep nothing by
  // hash: a result that was cut short must not stand for the whole one.
  bool accepts_partial = false;
  // Which repetition of the world a loop is in (scenario.replicate): streams of what varies between
  // worlds take it beside the seed. 0 outside of such a loop.
  std::uint64_t replicate = 0;
};

// Inputs by port name (variadic: in order given), parameters complete (defaults filled in, ranges
// checked).
struct StepCall {
  std::map<std::string, std::vector<ArtifactPtr>> inputs;
  std::map<std::string, std::vector<std::string>>
      labels;  // for each input, its name in the script, for legends
  std::map<std::string, Value> parameters;

  const ArtifactPtr& input(const std::string& port) const { return inputs.at(port).at(0); }
  bool has(const std::string& port) const { return inputs.count(port) && !inputs.at(port).empty(); }
  double number(const std::string& name) const;  // also from an integer
  std::int64_t integer(const std::string& name) const;
  bool boolean(const std::string& name) const;
  const std::string& text(const std::string& name) const;
  std::vector<double> numbers(const std::string& name) const;
  std::vector<std::string> texts(const std::string& name) const;
  std::shared_ptr<const SubPlan> subplan(const std::string& name) const;
  bool given(const std::string& name) const;  // not monostate
};

using Outputs = std::vector<ArtifactPtr>;
using RunFunction = std::function<Result<Outputs>(const StepCall&, const StepContext&)>;
// The rows of a step's arithmetic for one example (row of its data input), as a table.
using TrailFunction =
    std::function<Result<Frame>(const StepCall&, const Outputs&, std::size_t row)>;

struct StepInfo {
  std::string name = {};  // "train.ftrl"; a view step is "view.<kind>", a measure "measure"
  int version = 1;        // raise it when the same call gives other bytes
  std::string sentence = {};
  std::string example = {};  // one line of Lua
  std::vector<Port> inputs = {};
  std::vector<Port> outputs = {};
  // As many outputs as `output_count` says (log:split). It is asked while a script is traced, of a
  // call that has parameters and, for each input, its labels, but no artifacts.
  bool list_output = false;
  std::function<std::size_t(const StepCall&)> output_count = {};
  std::vector<Parameter> parameters = {};
  // The integer parameter that says how many times it runs a whole experiment; empty: it does not.
  // Such a step takes seconds by its nature, so a window runs it when asked.
  std::string repeats = {};
  bool method = false;  // may be called as handle:name{…} by its last name part
  RunFunction run = {};
  TrailFunction trail = {};  // empty where there is none

  std::string help() const;  // usage, inputs, parameters with default, range, sentence
};

// All steps of this process, in order of name. Filled before main() by StepRegistration objects.
class Registry {
 public:
  static Registry& instance();
  Result<void> add(StepInfo info);  // error: the name is taken
  const StepInfo* find(std::string_view name) const;
  std::vector<const StepInfo*> all() const;
  std::string nearest(std::string_view name) const;

 private:
  std::map<std::string, StepInfo, std::less<>> steps_;
};

struct StepRegistration {
  explicit StepRegistration(StepInfo info);
};

}  // namespace rehearse::plan
