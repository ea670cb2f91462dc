// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/thread_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace rehearse::sim {
namespace {

constexpr double kLatestCorrections = 240;  // days before the end within which corrections fall
constexpr double kCommentSilence = 0.3;     // share of comments that state nothing of their thing
constexpr std::uint64_t kFactsOfAThing = 64, kTextsOfAThread = 256;  // for keys of streams

constexpr std::array<std::string_view, 5> kTitles = {
    "The {e} after six months", "Is the {e} worth it?", "What I learned about the {e}",
    "Long term notes on the {e}", "{e}: an honest review"};
constexpr std::array<std::string_view, 4> kReplies = {
    "Mine says {v}.", "{v} here.", "I get {v} every time.", "About {v}, I think."};

// "The brick weighs" becomes "It weighs".
std::string with_it(std::string_view pattern) {
  std::string text(pattern);
  for (const auto& [named, it] : {std::pair{"The {e}", "It"}, std::pair{"the {e}", "it"}})
    if (const auto at = text.find(named); at != std::string::npos) text.replace(at, 7, it);
  return text;
}

// The value is left to fill.
std::string with_name(std::string_view pattern, const std::string& name) {
  std::string text(pattern);
  if (const auto at = text.find("{e}"); at != std::string::npos) text.replace(at, 3, name);
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// One thread as it is written.
class ThreadWriter {
 public:
  ThreadWriter(const ThreadOptions& options, const ThreadWorld& world, std::uint64_t number,
               std::vector<WrittenText>& texts, ThreadStatements& statements)
      : o_(options), world_(world), number_(number), texts_(texts), statements_(statements) {
    Stream stream(o_.seed, "threads.thread", o_.replicate, number_);
    thing_ = stream.below(world_.things.size());
    if (!stream.bernoulli(o_.undated))
      day_ = static_cast<int>(stream.below(kCorpusDays));
    else
      stream.below(kCorpusDays);
    const std::string& called = stream.bernoulli(o_.nicknames) ? thing().nickname : thing().name;
    title_ = capitalised(filled(any(kTitles, stream), called, "", ""));
    for (std::size_t i = 0; i < thing().facts.size(); ++i)
      if (thing().facts[i].fate == FactFate::disputed) disputed_.push_back(i);
  }

  void write() {
    write_post();
    Stream turns(o_.seed, "threads.turns", o_.replicate, number_);
    auto left = static_cast<int>(turns.between(o_.comments > 0 ? 1 : 0, o_.comments));
    const bool dispute = !day_ && !disputed_.empty() && left > 0;
    if (dispute) {
      Stream stream = comment_stream();
      begin_text(texts_[first_].id, stream);
      state(thing_, disputed_.front(), false, with_it(states(disputed_.front(), stream)));
      --left;
    }
    while (left > 0) {
      Stream stream = comment_stream();
      if (left > 1 && stream.bernoulli(o_.replies)) {
        write_reply(stream);
        left -= 2;
      } else {
        write_comment(stream);
        --left;
      }
    }
  }

 private:
  const ThreadThing& thing() const { return world_.things[thing_]; }
  std::string_view states(std::size_t fact, Stream& stream) const {
    return thing().properties()[fact].states[stream.below(kWordings)];
  }
  Stream comment_stream() const {
    return {o_.seed, "threads.comment", o_.replicate,
            number_ * kTextsOfAThread + (texts_.size() - first_)};
  }

  void begin_text(const std::string& parent, Stream& stream) {
    if (day_ && !parent.empty()) *day_ += static_cast<int>(stream.below(3));
    WrittenText text;
    text.thread = fmt::format("t{}", number_ + 1);
    const std::size_t place = texts_.size() - first_;
    text.id = place == 0 ? text.thread : fmt::format("{}c{}", text.thread, place);
    text.parent = parent, text.title = title_, text.day = day_;
    text.community = thing().community;
    if (parent.empty()) text.text = title_ + "\n";
    texts_.push_back(std::move(text));
  }

  void say(const std::string& sentence) {
    std::string& text = texts_.back().text;
    if (!text.empty() && text.back() != '\n') text += ' ';
    text += sentence;
  }
  void say_nothing(Stream& stream) {
    say(with_it(any(corpus_communities()[thing().community].fillers, stream)));
  }

  // `now` says which of the two values; the pattern has `{v}` left to fill.
  void state(std::size_t of, std::size_t which, bool now, const std::string& pattern) {
    const ThreadFact& fact = world_.things[of].facts[which];
    const std::string& value = now ? fact.now : fact.before;
    const std::size_t at = pattern.find("{v}");
    say(filled(pattern, "", value, ""));
    const std::string& text = texts_.back().text;
    const std::size_t begin = text.size() - (pattern.size() - 3 + value.size()) + at;
    statements_[of][which].push_back(
        {texts_.size() - 1, begin, begin + value.size(), now, day_.has_value()});
  }

  // A fact of `of` that is told, at the value of this day.
  void state_told(std::size_t of, std::size_t which, const std::string& pattern, Stream& stream) {
    const ThreadFact& fact = world_.things[of].facts[which];
    const bool coin = stream.bernoulli(0.5), announce = stream.bernoulli(0.7);
    const bool now = fact.before.empty() || (day_ ? *day_ >= fact.corrected_on : coin);
    if (now && !fact.before.empty() && day_ && announce)
      say(std::string(any(corpus_corrections(), stream)));
    state(of, which, now, pattern);
  }

  std::vector<std::size_t> told_facts(std::size_t of, Stream& stream) const {
    std::vector<std::size_t> told;
    for (std::size_t i = 0; i < world_.things[of].facts.size(); ++i)
      if (world_.things[of].facts[i].fate == FactFate::told) told.push_back(i);
    stream.shuffle(std::span(told));
    return told;
  }

  void write_post() {
    Stream stream(o_.seed, "threads.post", o_.replicate, number_);
    begin_text("", stream);
    std::vector<std::size_t> facts = told_facts(thing_, stream);
    facts.resize(std::min<std::size_t>(facts.size(), 2 + stream.below(2)));
    const bool dispute = !day_ && !disputed_.empty();
    // Facts stand anywhere but at the beginning.
    std::vector<std::size_t> places(static_cast<std::size_t>(o_.sentences) - 1);
    std::iota(places.begin(), places.end(), 1);
    stream.shuffle(std::span(places));
    for (std::size_t at = 0; at < static_cast<std::size_t>(o_.sentences); ++at) {
      const auto place = std::find(places.begin(), places.end(), at);
      const auto which = static_cast<std::size_t>(place - places.begin());
      if (which < facts.size())
        state_told(thing_, facts[which], with_it(states(facts[which], stream)), stream);
      else if (dispute && which == facts.size())
        state(thing_, disputed_.front(), true, with_it(states(disputed_.front(), stream)));
      else
        say_nothing(stream);
    }
  }

  // A question, and a reply that gives the value alone.
  void write_reply(Stream& stream) {
    const std::vector<std::size_t> facts = told_facts(thing_, stream);
    begin_text(texts_[first_].id, stream);
    if (stream.bernoulli(0.5)) say_nothing(stream);
    if (facts.empty()) return;
    const CorpusProperty& property = thing().properties()[facts.front()];
    say(capitalised(with_it(property.asks[stream.below(kWordings)])) + "?");
    const std::string question = texts_.back().id;
    begin_text(question, stream);
    state_told(thing_, facts.front(), std::string(any(kReplies, stream)), stream);
    if (stream.bernoulli(0.5)) say_nothing(stream);
  }

  void write_comment(Stream& stream) {
    begin_text(texts_[first_].id, stream);
    const std::vector<std::size_t> facts = told_facts(thing_, stream);
    say_nothing(stream);
    if (!stream.bernoulli(kCommentSilence) && !facts.empty()) {
      const std::string_view pattern = states(facts.front(), stream);
      const bool it = stream.bernoulli(o_.unnamed);
      state_told(thing_, facts.front(), it ? with_it(pattern) : with_name(pattern, thing().name),
                 stream);
    }
    if (stream.bernoulli(o_.asides)) write_aside(stream);
  }

  void write_aside(Stream& stream) {
    const std::size_t other = stream.below(world_.things.size());
    const std::vector<std::size_t> facts = told_facts(other, stream);
    if (other == thing_ || facts.empty()) return;
    const ThreadThing& aside = world_.things[other];
    const std::string_view pattern =
        aside.properties()[facts.front()].states[stream.below(kWordings)];
    state_told(other, facts.front(), with_name(pattern, aside.name), stream);
  }

  const ThreadOptions& o_;
  const ThreadWorld& world_;
  std::uint64_t number_;
  std::vector<WrittenText>& texts_;
  ThreadStatements& statements_;
  std::size_t first_ = texts_.size();  // the post
  std::size_t thing_ = 0;
  std::optional<int> day_;
  std::string title_;
  std::vector<std::size_t> disputed_;
};

}  // namespace

ThreadWorld thread_world(const ThreadOptions& o) {
  ThreadWorld world;
  for (const CorpusThing& one : corpus_things(o.things, o.corrected, o.seed)) {
    ThreadThing thing{one.name, one.nickname, one.community, {}};
    for (std::size_t i = 0; i < thing.properties().size(); ++i) {
      Stream stream(o.seed, "threads.fact", 0, world.things.size() * kFactsOfAThing + i);
      ThreadFact fact{FactFate::told, one.facts[i].now, one.facts[i].before, 0};
      const double fate = stream.uniform(), back = stream.uniform();
      fact.corrected_on = kCorpusDays - 1 - static_cast<int>(kLatestCorrections * back * back);
      if (fate < o.silent) {
        fact.fate = FactFate::silent;
      } else if (fate < o.silent + o.disputed) {
        fact.fate = FactFate::disputed;
        do fact.before = value_of(thing.properties()[i], stream);
        while (fact.before == fact.now);
      }
      thing.facts.push_back(std::move(fact));
    }
    world.things.push_back(std::move(thing));
  }
  return world;
}

ThreadStatements no_statements(const ThreadWorld& world) {
  ThreadStatements none;
  for (const ThreadThing& thing : world.things) none.emplace_back(thing.facts.size());
  return none;
}

void write_thread(const ThreadOptions& options, const ThreadWorld& world, std::uint64_t number,
                  std::vector<WrittenText>& texts, ThreadStatements& statements) {
  ThreadWriter(options, world, number, texts, statements).write();
}

}  // namespace rehearse::sim
