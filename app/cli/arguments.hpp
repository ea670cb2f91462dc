// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments: how a verb declares its flags and words. A thin face of CLI11, which only
// arguments.cpp, shape.cpp and verb.cpp include: its templates cost several seconds a file.
//
//   app.add_option("--bins", options->bins, "bins of the reliability curve").within(1, 1000);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace rehearse::cli {

// One flag or word, for what is asked of it. Values that break a rule are refused with a message.
class Argument {
 public:
  explicit Argument(CLI::Option* option) : option_(option) {}
  Argument& required();
  Argument& within(int low, int high);
  Argument& one_of(const std::vector<std::string>& values);
  Argument& ends_in(const std::vector<std::string>& endings);  // of a file's name, as ".html"
  // What a value is, in capitals: "DRILL", "DESIGN", "INCIDENT", "SET", "LANGUAGE" are completed by
  // the shells with the ids that there are.
  Argument& names_a(const std::string& kind);
  Argument& shows_default();
  Argument& one_value_each();  // of a list: the flag is written once for each value

 private:
  CLI::Option* option_;
};

// A name with dashes is a flag, one without is a word of the call. A text that is empty, and a
// number below 0 where none can be, are refused. The targets must outlive the parsing.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}
  Argument add_flag(const std::string& name, bool& target, const std::string& sentence);
  Argument add_option(const std::string& name, std::string& target, const std::string& sentence);
  Argument add_option(const std::string& name, int& target, const std::string& sentence);
  Argument add_option(const std::string& name, std::uint64_t& target, const std::string& sentence);
  Argument add_option(const std::string& name, unsigned& target, const std::string& sentence);
  Argument add_option(const std::string& name, std::vector<std::string>& target,
                      const std::string& sentence);

 private:
  CLI::App& app_;
};

}  // namespace rehearse::cli
