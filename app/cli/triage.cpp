// SPDX-License-Identifier: GPL-3.0-or-later
//
// triage plays an incident: in a terminal by questions (also from a pipe), or in one call with
// --probe, --diagnose, --act and --update. Without an id it lists the incidents.
#include "engine/triage/triage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "app/cli/designs_common.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/table.hpp"
#include "app/cli/view_text.hpp"
#include "engine/base/read.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::cli {
namespace {

struct TriageOptions {
  std::string incident, seed, diagnose, act, update, out, report;
  std::vector<std::string> probes;
};

std::string figure_text(const Figure& figure) {
  std::string out = figure.title + "\n" + view_text(figure);
  if (!figure.see.empty()) out += wrapped("What to see: " + figure.see);
  return out;
}

int list_incidents(const Context& context) {
  auto library = open_designs(context);
  if (!library) return context.report(library.error());
  Json all = Json::array();
  for (const trace::DesignEntry& design : library->designs()) {
    if (!design.incident) continue;
    if (context.json) {
      all.push_back({{"id", design.id},
                     {"title", design.title},
                     {"asks", design.asks},
                     {"covers", design.covers}});
      continue;
    }
    context.print(design.id + "  " + design.title);
    context.print(wrapped(design.asks, 88, "    "));
  }
  if (context.json)
    context.print(Json{{"incidents", all}});
  else
    context.print("Play one with `rehearse triage ID`; --seed N plays the same attempt again.");
  return kDone;
}

// One by one from 1, for a person who types numbers.
template <class Names>
void print_numbered(const Context& context, const std::string& title, const Names& names) {
  context.print("\n" + title);
  for (std::size_t i = 0; i < names.size(); ++i)
    context.print(fmt::format("  {:>2}  {}", i + 1, names[i]));
}

// A number from the list, or the words themselves.
Result<std::string> chosen(const std::string& typed, const std::vector<std::string>& names,
                           const char* what) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (error == std::errc() && end == typed.data() + typed.size()) {
    if (number >= 1 && number <= names.size()) return names[number - 1];
    return fail(Code::invalid_argument, "{}: a number from 1 to {} is due", what, names.size());
  }
  if (std::find(names.begin(), names.end(), typed) != names.end()) return typed;
  return fail(Code::invalid_argument, "{}: `{}` is neither a number from 1 to {} nor a name", what,
              typed, names.size());
}

template <class Entries>
std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

class Terminal {
 public:
  Terminal(Context& context, triage::Triage& triage) : context_(context), triage_(triage) {}

  Result<triage::Debrief> play() {
    show_page();
    if (auto asked = ask_probes(); !asked) return fail(asked.error());
    auto diagnosis = choose("Diagnosis", triage_.diagnoses());
    if (!diagnosis) return fail(diagnosis.error());
    auto action = choose("Action", names_of(triage_.actions()));
    if (!action) return fail(action.error());
    auto update = read_update();
    if (!update) return fail(update.error());
    return triage_.commit(*diagnosis, *action, *update);
  }

  void show_page() const {
    context_.print(fmt::format("{}   (seed {})\n", triage_.title(), triage_.seed()));
    context_.print(wrapped(triage_.pager()));
    for (const Figure& figure : triage_.dashboard()) context_.print("\n" + figure_text(figure));
  }

  void show_answer(const triage::ProbeAnswer& answer) const {
    context_.print(fmt::format("\n── {} ── {}", answer.name, answer.says));
    for (const Figure& figure : answer.figures) context_.print("\n" + figure_text(figure));
    context_.print(fmt::format("\n{:.0f} minutes since the page.", answer.clock_min));
  }

 private:
  Result<std::string> line(const std::string& prompt) const {
    if (!context_.json) fmt::print("{} ", prompt), std::fflush(stdout);
    std::string text;
    if (!std::getline(std::cin, text))
      return fail(Code::bad_data,
                  "the input ended before the attempt did ({}); nothing was committed", prompt);
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
  }

  Result<void> ask_probes() {
    while (true) {
      context_.print(fmt::format("\nWhat do you look at? ({:.0f} minutes since the page)",
                                 triage_.clock_min()));
      const auto& probes = triage_.probes();
      for (std::size_t i = 0; i < probes.size(); ++i) {
        const auto& asked = triage_.asked();
        const bool done = std::find(asked.begin(), asked.end(), probes[i].name) != asked.end();
        context_.print(fmt::format("  {:>2}  {:<28} {:>3.0f} min  {}", i + 1, probes[i].name,
                                   done ? 0.0 : probes[i].minutes, probes[i].says));
      }
      auto typed = line("A number, or an empty line to commit:");
      if (!typed) return fail(typed.error());
      if (typed->empty()) return {};
      auto name = chosen(*typed, names_of(probes), "probe");
      if (!name) {
        context_.print(name.error().message);
        continue;
      }
      auto answer = triage_.probe(*name);
      if (!answer) return fail(answer.error());
      show_answer(*answer);
    }
  }

  Result<std::string> choose(const std::string& what, const std::vector<std::string>& names) {
    while (true) {
      print_numbered(context_, what, names);
      auto typed = line("Number:");
      if (!typed) return typed;
      auto name = chosen(*typed, names, what.c_str());
      if (name) return name;
      context_.print(name.error().message);
    }
  }

  Result<std::string> read_update() {
    context_.print(
        "\nThe update for everybody who waits: impact with a number, what is known, what is not, "
        "the next step, when the next update comes. An empty line ends it.");
    std::string text, typed;
    while (std::getline(std::cin, typed) && !typed.empty() && typed != "\r") text += typed + "\n";
    return text;
  }

  Context& context_;
  triage::Triage& triage_;
};

// By flags: nothing is asked.
Result<triage::Debrief> play_by_flags(const Context& context, const TriageOptions& options,
                                      const Terminal& terminal, triage::Triage& triage) {
  if (options.diagnose.empty() || options.act.empty())
    return fail(Code::invalid_argument,
                "--diagnose and --act are both due without questions (by name or number)");
  if (!context.json) terminal.show_page();
  for (const std::string& typed : options.probes) {
    auto name = chosen(typed, names_of(triage.probes()), "--probe");
    auto answer = triage.probe(name ? *name : typed);  // whose error lists the names
    if (!answer) return fail(answer.error());
    if (!context.json) terminal.show_answer(*answer);
  }
  auto diagnosis = chosen(options.diagnose, triage.diagnoses(), "--diagnose");
  auto action = chosen(options.act, names_of(triage.actions()), "--act");
  return triage.commit(diagnosis ? *diagnosis : options.diagnose, action ? *action : options.act,
                       options.update);
}

void print_debrief(const Context& context, const triage::Debrief& debrief,
                   const std::string& title) {
  for (const auto& block : triage::document_of(debrief, title).blocks) {
    if (const auto* heading = std::get_if<Heading>(&block))
      context.print("\n── " + heading->text + " ──");
    if (const auto* prose = std::get_if<Prose>(&block))
      context.print("\n" + wrapped(prose->markdown));
    if (const auto* banner = std::get_if<Banner>(&block))
      context.print("\n══ " + banner->title + " ══\n" + wrapped(banner->sentence));
    if (const auto* figure = std::get_if<Figure>(&block))
      context.print("\n" + figure_text(*figure));
  }
}

// Without --seed every attempt is another one; which, is printed.
Result<std::uint64_t> seed_of(const std::string& text) {
  std::uint64_t seed = 0;
  if (text.empty())
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() /
                                      std::chrono::milliseconds(1)) %
           100000;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(Code::invalid_argument, "--seed {}: a seed is a whole number from 0", text);
  return seed;
}

Result<triage::Triage> opened(const Context& context, const TriageOptions& options) {
  auto library = open_designs(context);
  if (!library) return fail(library.error());
  auto path = library->path_of(options.incident);
  if (!path) return fail(path.error());
  auto seed = seed_of(options.seed);
  if (!seed) return fail(seed.error());
  const Interrupt interrupt;
  return triage::Triage::open(*path, *seed, Progress(interrupt.token(), {}));
}

int triage_verb(Context& context, const TriageOptions& options) {
  if (options.incident.empty()) return list_incidents(context);
  auto triage = opened(context, options);
  if (!triage) return context.report(triage.error());
  Terminal terminal(context, *triage);
  const bool by_flags = !options.probes.empty() || !options.diagnose.empty() ||
                        !options.act.empty() || !options.update.empty();
  if (context.json && !by_flags)
    return context.report(
        {Code::invalid_argument,
         "--json asks nothing: give --diagnose and --act (and --probe, --update)"});
  auto debrief = by_flags ? play_by_flags(context, options, terminal, *triage) : terminal.play();
  if (!debrief) return context.report(debrief.error());
  const Json attempt = triage::to_json(*triage, *debrief);
  if (context.json)
    context.print(attempt);
  else
    print_debrief(context, *debrief, triage->title());
  if (!options.out.empty())
    if (auto written = write_file(options.out, attempt.dump(2) + "\n"); !written)
      return context.report(written.error());
  if (!options.report.empty())
    if (auto written = render(triage::document_of(*debrief, triage->title()), options.report);
        !written)
      return context.report(written.error());
  return debrief->passed ? kDone : kRefused;
}

Action declare_triage(Arguments& app) {
  auto options = std::make_shared<TriageOptions>();
  app.add_option("incident", options->incident, "an incident's id, or a file (default: list them)")
      .names_a("INCIDENT");
  app.add_option("--seed", options->seed, "which attempt (default: another one each time)");
  app.add_option("--probe", options->probes,
                 "look at this first, by name or number; may be repeated")
      .one_value_each();
  app.add_option("--diagnose", options->diagnose, "what is wrong, by name or number");
  app.add_option("--act", options->act, "what you do, by name or number");
  app.add_option("--update", options->update, "the update that you send");
  app.add_option("--out", options->out, "write the attempt and its debrief to this JSON file");
  app.add_option("--report", options->report, "write the debrief: .html or .pdf")
      .ends_in({".html", ".pdf"});
  return [options](Context& context) { return triage_verb(context, *options); };
}

const VerbRegistration kTriage{{"triage",
                                "play an incident: a page, probes at a price, a graded debrief",
                                "rehearse triage incident-null-feature", declare_triage}};

}  // namespace
}  // namespace rehearse::cli
