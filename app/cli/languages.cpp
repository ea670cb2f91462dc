// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/languages.hpp"

#include "app/cli/table.hpp"
#include "app/cli/verb.hpp"

namespace rehearse::cli {
namespace {

Json to_json(const judge::Language& language) {
  Json types = Json::object();
  for (const judge::TypeLook& look : language.types) types[look.type] = look.looks;
  const std::string version = language.version();
  return {{"id", language.id},
          {"name", language.name},
          {"version", version.empty() ? Json(nullptr) : Json(version)},
          {"time_factor", language.time_factor},
          {"memory_factor", language.memory_factor},
          {"types", types}};
}

int list_languages(Context& context) {
  if (context.json) {
    Json all = Json::array();
    for (const judge::Language& language : judge::languages()) all.push_back(to_json(language));
    context.print(Json{{"languages", all}});
    return kDone;
  }
  for (const judge::Language& language : judge::languages()) {
    const std::string version = language.version();
    context.print(fmt::format("{} ({}): {}; limits × {}", language.name, language.extension,
                              version.empty() ? "not found here" : version, language.time_factor));
    TextTable table{{"  in signatures", "in " + language.name}, {}, {}};
    for (const judge::TypeLook& look : language.types)
      table.rows.push_back({"  " + look.type, look.looks});
    context.print(to_text(table));
  }
  return kDone;
}

const VerbRegistration kLanguages{
    {"languages", "the languages found on this machine, and how each type looks in them",
     "rehearse languages", [](Arguments&) { return Action(list_languages); }}};

}  // namespace
}  // namespace rehearse::cli
