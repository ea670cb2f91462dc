// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recorder: what a script's calls are written into while it is traced. The Lua side (dsl.cpp,
// step_call.cpp) marshals; the rules of a plan stand here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"

namespace rehearse::trace {

// A result that a script holds: an output of a node, in the scope (0 the plan, then one for each
// loop body) that made it.
struct Handle {
  plan::Ref ref;
  plan::Kind kind = plan::Kind::frame;
  int scope = 0;
};

class Recorder {
 public:
  Recorder(plan::Plan& plan, const plan::KnobValues& values) : plan_(plan), values_(values) {
    plan_.chapters.push_back({});
  }

  plan::Plan& plan() { return plan_; }
  int chapter() const { return static_cast<int>(plan_.chapters.size()) - 1; }
  int scope() const { return scopes_.empty() ? 0 : scopes_.back().id; }

  // The value that the knob has now: the user's, else its default. Errors: the name is taken, the
  // user's value does not fit.
  Result<plan::Value> add_knob(plan::Knob knob);

  // Fills in defaults, checks that what must be given is, hashes and appends. `label` names the
  // results in legends. Errors name the step and the parameter.
  Result<std::vector<Handle>> add_node(plan::Node node, const std::string& label);

  std::string label_of(const Handle& handle) const;
  void set_label(const Handle& handle, const std::string& label);
  // Errors: the handle was made outside the loop whose body is being traced, or inside one that
  // ended.
  Result<void> check_scope(const Handle& handle) const;

  // The body of a loop: handles for its placeholders, then the calls until `end_loop`.
  std::vector<Handle> begin_loop(
      const std::vector<std::pair<std::string, plan::Kind>>& placeholders);
  Result<std::shared_ptr<const plan::SubPlan>> end_loop(const std::vector<Handle>& results);
  void abandon_loop() { scopes_.pop_back(); }

  std::vector<plan::Expectation> pending_goals;
  bool designed = false;    // design{} was called
  bool seed_fixed = false;  // the caller gave a seed; the script's own does not count

  // Knobs given by the user that the script does not have.
  std::vector<std::string> unknown_knobs() const;

 private:
  struct Scope {
    int id = 0;
    std::vector<plan::Node> nodes;
    std::vector<std::uint64_t> hashes;
    std::vector<std::string> placeholders;
    std::map<std::pair<int, int>, std::string> labels;
  };
  std::vector<plan::Node>& nodes() { return scopes_.empty() ? plan_.nodes : scopes_.back().nodes; }
  std::vector<std::uint64_t>& hashes() { return scopes_.empty() ? hashes_ : scopes_.back().hashes; }
  Result<void> complete(plan::Node& node) const;

  plan::Plan& plan_;
  const plan::KnobValues& values_;
  std::vector<std::uint64_t> hashes_;
  std::map<std::pair<int, int>, std::string> labels_;
  std::vector<Scope> scopes_;
  int last_scope_ = 0;
};

// A value in its parameter's type and range, or an error with the parameter's name, range and
// sentence.
Result<plan::Value> fit_parameter(const plan::StepInfo& step, const plan::Parameter& parameter,
                                  const plan::Value& value);

}  // namespace rehearse::trace
