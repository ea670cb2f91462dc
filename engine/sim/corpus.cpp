// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/sim/corpus_things.hpp"

namespace rehearse::sim {
namespace {

constexpr double kTwoFacts = 0.35;  // share of posts that state a second fact

struct Stated {
  std::size_t thing, fact, wording;
  bool current;
};

struct WrittenPost {
  std::size_t community = 0;
  int day = 0;
  bool by_nickname = false;
  std::string text;
  std::vector<Stated> stated;
};

std::string with_typos(const std::string& text, double share, Stream& stream) {
  std::string out, word;
  const auto flush = [&] {
    const bool letters =
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    out += letters && stream.bernoulli(share) ? mistyped(word, stream) : word;
    word.clear();
  };
  for (const char c : text) {
    if (c != ' ') {
      word += c;
      continue;
    }
    flush(), out += c;
  }
  flush();
  return out;
}

Result<void> check_corpus(const CorpusOptions& o) {
  return check_ranges(
      {{"posts", o.posts, 10, 200000},
       {"things", o.things, 6, 1200},
       {"queries", o.queries, 1, 2000},
       {"nicknames", o.nicknames, 0, 1},
       {"both_names", o.both_names, 0, 1},
       {"reposts", o.reposts, 0, 1},
       {"corrected", o.corrected, 0, 1},
       {"typos", o.typos, 0, 0.5},
       {"the two shares of nicknames together", o.nicknames + o.both_names, 0, 1 + 1e-12}});
}

void state_fact(WrittenPost& post, std::size_t at, const CorpusThing& thing, std::size_t which,
                const std::string& called, Stream& stream) {
  const CorpusFact& fact = thing.facts[which];
  const bool current = fact.before.empty() || post.day >= fact.corrected_on;
  const std::size_t wording = stream.below(kWordings);
  const bool fault = which == thing.fault();
  if (current && !fact.before.empty() && stream.bernoulli(0.7))
    post.text += std::string(any(corpus_corrections(), stream)) + " ";
  post.text +=
      filled(fault ? corpus_fault_statements()[wording]
                   : corpus_communities()[thing.community].properties[which].states[wording],
             called, current ? fact.now : fact.before, thing.code) +
      " ";
  post.stated.push_back({at, which, wording, current});
}

WrittenPost written(const CorpusOptions& o, const std::vector<CorpusThing>& things,
                    std::uint64_t number) {
  Stream stream(o.seed, "corpus.post", o.replicate, number);
  const std::size_t at = stream.below(things.size());
  const CorpusThing& thing = things[at];
  const CorpusCommunity& community = corpus_communities()[thing.community];
  WrittenPost post;
  post.community = thing.community;
  post.day = static_cast<int>(stream.below(kCorpusDays));
  const double naming = stream.uniform();
  post.by_nickname = naming < o.nicknames;
  const bool both = !post.by_nickname && naming < o.nicknames + o.both_names;
  const std::string& called = post.by_nickname ? thing.nickname : thing.name;
  const auto say = [&] {
    post.text += filled(any(community.fillers, stream), called, "", "") + " ";
  };
  say();
  if (both)
    post.text +=
        fmt::format("We call the {} {} the {}. ", thing.name, community.kind, thing.nickname);
  const std::size_t first = stream.below(thing.facts.size());
  state_fact(post, at, thing, first, called, stream);
  say();
  if (stream.bernoulli(kTwoFacts)) {
    const std::size_t second =
        (first + 1 + stream.below(thing.facts.size() - 1)) % thing.facts.size();
    state_fact(post, at, thing, second, both ? thing.nickname : called, stream);
  }
  if (stream.bernoulli(0.5)) say();
  post.text = with_typos(post.text, o.typos, stream);
  post.text.pop_back();
  return post;
}

std::vector<WrittenPost> write_posts(const CorpusOptions& o, const std::vector<CorpusThing>& things,
                                     const Progress& progress) {
  std::vector<WrittenPost> posts;
  for (int i = 0; i < o.posts; ++i) {
    if (i % 1024 == 0 && !progress.report(static_cast<double>(i) / o.posts)) return {};
    Stream stream(o.seed, "corpus.repost", o.replicate, static_cast<std::uint64_t>(i));
    if (i > 0 && stream.bernoulli(o.reposts)) {
      WrittenPost copy = posts[stream.below(posts.size())];
      copy.text = "Repost. " + copy.text;
      posts.push_back(std::move(copy));
    } else {
      posts.push_back(written(o, things, static_cast<std::uint64_t>(i)));
    }
  }
  return posts;
}

// Where each fact is stated, by post.
using Places =
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::pair<std::size_t, Stated>>>;

struct Question {
  std::string kind, text;
  std::size_t thing, fact;
};

// A question that some post answers, or nothing where this fact has none of its kind.
std::optional<Question> asked(const std::string& kind, const std::vector<CorpusThing>& things,
                              const std::vector<WrittenPost>& posts, const Places& places,
                              Stream& stream) {
  const std::size_t at = stream.below(things.size());
  const CorpusThing& thing = things[at];
  const bool code = kind == "code";
  const std::size_t which = code ? thing.fault() : stream.below(thing.facts.size() - 1);
  const auto stated = places.find({at, which});
  if (stated == places.end()) return std::nullopt;
  std::set<std::size_t> wordings;  // of posts that use the name
  for (const auto& [post, one] : stated->second)
    if (!posts[post].by_nickname) wordings.insert(one.wording);
  std::vector<std::size_t> fitting;
  for (std::size_t w = 0; w < kWordings; ++w)
    if (code || wordings.count(w) == (kind == "meaning" ? 0U : 1U)) fitting.push_back(w);
  if (fitting.empty()) return std::nullopt;
  const std::size_t wording = fitting[stream.below(fitting.size())];
  const std::string name = kind == "typo" ? mistyped(thing.name, stream) : thing.name;
  const std::string_view pattern =
      code ? corpus_fault_questions()[wording]
           : corpus_communities()[thing.community].properties[which].asks[wording];
  return Question{kind, filled(pattern, name, "", thing.code), at, which};
}

}  // namespace

Result<Corpus> simulate_corpus(const CorpusOptions& o, const Progress& progress) {
  if (auto fine = check_corpus(o); !fine) return fail(fine.error());
  const std::vector<CorpusThing> things = corpus_things(o.things, o.corrected, o.seed);
  const std::vector<WrittenPost> posts = write_posts(o, things, progress);
  if (posts.empty()) return cancelled();
  Places places;
  std::vector<std::string> ids, communities, texts;
  std::vector<std::int32_t> days;
  for (std::size_t p = 0; p < posts.size(); ++p) {
    ids.push_back(fmt::format("p{}", p + 1)), texts.push_back(posts[p].text);
    communities.emplace_back(corpus_communities()[posts[p].community].name);
    days.push_back(posts[p].day);
    for (const Stated& one : posts[p].stated) places[{one.thing, one.fact}].emplace_back(p, one);
  }
  std::vector<std::string> query_ids, kinds, queries, answers, judged_query, judged_document;
  std::vector<std::int32_t> relevance;
  for (const char* kind : {"words", "meaning", "code", "typo"})
    for (int i = 0; i < o.queries; ++i) {
      Stream stream(o.seed, std::string("corpus.query.") + kind, o.replicate,
                    static_cast<std::uint64_t>(i));
      std::optional<Question> question;
      for (int turn = 0; turn < 200 && !question; ++turn)
        question = asked(kind, things, posts, places, stream);
      if (!question) continue;
      query_ids.push_back(fmt::format("q{}", query_ids.size() + 1));
      kinds.emplace_back(kind), queries.push_back(question->text);
      answers.push_back(things[question->thing].facts[question->fact].now);
      for (const auto& [post, one] : places[{question->thing, question->fact}]) {
        judged_query.push_back(query_ids.back()), judged_document.push_back(ids[post]);
        relevance.push_back(one.current ? 2 : 1);
      }
    }
  if (query_ids.empty())
    return fail(Code::invalid_argument,
                "{} posts about {} things answer no question; write more posts or of fewer things",
                o.posts, o.things);
  Frame::Builder written_rows, asked_rows, judged_rows;
  written_rows.add("document", ids, {.role = Role::id}).add("community", communities);
  written_rows.add("day", std::move(days)).add("text", texts);
  asked_rows.add("query", query_ids, {.role = Role::id}).add("kind", kinds);
  asked_rows.add("text", queries).add("answer", answers, {.role = Role::truth});
  judged_rows.add("query", judged_query).add("document", judged_document);
  judged_rows.add("relevance", std::move(relevance));
  auto documents = std::move(written_rows).build(), asked_for = std::move(asked_rows).build(),
       judgements = std::move(judged_rows).build();
  for (const auto* frame : {&documents, &asked_for, &judgements})
    if (!*frame) return fail(frame->error());
  return Corpus{*std::move(documents), *std::move(asked_for), *std::move(judgements)};
}

}  // namespace rehearse::sim
