// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/card_lint.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "engine/base/hash.hpp"
#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

constexpr std::size_t kRunWords = 8;
constexpr char kMagic[8] = {'R', 'U', 'N', 'S', '8', 0, 0, 1};
const char* const kSections[] = {"In thirty seconds", "Why it matters", "How it works",
                                 "Example",           "Traps",          "Asked next"};
const std::set<std::string> kKinds = {"concept",     "worked-example", "pitfall", "quick-set",
                                      "mock-prompt", "story",          "reading"};
const std::set<std::string> kAreas = {"ml", "ml-system-design", "coding", "behavioral"};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char raw : text) {
    const char c = raw >= 'A' && raw <= 'Z' ? static_cast<char>(raw - 'A' + 'a') : raw;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string run_text(const std::vector<std::string>& words, std::size_t start) {
  std::string run;
  for (std::size_t i = 0; i < kRunWords; ++i) run += (i ? " " : "") + words[start + i];
  return run;
}

class CardLinter {
 public:
  CardLinter(const CardLibrary& library, const CardLintInput& input,
             std::vector<CardFinding>& findings)
      : library_(library), input_(input), findings_(findings) {}

  void lint(const Card& card) {
    card_ = &card;
    front();
    links();
    sections();
    for (const Question& question : card.questions) lint(question);
  }

 private:
  void say(std::string message, int line = 0) {
    findings_.push_back(
        {line ? fmt::format("{}:{}", card_->path, line) : card_->path, std::move(message)});
  }

  void front() {
    const std::string stem = card_->path.substr(card_->path.rfind('/') + 1);
    if (stem != card_->id + ".md")
      say(fmt::format("the id `{}` is not the file's name; rename one of them", card_->id));
    if (!kKinds.count(card_->kind))
      say(
          fmt::format("kind `{}` is not one of concept, worked-example, pitfall, quick-set, "
                      "mock-prompt, story, reading",
                      card_->kind));
    if (!kAreas.count(card_->area))
      say(fmt::format("area `{}` is not one of ml, ml-system-design, coding, behavioral",
                      card_->area));
    if (card_->covers.empty())
      say("`covers` is empty; name the ids of content/inventory.toml that this card teaches");
    if (card_->minutes <= 0) say("`minutes` must be above 0");
    if (card_->questions.empty()) say("the card asks nothing; add at least one question");
  }

  void links() {
    if (!input_.inventory.empty())
      for (const std::string& id : card_->covers)
        if (!input_.inventory.count(id))
          say(fmt::format("covers `{}`, which content/inventory.toml does not know", id));
    for (const auto* list : {&card_->prereq, &card_->follow_ups})
      for (const std::string& id : *list)
        if (!library_.find(id))
          say(fmt::format("links to the card `{}`, which does not exist", id));
    for (const std::string& id : card_->drills)
      if (!input_.drills.count(id))
        say(fmt::format("links to the drill `{}`, which does not exist", id));
    if (!card_->design.empty() && !input_.designs.count(card_->design))
      say(fmt::format("links to the design `{}`, which does not exist", card_->design));
  }

  void sections() {
    if (card_->kind == "concept")
      for (const char* heading : kSections)
        if (card_->section(heading).empty())
          say(fmt::format("the section \"## {}\" is missing or empty", heading));
    for (const auto& [heading, text] : card_->sections) {
      formulas(text);
      copied(text, heading);
    }
  }

  void formulas(const std::string& text) {
    constexpr std::string_view kOpen = "{{formula:";
    for (auto at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at + 1)) {
      const auto end = text.find("}}", at);
      const std::string name =
          text.substr(at + kOpen.size(), end == std::string::npos ? 0 : end - at - kOpen.size());
      const auto found = library_.formulas().find(name);
      if (found == library_.formulas().end())
        say(fmt::format("the formula `{}` is not in content/formulas.toml", name));
      else if (found->second.picture.empty())
        say(fmt::format("the formula `{}` has no rendered picture in content/formulas/", name));
      else if (found->second.alt.empty())
        say(fmt::format("the formula `{}` has no alternative text", name));
    }
  }

  void copied(const std::string& text, const std::string& where) {
    if (input_.guide_runs.empty()) return;
    const auto words = words_of(text);
    for (std::size_t i = 0; i + kRunWords <= words.size(); ++i) {
      const std::string run = run_text(words, i);
      if (!std::binary_search(input_.guide_runs.begin(), input_.guide_runs.end(), fnv1a64(run)))
        continue;
      say(fmt::format(
          "\"{}\" in \"{}\" stands in the guide word for word; say it in your own words", run,
          where));
      return;
    }
  }

  void lint(const Question& question) {
    copied(question.prompt + "\n" + answer_markdown(question), "Questions");
    if (question.kind == Question::Kind::choice && question.options.size() < 2)
      say("a choice needs at least two options", question.line);
    if (question.kind == Question::Kind::order && question.items.size() < 2)
      say("an order needs at least two items", question.line);
    if (question.kind != Question::Kind::numeric) return;
    if (question.compute.empty()) {
      say("a numeric question needs `compute`, so that its answer can be recomputed",
          question.line);
      return;
    }
    const auto value = evaluate(question.compute, input_.functions);
    if (!value)
      say(value.error().message, question.line);
    else if (!(std::abs(*value - question.number) <= question.tolerance))
      say(fmt::format("the answer is {:g}, and the engine computes {:.10g} from {}",
                      question.number, *value, question.compute),
          question.line);
  }

  const CardLibrary& library_;
  const CardLintInput& input_;
  std::vector<CardFinding>& findings_;
  const Card* card_ = nullptr;
};

void find_cycles(const CardLibrary& library, std::vector<CardFinding>& findings) {
  std::set<std::string> finished, open;
  const std::function<void(const Card&)> visit = [&](const Card& card) {
    if (finished.count(card.id)) return;
    if (!open.insert(card.id).second) {
      findings.push_back(
          {card.path,
           fmt::format("`prereq` goes in a circle through `{}`; take one of the links out",
                       card.id)});
      return;
    }
    for (const std::string& id : card.prereq)
      if (const Card* before = library.find(id)) visit(*before);
    open.erase(card.id);
    finished.insert(card.id);
  };
  for (const Card& card : library.cards()) visit(card);
}

}  // namespace

std::vector<std::uint64_t> word_runs(std::string_view text) {
  const auto words = words_of(text);
  std::vector<std::uint64_t> runs;
  for (std::size_t i = 0; i + kRunWords <= words.size(); ++i)
    runs.push_back(fnv1a64(run_text(words, i)));
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

Result<std::vector<std::uint64_t>> load_guide_runs(const std::string& path) {
  auto bytes = read_file(path);
  if (!bytes) return fail(bytes.error());
  if (bytes->size() < sizeof kMagic || std::memcmp(bytes->data(), kMagic, sizeof kMagic) != 0 ||
      bytes->size() % 8 != 0)
    return fail(Code::bad_data, "{}: not a file of word runs; it begins with RUNS8", path);
  std::vector<std::uint64_t> runs(bytes->size() / 8 - 1);
  std::memcpy(runs.data(), bytes->data() + sizeof kMagic, runs.size() * 8);
  return runs;
}

std::vector<CardFinding> lint_cards(const CardLibrary& library, const CardLintInput& input) {
  std::vector<CardFinding> findings;
  for (const Error& problem : library.problems()) findings.push_back({"content", problem.message});
  CardLinter linter(library, input, findings);
  for (const Card& card : library.cards()) linter.lint(card);
  find_cycles(library, findings);
  return findings;
}

}  // namespace rehearse::practice
