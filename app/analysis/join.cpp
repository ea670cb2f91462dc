// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/join.hpp"

#include <fmt/format.h>

#include "app/analysis/analysis.hpp"

namespace rehearse::analysis {
namespace {

struct JoinCounts {
  std::size_t matched = 0, late = 0, future = 0, tie = 0;
};

JoinCounts counts_of(const features::Joined& joined) {
  JoinCounts counts;
  for (const std::int64_t winner : joined.winner) counts.matched += winner >= 0;
  for (const features::JoinLeak& leak : joined.leaks) {
    counts.late += leak.kind == features::LeakKind::late;
    counts.future += leak.kind == features::LeakKind::future;
    counts.tie += leak.kind == features::LeakKind::tie;
  }
  return counts;
}

Result<Document> answer_join(const Question& question) {
  features::JoinOptions options;
  options.entity = question.value("entity"), options.event_time = question.value("event-time");
  options.feature_time = question.value("feature-time");
  options.arrival = question.value("arrival");
  const double ttl = question.number("ttl");
  options.ttl_seconds = ttl > 0 ? ttl : -1;
  auto mode = features::parse_join_mode(question.value("mode"));
  if (!mode) return fail(mode.error());
  options.mode = *mode;
  auto joined =
      features::point_in_time_join(question.table, question.other, options, question.progress);
  if (!joined) return fail(joined.error());
  return document_of(question.file, question.other_file, *joined, options);
}

const Registration kJoinQuestion{
    {.name = "join",
     .asks = "Which values were known at the time of each event?",
     .other = "the values over time, such as a feature table with the time of each value",
     .fields = {{.name = "entity",
                 .sentence = "the column that both share, such as user",
                 .guesses = {"entity", "user_id", "user", "entity_id", "account"}},
                {.name = "event-time",
                 .sentence = "the column with an event's time",
                 .guesses = {"event_time", "time", "at", "timestamp", "ts", "date"}},
                {.name = "feature-time",
                 .sentence = "the second file's column with the time that a value is of",
                 .guesses = {"feature_time", "updated", "updated_at", "event_time", "time",
                             "timestamp", "ts", "date"},
                 .in_other = true},
                {.name = "arrival",
                 .sentence = "the second file's column with the time a value became known",
                 .optional = true,
                 .guesses = {"arrival", "arrived", "arrived_at", "known_at", "ingested"},
                 .in_other = true},
                {.name = "ttl",
                 .kind = Field::Kind::number,
                 .sentence = "seconds after which a value is too old; 0: never",
                 .initial = "0",
                 .low = 0,
                 .high = 2000000000},
                {.name = "mode",
                 .kind = Field::Kind::choice,
                 .sentence = "what is visible: arrived by then, of then, or before then",
                 .choices = {"known", "event-time", "strict"},
                 .initial = "known"}},
     .answer = answer_join}};

}  // namespace

std::string summary_of(const features::Joined& joined, const features::JoinOptions& options) {
  const JoinCounts n = counts_of(joined);
  const std::size_t events = joined.rows.rows();
  std::string text = fmt::format(
      "{} of {} events found a feature row that was visible at their time.", n.matched, events);
  if (n.late)
    text += fmt::format(
        " {} of the rows used had not arrived by then: live, the value would have been an older "
        "one or none.",
        n.late);
  if (n.future)
    text += fmt::format(
        " For {} events a join that takes the newest row would have taken one from after the "
        "event.",
        n.future);
  if (n.tie)
    text += fmt::format(
        " For {} events two rows share both times, and the last in the file was taken.", n.tie);
  if (options.arrival.empty())
    text += " No column of arrivals was named, so every row counts as known at its own time.";
  return text;
}

Document document_of(const std::string& events, const std::string& features,
                     const features::Joined& joined, const features::JoinOptions& options) {
  Document document{"Join of " + features + " to " + events, summary_of(joined, options), {}};
  const JoinCounts n = counts_of(joined);
  Frame::Builder builder;
  builder.add("what",
              std::vector<std::string>{"events", "with a visible row", "late", "future", "tie"});
  builder.add("events", std::vector<std::int64_t>{
                            static_cast<std::int64_t>(joined.rows.rows()),
                            static_cast<std::int64_t>(n.matched), static_cast<std::int64_t>(n.late),
                            static_cast<std::int64_t>(n.future), static_cast<std::int64_t>(n.tie)});
  document.blocks.push_back(
      Figure{"table", "What the join found", "", "",
             "a late row was used before it had arrived; future says how many events a join of the "
             "newest rows would have spoiled",
             Json::object(), *std::move(builder).build()});
  document.blocks.push_back(Figure{"table", "The first rows", "", "",
                                   "an empty cell is a value that nobody knew at the time",
                                   Json::object(), joined.rows.slice(0, 50)});
  return document;
}

}  // namespace rehearse::analysis
