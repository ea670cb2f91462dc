// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completion_scripts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/cli/verb.hpp"

namespace rehearse::cli {
namespace {

// The kinds of values whose ids `completions --ids` lists.
constexpr std::array<std::pair<const char*, const char*>, 5> kIds = {{{"DRILL", "drills"},
                                                                      {"DESIGN", "designs"},
                                                                      {"INCIDENT", "incidents"},
                                                                      {"SET", "sets"},
                                                                      {"LANGUAGE", "languages"}}};

const char* ids_of(const FlagShape& flag) {
  const auto found =
      std::find_if(kIds.begin(), kIds.end(), [&](const auto& id) { return flag.kind == id.first; });
  return found == kIds.end() ? nullptr : found->second;
}

// What a shell offers for a value: "@drills" for ids, the choices themselves, or "" for files.
std::string offer(const FlagShape& flag) {
  if (!flag.choices.empty()) return fmt::format("{}", fmt::join(flag.choices, " "));
  const char* ids = ids_of(flag);
  return ids ? std::string("@") + ids : "";
}

// Inside single quotes of a POSIX shell.
std::string sh_quoted(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out;
}

// fish knows two escapes inside single quotes: \' and \\.
std::string fish_quoted(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

struct Split {
  std::string group, rest;  // "analyze", "drift"; a verb of one word has no rest
};
Split split(const std::string& verb) {
  const auto space = verb.find(' ');
  if (space == std::string::npos) return {verb, ""};
  return {verb.substr(0, space), verb.substr(space + 1)};
}

// First words of all calls, with their sentences.
std::vector<std::pair<std::string, std::string>> first_words(const std::vector<VerbShape>& verbs) {
  std::vector<std::pair<std::string, std::string>> words;
  for (const VerbShape& verb : verbs) {
    const Split parts = split(verb.name);
    if (parts.rest.empty())
      words.emplace_back(verb.name, verb.sentence);
    else if (words.empty() || words.back().first != parts.group)
      words.emplace_back(parts.group, group_sentence(parts.group));
  }
  return words;
}

constexpr const char* kBashLogic = R"(
_rehearse() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb='' offer='' i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in --home) ((++i)) ;; -*) [ -n "$verb" ] && break ;; *)
      verb=${verb:+$verb }${COMP_WORDS[i]}
      [ "$verb" = analyze ] || break ;;
    esac
  done
  case $prev in
    --home) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    -*) if offer=$(_rehearse_value "$verb" "$prev"); then _rehearse_offer "$offer"; return; fi ;;
  esac
  case $cur in
    -*) offer="$(_rehearse_flags "$verb") --help" ;;
    *) offer=$(_rehearse_words "$verb") ;;
  esac
  _rehearse_offer "$offer"
}

# Words, @KIND for ids, or nothing for files.
_rehearse_offer() {
  local words=$1
  case $words in
    '') compopt -o default 2>/dev/null; COMPREPLY=(); return ;;
    @*) words=$(rehearse completions --ids "${words#@}" 2>/dev/null) ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _rehearse rehearse
)";

}  // namespace

std::string bash_script(const std::vector<VerbShape>& verbs) {
  std::string flags, values, words, top, below;
  std::vector<std::string> firsts;
  for (const auto& [word, sentence] : first_words(verbs)) firsts.push_back(word);
  for (const VerbShape& verb : verbs) {
    std::string line = "--json --home";
    for (const FlagShape& flag : verb.flags) {
      for (const std::string& name : flag.names) {
        line += " " + name;
        if (!flag.kind.empty())
          values += fmt::format("    '{} {}') echo '{}' ;;\n", verb.name, name, offer(flag));
      }
    }
    flags += fmt::format("    '{}') echo '{}' ;;\n", verb.name, line);
    if (!verb.words.empty())
      words += fmt::format("    '{}') echo '{}' ;;\n", verb.name, offer(verb.words.front()));
    if (const Split parts = split(verb.name); !parts.rest.empty()) below += parts.rest + " ";
  }
  words += fmt::format("    '') echo '{}' ;;\n    analyze) echo '{}' ;;\n", fmt::join(firsts, " "),
                       below);
  return fmt::format(
             "# bash completion of rehearse, written by `rehearse completions bash`.\n\n"
             "_rehearse_flags() {{\n  case $1 in\n{}    *) echo '--home --version' ;;\n  "
             "esac\n}}\n\n"
             "# What the value of a flag may be; fails for a flag that takes none.\n"
             "_rehearse_value() {{\n  case \"$1 $2\" in\n{}    *) return 1 ;;\n  esac\n}}\n\n"
             "_rehearse_words() {{\n  case $1 in\n{}  esac\n}}\n",
             flags, values, words) +
         kBashLogic;
}

namespace {

// Inside a specification of _arguments, brackets and colons mean something.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return sh_quoted(out);
}

std::string zsh_value(const FlagShape& flag) {
  if (!flag.choices.empty())
    return fmt::format(":{}:({})", zsh_text(flag.names.front()), fmt::join(flag.choices, " "));
  if (const char* ids = ids_of(flag))
    return fmt::format(":{}:{{_rehearse_ids {}}}", zsh_text(flag.names.front()), ids);
  return fmt::format(":{}:_files", zsh_text(flag.names.front()));
}

std::string zsh_arguments(const VerbShape& verb) {
  std::string out =
      "_arguments '--json[one JSON document on stdout]' '--home[the data folder]:folder:_files -/' "
      "'--help[what it does, with an example]'";
  for (const FlagShape& flag : verb.flags)
    for (const std::string& name : flag.names)
      out += fmt::format(" '*{}[{}]{}'", name, zsh_text(flag.sentence),
                         flag.kind.empty() ? "" : zsh_value(flag));
  for (const FlagShape& word : verb.words) out += fmt::format(" '*{}'", zsh_value(word));
  return out;
}

std::string zsh_described(const std::string& word, const std::string& sentence) {
  return fmt::format("    '{}:{}'\n", word, sh_quoted(sentence));
}

}  // namespace

std::string zsh_script(const std::vector<VerbShape>& verbs) {
  std::string firsts, cases, below, below_cases;
  for (const auto& [word, sentence] : first_words(verbs)) firsts += zsh_described(word, sentence);
  for (const VerbShape& verb : verbs) {
    const Split parts = split(verb.name);
    if (!parts.rest.empty()) below += zsh_described(parts.rest, verb.sentence);
    (parts.rest.empty() ? cases : below_cases) += fmt::format(
        "    {}) {} ;;\n", parts.rest.empty() ? verb.name : parts.rest, zsh_arguments(verb));
  }
  return fmt::format(
      "#compdef rehearse\n"
      "# zsh completion of rehearse, written by `rehearse completions zsh`.\n\n"
      "_rehearse_ids() {{\n  local -a ids\n"
      "  ids=(${{(f)\"$(rehearse completions --ids $1 2>/dev/null)\"}})\n"
      "  compadd -a ids\n}}\n\n"
      "_rehearse_analyze() {{\n  local -a verbs\n  verbs=(\n{2}  )\n"
      "  if (( CURRENT == 2 )); then _describe question verbs; return; fi\n"
      "  shift words; (( CURRENT-- ))\n  case $words[1] in\n{3}  esac\n}}\n\n"
      "_rehearse() {{\n  local -a verbs\n  verbs=(\n{0}  )\n"
      "  if [[ $words[2] == --home ]] && (( CURRENT > 2 )); then\n"
      "    if (( CURRENT == 3 )); then _files -/; return; fi\n"
      "    shift 2 words; (( CURRENT -= 2 ))\n  fi\n"
      "  if (( CURRENT == 2 )); then _describe verb verbs; return; fi\n"
      "  shift words; (( CURRENT-- ))\n  case $words[1] in\n    analyze) _rehearse_analyze ;;\n"
      "{1}  esac\n}}\n\n"
      "if [ \"$funcstack[1]\" = _rehearse ]; then _rehearse \"$@\"; else compdef _rehearse "
      "rehearse; fi\n",
      firsts, cases, below, below_cases);
}

namespace {

std::string fish_value(const FlagShape& flag) {
  if (!flag.choices.empty())
    return fmt::format(" -x -a '{}'", fish_quoted(fmt::format("{}", fmt::join(flag.choices, " "))));
  if (const char* ids = ids_of(flag))
    return fmt::format(" -x -a '(rehearse completions --ids {} 2>/dev/null)'", ids);
  return " -r -F";
}

std::string fish_verb(const VerbShape& verb) {
  const std::string head =
      fmt::format("complete -c rehearse -n \"test (__rehearse_verb) = '{}'\"", verb.name);
  std::string out = head + " -l json -d 'one JSON document on stdout'\n";
  for (const FlagShape& flag : verb.flags)
    for (const std::string& name : flag.names) {
      const bool is_long = name.substr(0, 2) == "--";
      out += fmt::format("{} -{} {}{} -d '{}'\n", head, is_long ? 'l' : 's',
                         name.substr(is_long ? 2 : 1), flag.kind.empty() ? "" : fish_value(flag),
                         fish_quoted(flag.sentence));
    }
  for (const FlagShape& word : verb.words) {
    const std::string value = fish_value(word);
    out += head + (value == " -r -F" ? " -F" : " -f" + value.substr(3)) + "\n";
  }
  return out;
}

}  // namespace

std::string fish_script(const std::vector<VerbShape>& verbs) {
  std::string out =
      "# fish completion of rehearse, written by `rehearse completions fish`.\n\n"
      "# The verb of the line so far: \"run\", \"analyze drift\", or \"none\".\n"
      "function __rehearse_verb\n"
      "    set -l words (commandline -opc)[2..-1]\n"
      "    if test \"$words[1]\" = --home\n"
      "        set -e words[1..2]\n"
      "    end\n"
      "    set -l verb (string match -v -- '-*' $words)[1]\n"
      "    if test \"$verb\" = analyze\n"
      "        set verb (string join ' ' (string match -v -- '-*' $words)[1..2])\n"
      "    end\n"
      "    test -n \"$verb\"; and echo $verb; or echo none\n"
      "end\n\n"
      "complete -c rehearse -f\n"
      "complete -c rehearse -l home -x -a '(__fish_complete_directories)' -d 'the data folder'\n"
      "complete -c rehearse -l help -d 'what it does, with an example'\n";
  for (const auto& [word, sentence] : first_words(verbs))
    out += fmt::format("complete -c rehearse -n \"test (__rehearse_verb) = none\" -a {} -d '{}'\n",
                       word, fish_quoted(sentence));
  for (const VerbShape& verb : verbs) {
    if (const Split parts = split(verb.name); !parts.rest.empty())
      out += fmt::format("complete -c rehearse -n \"test (__rehearse_verb) = {}\" -a {} -d '{}'\n",
                         parts.group, parts.rest, fish_quoted(verb.sentence));
    out += fish_verb(verb);
  }
  return out;
}

}  // namespace rehearse::cli
