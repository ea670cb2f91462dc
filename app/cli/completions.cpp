// SPDX-License-Identifier: GPL-3.0-or-later
//
// Completion for the shells, and the ids that they offer, one a line.
#include "app/cli/completion_scripts.hpp"
#include "app/cli/designs_common.hpp"
#include "app/cli/drills_common.hpp"
#include "app/practice/drill_sets.hpp"
#include "drills/judge/languages.hpp"

namespace rehearse::cli {
namespace {

struct CompletionOptions {
  std::string shell, ids;
};

Result<std::vector<std::string>> drill_ids(const Context& context) {
  auto library = open_drills(context);
  if (!library) return fail(library.error());
  std::vector<std::string> ids;
  for (const auto& entry : library->entries()) ids.push_back(entry.id);
  return ids;
}

Result<std::vector<std::string>> design_ids(const Context& context, const std::string& kind) {
  auto library = open_designs(context);
  if (!library) return fail(library.error());
  std::vector<std::string> ids;
  for (const trace::DesignEntry& design : library->designs())
    if (kind == "designs" || design.incident) ids.push_back(design.id);
  return ids;
}

Result<std::vector<std::string>> set_ids(const Context& context) {
  auto sets = practice::load_drill_sets(set_files(context));
  if (!sets) return fail(sets.error());
  std::vector<std::string> ids = {"daily"};
  for (const practice::DrillSet& set : *sets) ids.push_back(set.id);
  return ids;
}

Result<std::vector<std::string>> ids_of_kind(const Context& context, const std::string& kind) {
  if (kind == "drills") return drill_ids(context);
  if (kind == "sets") return set_ids(context);
  if (kind != "languages") return design_ids(context, kind);
  std::vector<std::string> ids;
  for (const judge::Language& language : judge::languages()) ids.push_back(language.id);
  return ids;
}

int print_ids(Context& context, const std::string& kind) {
  auto ids = ids_of_kind(context, kind);
  if (!ids) return context.report(ids.error());
  if (context.json)
    context.print(Json{{"ids", *ids}});
  else
    context.print(fmt::format("{}", fmt::join(*ids, "\n")));
  return kDone;
}

int complete(Context& context, const CompletionOptions& options) {
  if (!options.ids.empty()) return print_ids(context, options.ids);
  if (options.shell.empty())
    return context.report(
        {Code::invalid_argument, "completions: name the shell, as in `rehearse completions bash`"});
  const auto verbs = verb_shapes();
  const std::string script = options.shell == "bash"  ? bash_script(verbs)
                             : options.shell == "zsh" ? zsh_script(verbs)
                                                      : fish_script(verbs);
  if (context.json)
    context.print(Json{{"shell", options.shell}, {"script", script}});
  else
    context.print_as_is(script);
  return kDone;
}

Action declare_completions(Arguments& app) {
  auto options = std::make_shared<CompletionOptions>();
  app.add_option("shell", options->shell, "the shell that is to complete rehearse's words")
      .one_of({"bash", "zsh", "fish"});
  app.add_option("--ids", options->ids, "list ids instead, one a line")
      .one_of({"drills", "designs", "incidents", "sets", "languages"});
  return [options](Context& context) { return complete(context, *options); };
}

const VerbRegistration kCompletions{{"completions",
                                     "a script by which your shell completes verbs, flags and ids",
                                     "source <(rehearse completions bash)", declare_completions}};

}  // namespace
}  // namespace rehearse::cli
