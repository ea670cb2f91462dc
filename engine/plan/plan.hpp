// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plan: what a design's script declared when it was traced with given knob values. It computes
// nothing; it is data: chapters, knobs, nodes (step calls), views, expectations, a challenge.
//
// Content hash of a node = step name, step version, parameters, hashes of its inputs, seed. Two
// nodes with the same hash are the same result.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/incident.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::plan {

struct Location {
  std::string file;
  int line = 0;
};

struct Knob {
  enum class Kind { slider, choice, toggle };
  Kind kind = Kind::slider;
  std::string name;
  Value value;                         // as traced
  Value initial;                       // the script's default
  double low = 0, high = 1, step = 0;  // slider; step 0 is continuous
  bool log_scale = false;
  bool integer = false;  // both ends and default are whole numbers
  std::vector<std::string> choices;
  std::string unit;    // "%", "days" …
  bool apply = false;  // run on release, with progress and cancel
  int chapter = 0;
  Location at;
};

struct Node {
  const StepInfo* step = nullptr;
  std::map<std::string, std::vector<Ref>> inputs;
  std::map<std::string, std::vector<std::string>> labels;
  std::map<std::string, Value> parameters;  // complete
  std::uint64_t hash = 0;
  std::size_t output_count = 1;
  int chapter = 0;
  Location at;
};

// A replaceable input: source("impressions", simulate.impressions{…}, {"click", "time", …}).
struct Source {
  std::string name;
  Ref ref;
  std::vector<std::string> schema;  // columns that a replacement must have
  Location at;
};

// A plot or table: what to draw (kind, options) and the node of step "view.<kind>" that makes its
// rows.
struct View {
  std::string kind;  // line, reliability, histogram, number, table …
  std::string title, x_title, y_title;
  std::string see;                       // "What to see", one sentence
  std::map<std::string, Value> options;  // drawing options
  Ref data;
  int chapter = 0;
  Location at;
};

struct Expectation {
  enum class Kind { below, above, between };
  Kind kind = Kind::below;
  std::string metric;        // what is measured, in words
  Ref measured;              // a frame with one row: value, why
  double low = 0, high = 0;  // below uses high, above uses low
  bool active = true;        // the script's `when`
  std::string because;
  bool goal = false;  // of the challenge
  int chapter = 0;
  Location at;
};

struct Chapter {
  std::string title;
  std::string prose;  // Markdown
};

struct Plan {
  std::string id, title, asks, file;
  std::vector<std::string> covers;
  std::uint64_t seed = 0;
  std::vector<Chapter> chapters;  // [0] is what stands before the first chapter() call
  std::vector<Knob> knobs;        // in order of the script
  std::vector<Node> nodes;        // each after its inputs
  std::vector<Source> sources;
  std::vector<View> views;
  std::vector<Expectation> expectations;  // without goals
  std::string challenge;                  // empty: none
  std::vector<Expectation> goals;
  std::optional<Incident> incident;   // the design is played
  std::map<std::string, Ref> labels;  // script names of handles where known, for `step --at`
};

// The body of a loop: traced once with placeholder handles (the first `placeholders` nodes), run
// natively many times by a scenario, uncached.
struct SubPlan {
  std::vector<Node> nodes;
  std::vector<std::string> placeholders;  // node i < placeholders.size() is an input
  std::vector<Ref> results;
  std::vector<std::string> labels;  // of the results, in the script's words
  std::uint64_t hash = 0;
  // One turn: placeholders given, results computed in order. Thread-safe.
  Result<std::vector<ArtifactPtr>> run(const std::vector<ArtifactPtr>& inputs,
                                       const StepContext& context) const;
};

// Knob values by name, as a user gives them; checked against the knob by the tracer.
using KnobValues = std::map<std::string, Value>;
Result<Value> parse_knob(const Knob& knob, std::string_view text);

}  // namespace rehearse::plan
