// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <iostream>
#include <optional>

#include "app/cli/table.hpp"
#include "app/cli/verb.hpp"
#include "app/practice/reviews.hpp"

namespace rehearse::cli {
namespace {

struct StudyOptions {
  bool list = false;
  int most = 0;
};

struct Desk {
  std::unique_ptr<practice::Database> database;
  practice::CardLibrary library;
};

Result<Desk> open_desk(const Context& context) {
  auto database = practice::Database::open(context.home.database());
  if (!database) return fail(database.error());
  return Desk{std::move(*database), practice::CardLibrary::open({context.home.builtin + "/content",
                                                                 context.home.user_content})};
}

std::string date_of(std::int64_t seconds) {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm local{};
  localtime_r(&time, &local);
  char text[32];
  std::strftime(text, sizeof text, "%A %d %B, %H:%M", &local);
  return text;
}

// A formula's line is shown by its words.
std::string without_formulas(std::string text, const practice::CardLibrary& library) {
  for (auto at = text.find("{{formula:"); at != std::string::npos;
       at = text.find("{{formula:", at)) {
    const auto end = text.find("}}", at);
    if (end == std::string::npos) break;
    const auto found = library.formulas().find(text.substr(at + 10, end - at - 10));
    text.replace(at, end + 2 - at,
                 found == library.formulas().end() ? "" : "    " + found->second.alt);
  }
  return text;
}

// One line; nothing at the end of input.
std::optional<std::string> ask(const std::string& prompt) {
  fmt::print("{}", prompt);
  std::fflush(stdout);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

bool quiz(const Desk& desk, const practice::Question& question, std::size_t number,
          std::size_t total) {
  fmt::print("\nQuestion {} of {} ({})\n{}", number, total, practice::kind_name(question.kind),
             wrapped(without_formulas(question.prompt, desk.library), 88, "  "));
  for (std::size_t i = 0; i < question.options.size(); ++i)
    fmt::print("    {}. {}\n", i + 1, question.options[i]);
  const auto answer = ask(question.kind == practice::Question::Kind::numeric
                              ? "  your number (Enter shows the answer, q ends): "
                              : "  Enter shows the answer, q ends: ");
  if (!answer || *answer == "q") return false;
  if (question.kind == practice::Question::Kind::numeric && !answer->empty()) {
    char* end = nullptr;
    const double value = std::strtod(answer->c_str(), &end);
    const bool right =
        end != answer->c_str() && std::abs(value - question.number) <= question.tolerance;
    fmt::print("  {}\n", end == answer->c_str() ? "That is not a number."
                         : right                ? "Right."
                                                : "Not right.");
  }
  fmt::print("{}", wrapped(practice::answer_markdown(question), 88, "  "));
  return true;
}

// False: the learner leaves.
Result<bool> study_card(Desk& desk, const practice::QueueEntry& entry) {
  const practice::Card& card = *entry.card;
  const std::int64_t begun = practice::system_seconds();
  fmt::print("\n━━ {} ━━  {}{}\n", card.title, card.topic,
             entry.changed ? "  (its answer changed since you last saw it)"
             : entry.fresh ? "  (new)"
                           : "");
  if (entry.fresh)
    for (const auto& [heading, text] : card.sections)
      fmt::print("\n{}\n{}", heading, wrapped(without_formulas(text, desk.library), 88, "  "));
  for (std::size_t i = 0; i < card.questions.size(); ++i)
    if (!quiz(desk, card.questions[i], i + 1, card.questions.size())) return false;
  const std::int64_t now = practice::system_seconds();
  const auto outcomes = practice::preview(entry.memory, now);
  fmt::print("\n");
  for (int r = 1; r <= 4; ++r)
    fmt::print("  {} {} ({})", r, practice::rating_label(static_cast<practice::Rating>(r)),
               practice::interval_words(outcomes[static_cast<std::size_t>(r - 1)].due - now));
  while (true) {
    const auto grade = ask("\n  grade 1-4, q ends without a grade: ");
    if (!grade || *grade == "q") return false;
    if (grade->size() != 1 || (*grade)[0] < '1' || (*grade)[0] > '4') {
      fmt::print("  Type 1, 2, 3 or 4.");
      continue;
    }
    auto saved = practice::record_review(
        *desk.database, card, static_cast<practice::Rating>((*grade)[0] - '0'), now, now - begun);
    if (!saved) return fail(saved.error());
    fmt::print("  Next on {}.\n", date_of(saved->due));
    break;
  }
  return true;
}

int list_due(Context& context, const practice::Queue& queue) {
  if (context.json) {
    Json due = Json::array();
    for (const auto& entry : queue.due)
      due.push_back({{"card", entry.card->id},
                     {"title", entry.card->title},
                     {"topic", entry.card->topic},
                     {"new", entry.fresh},
                     {"changed", entry.changed}});
    context.print(Json{{"due", due},
                       {"waiting", queue.waiting},
                       {"next_due", queue.next_due ? Json(queue.next_due) : Json(nullptr)}});
    return kDone;
  }
  TextTable table{{"card", "title", "topic", ""}, {}, {}};
  for (const auto& entry : queue.due)
    table.rows.push_back({entry.card->id, entry.card->title, entry.card->topic,
                          entry.fresh     ? "new"
                          : entry.changed ? "changed"
                                          : "due"});
  context.print(to_text(table));
  if (queue.waiting) context.print(fmt::format("{} more wait for another day.", queue.waiting));
  return kDone;
}

int study(Context& context, const StudyOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return context.report(desk.error());
  for (const Error& problem : desk->library.problems()) context.warn(problem.message);
  auto queue = practice::study_queue(*desk->database, desk->library, practice::system_seconds());
  if (!queue) return context.report(queue.error());
  if (options.list || context.json) return list_due(context, *queue);
  if (queue->due.empty()) {
    context.print(desk->library.cards().empty()
                      ? "There are no cards; `rehearse doctor` says where they are looked for."
                  : queue->next_due
                      ? "Nothing is due. The next card is due on " + date_of(queue->next_due) + "."
                      : "Nothing is due, and today's new cards are done. Come back tomorrow.");
    return kDone;
  }
  context.print(
      fmt::format("{} cards are due. Answer in your head or aloud, then look, then grade yourself.",
                  queue->due.size()));
  int done = 0;
  for (const auto& entry : queue->due) {
    if (options.most && done >= options.most) break;
    auto more = study_card(*desk, entry);
    if (!more) return context.report(more.error());
    if (!*more) break;
    ++done;
  }
  context.print(fmt::format("\n{} reviewed, {} left. `rehearse progress` shows how far you are.",
                            done, queue->due.size() - static_cast<std::size_t>(done)));
  return kDone;
}

int undo(Context& context) {
  auto desk = open_desk(context);
  if (!desk) return context.report(desk.error());
  auto card = practice::undo_review(*desk->database);
  if (!card) return context.report(card.error());
  context.print(card->empty() ? "There is no review to take back."
                              : "Took back the last review of " + *card + ".");
  return kDone;
}

Action declare_study(Arguments& app) {
  auto options = std::make_shared<StudyOptions>();
  auto take_back = std::make_shared<bool>(false);
  app.add_flag("--list", options->list, "only list what is due");
  app.add_option("--most", options->most, "stop after so many cards").within(1, 10000);
  app.add_flag("--undo", *take_back, "take back the last review");
  return [options, take_back](Context& context) {
    return *take_back ? undo(context) : study(context, *options);
  };
}

const VerbRegistration kStudy{
    {"study", "the cards that are due, in the terminal", "rehearse study --most 5", declare_study}};

}  // namespace
}  // namespace rehearse::cli
