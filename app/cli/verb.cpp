// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verb.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>

#include "app/cli/desktop.hpp"
#include "app/cli/version.hpp"
#include "drills/judge/escape.hpp"

namespace rehearse::cli {
namespace {

constexpr const char* kHomeSentence =
    "the data folder (default: REHEARSE_HOME, else the XDG folders)";

std::vector<Verb>& verbs() {
  static std::vector<Verb> list;
  return list;
}

// The groups that hold verbs of two words, and what they are.
const std::map<std::string, std::string>& groups() {
  static const std::map<std::string, std::string> names = {
      {"analyze", "the engine on your own files"},
  };
  return names;
}

struct Bound {
  CLI::App* app = nullptr;
  Action action;
};

struct Flags {
  std::string home;
  bool json = false;
};

void declare_verb(CLI::App& parent, const Verb& verb, const std::string& name, Flags& flags,
                  std::vector<Bound>& bound) {
  CLI::App* app = parent.add_subcommand(name, verb.sentence);
  app->add_flag("--json", flags.json, "one JSON document on stdout, nothing else there");
  Arguments(*app).add_option("--home", flags.home, kHomeSentence);
  app->footer("Example:\n  " + verb.example);
  if (verb.hidden) app->group("");
  Arguments arguments(*app);
  bound.push_back({app, verb.declare(arguments)});
}

void declare_all(CLI::App& root, Flags& flags, std::vector<Bound>& bound) {
  std::map<std::string, CLI::App*> made;
  for (const Verb& verb : all_verbs()) {
    const auto space = verb.name.find(' ');
    if (space == std::string::npos) {
      declare_verb(root, verb, verb.name, flags, bound);
      continue;
    }
    const std::string group = verb.name.substr(0, space);
    if (!made.count(group)) {
      made[group] = root.add_subcommand(group, groups().at(group));
      made[group]->require_subcommand(1);
    }
    declare_verb(*made[group], verb, verb.name.substr(space + 1), flags, bound);
  }
}

bool is_verb(const std::string& word) {
  return std::any_of(verbs().begin(), verbs().end(), [&word](const Verb& verb) {
    return verb.name.substr(0, verb.name.find(' ')) == word;
  });
}

// "grade", "analyze calibration", "analyze", or nothing: what --help can say more of.
std::string called(int argc, const char* const* argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (!is_verb(first)) return "";
  if (argc < 3 || !groups().count(first)) return first;
  const std::string both = first + " " + argv[2];
  const bool known = std::any_of(verbs().begin(), verbs().end(),
                                 [&](const Verb& verb) { return verb.name == both; });
  return known ? both : first;
}

int refuse(int argc, const char* const* argv, const std::string& why) {
  const std::string verb = called(argc, argv);
  if (groups().count(verb) && argc > 2 && argv[2][0] != '-')
    fmt::print(stderr, "rehearse: there is no `{} {}`\n", verb,
               judge::escape_for_terminal(argv[2], judge::Quotes::kept));
  else
    fmt::print(stderr, "rehearse: {}\n",
               judge::escape_for_terminal(why, judge::Quotes::kept, true));
  fmt::print(stderr, "See `rehearse {}--help`.\n", verb.empty() ? verb : verb + " ");
  return kWrongCall;
}

// The window itself says what is wrong with its data folder; so the folder is not looked at here.
int open_window(const Flags& flags) {
  auto opened = exec_desktop(flags.home.empty() ? std::vector<std::string>{}
                                                : std::vector{std::string("--home"), flags.home});
  fmt::print(stderr, "rehearse: {}\n", opened.error().message);  // it could not start
  return opened.error().code == Code::internal ? kOurFault : kWrongCall;
}

int tour_without_display(const Context& context) {
  context.warn(
      "There is no display here, so the window cannot open. Running the tour instead (rehearse "
      "tour).");
  const char* arguments[] = {"rehearse", "tour"};
  return run(2, arguments);
}

}  // namespace

std::string group_sentence(const std::string& group) {
  const auto found = groups().find(group);
  return found == groups().end() ? "" : found->second;
}

VerbRegistration::VerbRegistration(Verb verb) { verbs().push_back(std::move(verb)); }

const std::vector<Verb>& all_verbs() {
  std::sort(verbs().begin(), verbs().end(),
            [](const Verb& a, const Verb& b) { return a.name < b.name; });
  return verbs();
}

void Context::print(const std::string& text) const {
  print_as_is(judge::escape_for_terminal(text, judge::Quotes::kept, true));
}

void Context::print_as_is(const std::string& text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stdout);
}

void Context::print(const Json& document) const {
  print_as_is(document.dump(2, ' ', false, Json::error_handler_t::replace));
}

void Context::warn(const std::string& text) const {
  fmt::print(stderr, "rehearse: {}\n", judge::escape_for_terminal(text, judge::Quotes::kept, true));
}

int Context::report(const Error& error) const {
  warn(error.message);
  return error.code == Code::internal ? kOurFault : kWrongCall;
}

int run(int argc, const char* const* argv) {
  CLI::App root(
      "Rehearse: interview practice for machine-learning engineers.\n"
      "Without a verb it opens the window.");
  root.name("rehearse");
  root.set_version_flag("--version", std::string("rehearse ") + kVersion);
  root.require_subcommand(0, 1);
  root.footer("Every verb has --help with an example.");
  Flags flags;
  Arguments(root).add_option("--home", flags.home, kHomeSentence);
  std::vector<Bound> bound;
  declare_all(root, flags, bound);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return root.exit(e);
    return refuse(argc, argv, e.what());
  }
  const bool verb =
      std::any_of(bound.begin(), bound.end(), [](const Bound& one) { return one.app->parsed(); });
  if (!verb && has_display()) return open_window(flags);
  auto home = practice::Home::resolve(flags.home);
  if (!home) {
    fmt::print(stderr, "rehearse: {}\n", home.error().message);
    return kWrongCall;
  }
  Context context{std::move(*home), flags.json, isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR"),
                  static_cast<bool>(isatty(STDERR_FILENO))};
  for (Bound& one : bound)
    if (one.app->parsed()) return one.action(context);
  return tour_without_display(context);
}

}  // namespace rehearse::cli
