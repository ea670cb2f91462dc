// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/shape.hpp"

#include <CLI/CLI.hpp>

#include "app/cli/verb.hpp"

namespace rehearse::cli {
namespace {

// CLI11 writes what a value may be as "TEXT:{easy,medium,hard}".
std::vector<std::string> choices_in(const std::string& type) {
  const auto open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

FlagShape flag_shape(const CLI::Option& option) {
  FlagShape shape;
  if (option.nonpositional()) {
    for (const std::string& name : option.get_lnames()) shape.names.push_back("--" + name);
    for (const std::string& name : option.get_snames()) shape.names.push_back("-" + name);
  } else {
    shape.names.push_back(option.get_name());
  }
  shape.sentence = option.get_description();
  if (option.get_items_expected_max() == 0) return shape;
  const std::string type = option.get_type_name();
  shape.choices = choices_in(type);
  shape.kind = type.substr(0, type.find(':'));
  return shape;
}

VerbShape verb_shape(const Verb& verb) {
  CLI::App app;
  Arguments arguments(app);
  const Action owner_of_the_targets = verb.declare(arguments);
  VerbShape shape{verb.name, verb.sentence, verb.example, {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (option == app.get_help_ptr()) continue;
    (option->nonpositional() ? shape.flags : shape.words).push_back(flag_shape(*option));
  }
  return shape;
}

}  // namespace

std::vector<VerbShape> verb_shapes() {
  std::vector<VerbShape> shapes;
  for (const Verb& verb : all_verbs())
    if (!verb.hidden) shapes.push_back(verb_shape(verb));
  return shapes;
}

}  // namespace rehearse::cli
