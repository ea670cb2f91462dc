// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the verbs about designs share: finding and tracing one with the knobs given on the command
// line, replacing its sources by the user's files, and a line of progress on a terminal.
#pragma once

#include "app/cli/verb.hpp"
#include "engine/plan/executor.hpp"
#include "engine/trace/design_library.hpp"

namespace rehearse::cli {

struct DesignOptions {
  std::string design;               // id or file
  std::vector<std::string> set;     // "knob=value"
  std::vector<std::string> inputs;  // "source=FILE"
  std::string seed;                 // empty: the design's own
  unsigned threads = 0;             // 0: one a processor
};

// Adds the positional design and --set, --input, --seed, --threads.
void declare_design_options(Arguments& app, DesignOptions& options);

Result<trace::DesignLibrary> open_designs(const Context& context);

// Traced with --set and --seed. Errors: no such design, a knob that is not there (the knobs are
// listed), a value out of range.
Result<plan::Plan> trace_design(const Context& context, const DesignOptions& options);

// Runs with --input and --threads, with a line of progress on a terminal. Ctrl+C stops it.
Result<plan::Run> run_design(const Context& context, const plan::Plan& plan,
                             const DesignOptions& options);

// The tables of --input, by source. Errors: no such source, a file that cannot be read.
Result<std::map<std::string, Frame>> read_inputs(const Context& context,
                                                 const DesignOptions& options);

Json knobs_json(const plan::Plan& plan);
Json checks_json(const std::vector<plan::Check>& checks);
std::string check_line(const plan::Check& check);

}  // namespace rehearse::cli
