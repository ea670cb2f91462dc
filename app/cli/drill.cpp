// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/drill.hpp"

#include <filesystem>
#include <sstream>

#include "app/cli/drills_common.hpp"
#include "app/cli/table.hpp"
#include "drills/judge/grading.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/own_cases.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

struct DrillOptions {
  std::string id, language = "lua", out, own_case;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string examples_text(const judge::Drill& drill) {
  std::string text;
  for (std::size_t i = 0; i < drill.examples.size(); ++i) {
    const judge::Example& example = drill.examples[i];
    text += fmt::format("Example {}\n", i + 1);
    for (const std::string& line : lines_of(judge::show_input(drill, example.input)))
      text += "    " + line + "\n";
    for (const std::string& line : lines_of(judge::show_answer(drill, example.input, example.result)))
      text += "    -> " + line + "\n";
    if (!example.note.empty()) text += wrapped("  " + example.note) + "\n";
    text += "\n";
  }
  return text;
}

Json examples_json(const judge::Drill& drill) {
  Json all = Json::array();
  for (const judge::Example& example : drill.examples)
    all.push_back({{"input", judge::show_input(drill, example.input)},
                   {"result", judge::show_answer(drill, example.input, example.result)},
                   {"note", example.note}});
  return all;
}

std::string statement_text(const judge::Drill& drill, const judge::Language& language) {
  std::string text = fmt::format("{}  ({}, {}, {:g} min)\n\n{}\n", drill.title, drill.category,
                                 drill.level, drill.minutes, wrapped(drill.statement));
  text += "\n" + examples_text(drill);
  text += fmt::format("Limits in {}: {:.0f} ms, {:.0f} MB a case.", language.name,
                      static_cast<double>(drill.limits.time_ms) * language.time_factor,
                      static_cast<double>(drill.limits.memory_mb) * language.memory_factor);
  if (!drill.growth.time.empty())
    text += fmt::format(" Time must grow like {}.", drill.growth.time);
  if (!drill.growth.memory.empty())
    text += fmt::format(" Memory must grow like {}.", drill.growth.memory);
  return text;
}

int add_case(const Context& context, const judge::Library& library, const judge::Drill& drill,
             const std::string& text) {
  const std::string path = judge::own_cases_path(own_cases_folder(context), drill);
  auto added = judge::add_own_case(drill, path, text, library.workshop());
  if (!added)
    return context.report({added.error().code, "--case: " + added.error().message});
  if (context.json)
    context.print(Json{{"path", path}, {"added", *added}});
  else
    context.print((*added ? "Kept in " : "It stands already in ") + path +
                  "; `rehearse grade` judges it with the drill's own cases.");
  return kDone;
}

int show(Context& context, const DrillOptions& options) {
  auto library = open_drills(context);
  if (!library) return context.report(library.error());
  auto drill = library->load(options.id);
  if (!drill) return context.report(drill.error());
  if (!options.own_case.empty()) return add_case(context, *library, *drill, options.own_case);
  auto starter = judge::starter(drill->signature, options.language);
  if (!starter) return context.report(starter.error());
  const judge::Language* language = judge::find_language(options.language);
  const std::string file =
      fmt::format("{} rehearse: {}\n{}", language->comment, drill->id, *starter);
  if (!options.out.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    const std::string path = options.out + "/" + drill->id + language->extension;
    if (std::filesystem::exists(path, error))
      return context.report({Code::invalid_argument,
                             path + " exists; it was left alone. Name another folder with --out"});
    if (auto written = write_file(path, file); !written) return context.report(written.error());
    context.warn("wrote " + path);
  }
  if (context.json) {
    context.print(Json{
        {"id", drill->id},
        {"title", drill->title},
        {"category", drill->category},
        {"level", drill->level},
        {"minutes", drill->minutes},
        {"statement", drill->statement},
        {"examples", examples_json(*drill)},
        {"starter", file},
        {"limits", {{"time_ms", drill->limits.time_ms}, {"memory_mb", drill->limits.memory_mb}}}});
    return kDone;
  }
  context.print(statement_text(*drill, *language));
  if (options.out.empty()) context.print("\nStarter (--out DIR writes it):\n\n" + file);
  return kDone;
}

Action declare_drill(Arguments& app) {
  auto options = std::make_shared<DrillOptions>();
  app.add_option("id", options->id, "the drill's id, or a drill file").required().names_a("DRILL");
  app.add_option("--lang", options->language, "the starter's language")
      .shows_default()
      .names_a("LANGUAGE");
  app.add_option("--out", options->out, "write the starter file into this folder");
  app.add_option("--case", options->own_case,
                 "keep a case of your own: '{ 1, 2, 3 }, 5', or of a class 'new = { 300 }, calls = "
                 "{ { \"hit\", 1 } }'");
  return [options](Context& context) { return show(context, *options); };
}

const VerbRegistration kDrill{{"drill", "a drill's statement, and a file to start from",
                               "rehearse drill hits-in-window --out .", declare_drill}};

}  // namespace
}  // namespace rehearse::cli
