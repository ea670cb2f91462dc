// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/threads.hpp"

#include <array>
#include <optional>
#include <string>

#include "engine/base/ranges.hpp"
#include "engine/sim/thread_writer.hpp"

namespace rehearse::sim {
namespace {

constexpr int kQuestionTurns = 200;  // draws until one of the kind is found

Result<void> check_threads(const ThreadOptions& o) {
  return check_ranges({{"threads", o.threads, 6, 50000},
                       {"things", o.things, 6, 1200},
                       {"comments", o.comments, 0, 60},
                       {"sentences", o.sentences, 4, 1000},
                       {"queries", o.queries, 1, 2000},
                       {"nicknames", o.nicknames, 0, 1},
                       {"unnamed", o.unnamed, 0, 1},
                       {"replies", o.replies, 0, 1},
                       {"asides", o.asides, 0, 1},
                       {"silent", o.silent, 0, 1},
                       {"disputed", o.disputed, 0, 1},
                       {"corrected", o.corrected, 0, 1},
                       {"undated", o.undated, 0, 1},
                       {"the shares of silent and of disputed facts together",
                        o.silent + o.disputed, 0, 1 + 1e-12}});
}

// Whether what is written about the fact makes it a question of that kind.
bool of_kind(const std::string& kind, const ThreadFact& fact,
             const std::vector<ThreadStatement>& stated) {
  bool current = false, other = false, current_dated = false;
  for (const ThreadStatement& one : stated) {
    current = current || one.current, other = other || !one.current;
    current_dated = current_dated || (one.current && one.dated);
  }
  if (kind == "missing") return fact.fate == FactFate::silent;
  if (kind == "disputed") return fact.fate == FactFate::disputed && current && other;
  if (fact.fate != FactFate::told) return false;
  if (kind == "plain") return current && fact.before.empty();
  return current_dated && other && !fact.before.empty();
}

struct ThreadQuestion {
  std::size_t thing, fact;
  std::string text;
};

std::optional<ThreadQuestion> asked_of_threads(const std::string& kind, const ThreadWorld& world,
                                               const ThreadStatements& statements, Stream& stream) {
  for (int turn = 0; turn < kQuestionTurns; ++turn) {
    const std::size_t at = stream.below(world.things.size());
    const ThreadThing& thing = world.things[at];
    const std::size_t which = stream.below(thing.facts.size());
    const std::size_t wording = stream.below(kWordings);
    if (!of_kind(kind, thing.facts[which], statements[at][which])) continue;
    return ThreadQuestion{at, which,
                          filled(thing.properties()[which].asks[wording], thing.name, "", "")};
  }
  return std::nullopt;
}

struct QuestionTables {
  std::vector<std::string> ids, kinds, texts, answers, judged, documents;
  std::vector<std::uint8_t> answered;
  std::vector<std::int32_t> relevance, begins, ends;
};

void add_question(QuestionTables& to, const std::string& kind, const ThreadQuestion& question,
                  const ThreadWorld& world, const ThreadStatements& statements,
                  const std::vector<WrittenText>& texts) {
  const ThreadFact& fact = world.things[question.thing].facts[question.fact];
  const bool answerable = fact.fate == FactFate::told;
  to.ids.push_back(fmt::format("q{}", to.ids.size() + 1));
  to.kinds.push_back(kind), to.texts.push_back(question.text);
  to.answers.push_back(answerable ? fact.now : ""), to.answered.push_back(answerable);
  for (const ThreadStatement& one : statements[question.thing][question.fact]) {
    to.judged.push_back(to.ids.back()), to.documents.push_back(texts[one.text].id);
    to.relevance.push_back(answerable && one.current ? 2 : 1);
    to.begins.push_back(static_cast<std::int32_t>(one.begin));
    to.ends.push_back(static_cast<std::int32_t>(one.end));
  }
}

Result<Frame> documents_of(const std::vector<WrittenText>& texts) {
  std::vector<std::string> ids, threads, parents, titles, communities, written;
  std::vector<std::uint8_t> has_parent, has_day;
  std::vector<std::int32_t> days;
  for (const WrittenText& one : texts) {
    ids.push_back(one.id), threads.push_back(one.thread), parents.push_back(one.parent);
    has_parent.push_back(!one.parent.empty()), titles.push_back(one.title);
    communities.emplace_back(corpus_communities()[one.community].name);
    days.push_back(one.day.value_or(0)), has_day.push_back(one.day.has_value());
    written.push_back(one.text);
  }
  Frame::Builder b;
  b.add("document", ids, {.role = Role::id}).add("thread", threads);
  b.add("parent", parents).missing(std::move(has_parent));
  b.add("title", titles).add("community", communities);
  b.add("day", std::move(days)).missing(std::move(has_day));
  b.add("text", written);
  return std::move(b).build();
}

Result<Frame> things_of(const ThreadWorld& world) {
  std::vector<std::string> ids, names, aliases;
  for (std::size_t i = 0; i < world.things.size(); ++i) {
    ids.push_back(std::to_string(i + 1)), names.push_back(world.things[i].name);
    aliases.push_back(world.things[i].nickname);
  }
  Frame::Builder b;
  b.add("thing", ids, {.role = Role::id}).add("name", names).add("alias", aliases);
  return std::move(b).build();
}

}  // namespace

Result<Threads> simulate_threads(const ThreadOptions& o, const Progress& progress) {
  if (auto fine = check_threads(o); !fine) return fail(fine.error());
  const ThreadWorld world = thread_world(o);
  ThreadStatements statements = no_statements(world);
  std::vector<WrittenText> texts;
  for (int t = 0; t < o.threads; ++t) {
    if (t % 256 == 0 && !progress.report(static_cast<double>(t) / o.threads)) return cancelled();
    write_thread(o, world, static_cast<std::uint64_t>(t), texts, statements);
  }
  QuestionTables asked;
  for (const char* kind : {"plain", "corrected", "missing", "disputed"})
    for (int i = 0; i < o.queries; ++i) {
      Stream stream(o.seed, std::string("threads.query.") + kind, o.replicate,
                    static_cast<std::uint64_t>(i));
      if (const auto question = asked_of_threads(kind, world, statements, stream))
        add_question(asked, kind, *question, world, statements, texts);
    }
  if (asked.judged.empty())
    return fail(Code::invalid_argument,
                "{} threads about {} things answer no question; write more threads or of fewer "
                "things, or let fewer facts be silent",
                o.threads, o.things);
  Frame::Builder asked_rows, judged_rows;
  asked_rows.add("query", asked.ids, {.role = Role::id}).add("kind", asked.kinds);
  asked_rows.add("text", asked.texts).add("answer", asked.answers, {.role = Role::truth});
  asked_rows.missing(std::move(asked.answered));
  judged_rows.add("query", asked.judged).add("document", asked.documents);
  judged_rows.add("relevance", std::move(asked.relevance)).add("begin", std::move(asked.begins));
  judged_rows.add("end", std::move(asked.ends));
  auto documents = documents_of(texts), queries = std::move(asked_rows).build(),
       judgements = std::move(judged_rows).build(), things = things_of(world);
  for (const auto* frame : {&documents, &queries, &judgements, &things})
    if (!*frame) return fail(frame->error());
  return Threads{*std::move(documents), *std::move(queries), *std::move(judgements),
                 *std::move(things)};
}

}  // namespace rehearse::sim
