// SPDX-License-Identifier: GPL-3.0-or-later
//
// lint checks drills (the reference passes, wrong answers are refused for their reason), designs
// (their expectations hold) and cards. With paths, only what lies there.
#include "drills/judge/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "app/cli/card_functions.hpp"
#include "app/cli/designs_common.hpp"
#include "app/cli/drills_common.hpp"
#include "app/cli/table.hpp"
#include "app/practice/card_lint.hpp"
#include "app/practice/drill_sets.hpp"
#include "drills/judge/cases.hpp"
#include "engine/base/read.hpp"
#include "engine/trace/trace.hpp"
#include "engine/triage/triage.hpp"

namespace rehearse::cli {
namespace {

namespace fs = std::filesystem;

struct LintOptions {
  std::vector<std::string> paths;
  bool coverage = false;
  int jobs = 0;
};

struct Findings {
  Json json = Json::array();
  std::size_t count = 0, looked_at = 0;

  void add(const Context& context, const std::string& where, const std::string& message) {
    ++count;
    json.push_back({{"where", where}, {"message", message}});
    if (!context.json) context.print(where + ": " + message);
  }
};

// Everything lies under one of the paths given, or no path was given.
class Chosen {
 public:
  explicit Chosen(const std::vector<std::string>& paths) {
    std::error_code error;
    for (const std::string& path : paths) roots_.push_back(fs::weakly_canonical(path, error));
  }
  bool holds(const std::string& path) const {
    if (roots_.empty()) return true;
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    return std::any_of(roots_.begin(), roots_.end(), [&whole](const fs::path& root) {
      return std::mismatch(root.begin(), root.end(), whole.begin(), whole.end()).first ==
             root.end();
    });
  }

 private:
  std::vector<fs::path> roots_;
};

// Scripts that lie under the paths given and belong to no library: somebody's own, on the way.
struct OwnScripts {
  std::vector<std::string> drills, designs;
};

Result<OwnScripts> own_scripts(const std::vector<std::string>& paths,
                               const std::set<fs::path>& known) {
  OwnScripts own;
  const auto take = [&](const fs::path& path) -> Result<void> {
    std::error_code error;
    if (path.extension() != ".lua" || known.count(fs::weakly_canonical(path, error))) return {};
    auto text = read_file(path.string());
    if (!text) return fail(text.error());
    const bool drill = text->find("return drill") != std::string::npos;
    (drill ? own.drills : own.designs).push_back(path.string());
    return {};
  };
  for (const std::string& path : paths) {
    if (!fs::is_directory(path)) {
      if (auto taken = take(path); !taken) return fail(taken.error());
      continue;
    }
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
         at.increment(error))
      files.push_back(at->path());
    if (error) return fail(Code::io, "{}: {}", path, error.message());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files)
      if (auto taken = take(file); !taken) return fail(taken.error());
  }
  return own;
}

// What the drills hold, for the last line.
struct Counts {
  std::size_t drills = 0, cases = 0, wrong = 0;
  std::map<std::string, std::size_t> references;  // by language

  void add(const judge::Drill& drill, const judge::Workshop& workshop) {
    ++drills;
    wrong += drill.wrong.size();
    for (const auto& [language, text] : drill.reference) ++references[language];
    if (auto set = judge::load_cases(drill, 1, workshop)) cases += set->cases.size();
  }
  std::string words() const {
    std::string text = fmt::format("{} drills with {} cases and {} wrong answers; references:",
                                   drills, cases, wrong);
    for (const auto& [language, count] : references) text += fmt::format(" {} {},", language, count);
    text.back() = '.';
    return text;
  }
};

// Several drills at once; findings come in the order of the files.
void lint_drills(const Context& context, const judge::Library& library,
                 const std::vector<std::string>& paths, int jobs, Counts& counts,
                 Findings& findings) {
  struct Linted {
    std::optional<judge::Drill> drill;
    std::vector<judge::Finding> findings;
  };
  std::vector<Linted> linted(paths.size());
  std::atomic<std::size_t> next{0};
  auto worker = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      if (context.progress) fmt::print(stderr, "\r\x1b[K{}", paths[i]);
      auto drill = library.load(paths[i]);
      if (!drill) {
        linted[i].findings.push_back({paths[i], drill.error().message});
        continue;
      }
      judge::GradeOptions how;
      how.workshop = library.workshop();
      linted[i].findings = judge::lint(*drill, how);
      linted[i].drill = std::move(*drill);
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 1; i < std::min<int>(jobs, static_cast<int>(paths.size())); ++i)
    threads.emplace_back(worker);
  worker();
  threads.clear();
  for (const Linted& one : linted) {
    ++findings.looked_at;
    if (one.drill) counts.add(*one.drill, library.workshop());
    for (const judge::Finding& finding : one.findings)
      findings.add(context, finding.where, finding.message);
  }
}

void lint_sets(const Context& context, const Chosen& chosen, const judge::Library& drills,
               Findings& findings) {
  for (const std::string& path : set_files(context)) {
    std::error_code error;
    if (!fs::exists(path, error) || !chosen.holds(path)) continue;
    ++findings.looked_at;
    auto sets = practice::load_drill_sets({path});
    if (!sets) {
      findings.add(context, path, sets.error().message);
      continue;
    }
    for (const practice::DrillSet& set : *sets)
      for (const std::string& id : set.drills)
        if (!drills.find(id))
          findings.add(context, path,
                       fmt::format("the set {} names the drill {}, which is not there", set.id, id));
  }
}

void lint_design(const Context& context, const std::string& path, Findings& findings) {
  ++findings.looked_at;
  DesignOptions options;
  options.design = path;
  auto plan = trace::trace_file(path);
  if (!plan) return findings.add(context, path, plan.error().message);
  auto run = run_design(context, *plan, options);
  if (!run) return findings.add(context, path, run.error().message);
  if (plan->asks.empty())
    findings.add(context, path, "`asks` is empty; say what the design answers");
  for (const plan::View& view : plan->views)
    if (view.see.empty())
      findings.add(context, fmt::format("{}:{}", path, view.at.line),
                   "this view does not say what to see; add see = \"…\"");
  for (const plan::Check& check : run->checks)
    if (check.state == plan::Check::State::broken)
      findings.add(context, fmt::format("{}:{}", path, check.expectation.at.line), check.sentence);
  if (!plan->incident) return;
  auto played = triage::lint(path);
  if (!played) return findings.add(context, path, played.error().message);
  for (const std::string& finding : *played) findings.add(context, path, finding);
}

Result<void> lint_cards(const Context& context, const Chosen& chosen,
                        const practice::CardLibrary& cards, const trace::DesignLibrary& designs,
                        const judge::Library& drills,
                        const std::vector<practice::InventoryEntry>& inventory,
                        Findings& findings) {
  practice::CardLintInput input;
  for (const auto& entry : inventory) input.inventory.insert(entry.id);
  for (const auto& design : designs.designs()) input.designs.insert(design.id);
  for (const auto& entry : drills.entries()) input.drills.insert(entry.id);
  auto runs = practice::load_guide_runs(context.home.builtin + "/content/guide-runs.bin");
  if (!runs) return fail(runs.error());
  input.guide_runs = std::move(*runs);
  input.functions = card_functions();
  for (const auto& card : cards.cards()) findings.looked_at += chosen.holds(card.path);
  for (const auto& finding : practice::lint_cards(cards, input))
    if (chosen.holds(finding.where.substr(0, finding.where.find(".md") + 3)) ||
        finding.where == "content")
      findings.add(context, finding.where, finding.message);
  return {};
}

void print_coverage(const Context& context, const practice::CardLibrary& cards,
                    const trace::DesignLibrary& designs, const judge::Library& drills,
                    const std::vector<practice::InventoryEntry>& inventory) {
  std::map<std::string, std::vector<std::string>> where;
  for (const auto& card : cards.cards())
    for (const auto& id : card.covers) where[id].push_back("card " + card.id);
  for (const auto& design : designs.designs())
    for (const auto& id : design.covers) where[id].push_back("design " + design.id);
  for (const auto& entry : drills.entries())
    if (auto drill = drills.load(entry.id))
      for (const auto& id : drill->covers) where[id].push_back("drill " + drill->id);
  std::size_t covered = 0;
  TextTable table{{"id", "what", "where"}, {}, {}};
  for (const auto& entry : inventory) {
    if (!where.count(entry.id)) continue;
    ++covered;
    std::string places;
    for (const auto& place : where[entry.id]) places += (places.empty() ? "" : ", ") + place;
    table.rows.push_back({entry.id, entry.label.substr(0, 60), places});
  }
  context.warn(fmt::format("{} of {} ids of the guide are covered.", covered, inventory.size()));
  if (!context.json) context.print(to_text(table));
}

int lint(Context& context, const LintOptions& options) {
  for (const std::string& path : options.paths)
    if (!fs::exists(path))
      return context.report({Code::not_found, path + ": there is no such file or folder"});
  const Chosen chosen(options.paths);
  auto drills = open_drills(context);
  auto designs = open_designs(context);
  if (!drills) return context.report(drills.error());
  if (!designs) return context.report(designs.error());
  auto inventory = practice::load_inventory(context.home.builtin + "/content/inventory.toml");
  if (!inventory) return context.report(inventory.error());
  const auto cards =
      practice::CardLibrary::open({context.home.builtin + "/content", context.home.user_content});
  Findings findings;
  std::vector<std::string> drill_paths, design_paths;
  std::set<fs::path> known;
  const auto collect = [&](const std::string& path, std::vector<std::string>& paths) {
    std::error_code error;
    known.insert(fs::weakly_canonical(path, error));
    if (chosen.holds(path)) paths.push_back(path);
  };
  for (const auto& entry : drills->entries()) collect(entry.path, drill_paths);
  for (const auto& entry : designs->designs()) collect(entry.path, design_paths);
  auto own = own_scripts(options.paths, known);
  if (!own) return context.report(own.error());
  std::move(own->drills.begin(), own->drills.end(), std::back_inserter(drill_paths));
  std::move(own->designs.begin(), own->designs.end(), std::back_inserter(design_paths));
  const int jobs = options.jobs > 0
                       ? options.jobs
                       : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  Counts counts;
  lint_drills(context, *drills, drill_paths, jobs, counts, findings);
  lint_sets(context, chosen, *drills, findings);
  for (const std::string& path : design_paths) lint_design(context, path, findings);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  if (auto done = lint_cards(context, chosen, cards, *designs, *drills, *inventory, findings);
      !done)
    return context.report(done.error());
  if (!options.paths.empty() && findings.looked_at == 0 && findings.count == 0)
    return context.report({Code::not_found, fmt::format("{}: there is no drill, design or card",
                                                        fmt::join(options.paths, ", "))});
  if (options.coverage) print_coverage(context, cards, *designs, *drills, *inventory);
  if (context.json)
    context.print(Json{{"looked_at", findings.looked_at},
                       {"findings", findings.json},
                       {"drills", counts.drills},
                       {"cases", counts.cases},
                       {"wrong_answers", counts.wrong},
                       {"references", counts.references}});
  else {
    if (counts.drills > 0) context.print(counts.words());
    context.print(
        fmt::format("{} files looked at, {} findings.", findings.looked_at, findings.count));
  }
  return findings.count ? kRefused : kDone;
}

Action declare_lint(Arguments& app) {
  auto options = std::make_shared<LintOptions>();
  app.add_option("paths", options->paths, "files or folders (default: everything)");
  app.add_flag("--coverage", options->coverage,
               "also list which ids of the guide are covered where");
  app.add_option("--jobs", options->jobs, "drills looked at at once (default: one a processor)")
      .within(1, 256);
  return [options](Context& context) { return lint(context, *options); };
}

const VerbRegistration kLint{
    {"lint", "check drills, designs and cards", "rehearse lint drills/state", declare_lint}};

}  // namespace
}  // namespace rehearse::cli
