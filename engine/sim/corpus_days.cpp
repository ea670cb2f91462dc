// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_days.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "engine/base/ranges.hpp"
#include "engine/sim/corpus_phrase.hpp"

namespace rehearse::sim {
namespace {

constexpr double kDaysBefore = 60, kInterestFades = 5, kDaysToGo = 10, kDaysToEdit = 2;
constexpr double kSecondFact = 0.35, kSaysCorrection = 0.7, kAsksCode = 0.1;
constexpr int kTurns = 60;  // to find a question that somebody answers

struct DatedFact {
  std::string before, now;  // `before` is empty where the first value was right
  double corrected_on = 0;
  bool now_known(double at) const { return before.empty() || at >= corrected_on; }
};

struct DatedThing {
  std::string name, nickname, code;
  std::size_t community = 0;
  double launched = -kDaysBefore;
  bool fresh = false;
  std::vector<DatedFact> facts;  // its properties, then its fault
  std::size_t fault() const { return facts.size() - 1; }
};

struct DatedStatement {
  std::size_t fact = 0, wording = 0;
  bool now = true;  // gives the value that holds in the end
};

struct DatedPost {
  std::string id, text;
  std::int32_t revision = 1;
  double from = 0, until = std::numeric_limits<double>::infinity();
  std::size_t thing = 0;
  bool by_nickname = false;
  std::vector<DatedStatement> stated;
  bool stands(double at) const { return from <= at && at < until; }
};

Result<void> check_corpus_days(const CorpusDaysOptions& o) {
  return check_ranges(
      {{"days", o.days, 1, 730},
       {"posts_before", o.posts_before, 10, 20000},
       {"posts_a_day", o.posts_a_day, 1, 2000},
       {"queries_a_day", o.queries_a_day, 1, 2000},
       {"things", o.things, 6, 1200},
       {"new_things", o.new_things, 0, 1},
       {"burst", o.burst, 0, 100},
       {"nicknames", o.nicknames, 0, 1},
       {"both_names", o.both_names, 0, 1},
       {"the two shares of nicknames together", o.nicknames + o.both_names, 0, 1 + 1e-12},
       {"deleted", o.deleted, 0, 1},
       {"corrected", o.corrected, 0, 1},
       {"edited", o.edited, 0, 1},
       {"worded_otherwise", o.worded_otherwise, 0, 0.9},
       {"worded_otherwise_after", o.worded_otherwise_after, 0, 0.9},
       {"mix_day", o.mix_day, 0, 1e6}});
}

class DaysOfPosts {
 public:
  explicit DaysOfPosts(const CorpusDaysOptions& options) : o_(options) { make_things(); }

  // False where it was told to stop.
  bool write(const Progress& progress) {
    std::vector<std::pair<double, std::uint64_t>> moments;
    const auto draw = [&](std::uint64_t number, double low, double high) {
      moments.emplace_back(
          Stream(o_.seed, "corpus_days.time", o_.replicate, number).uniform(low, high), number);
    };
    const auto before = static_cast<std::uint64_t>(o_.posts_before);
    for (std::uint64_t i = 0; i < before; ++i) draw(i, -kDaysBefore, 0);
    for (int day = 0; day < o_.days; ++day)
      for (int i = 0; i < o_.posts_a_day; ++i)
        draw(before + static_cast<std::uint64_t>(day * o_.posts_a_day + i), day, day + 1);
    std::sort(moments.begin(), moments.end());
    for (std::size_t i = 0; i < moments.size(); ++i) {
      if (i % 512 == 0 &&
          !progress.report(0.5 * static_cast<double>(i) / static_cast<double>(moments.size())))
        return false;
      add_post(fmt::format("p{}", i + 1), moments[i].second, moments[i].first);
    }
    std::stable_sort(posts_.begin(), posts_.end(),
                     [](const DatedPost& a, const DatedPost& b) { return a.from < b.from; });
    for (std::size_t p = 0; p < posts_.size(); ++p)
      for (const DatedStatement& one : posts_[p].stated)
        places_[{posts_[p].thing, one.fact}].emplace_back(p, one);
    return true;
  }

  bool ask(const Progress& progress) {
    for (int day = 0; day < o_.days; ++day) {
      if (!progress.report(0.5 + 0.5 * day / o_.days)) return false;
      std::vector<std::pair<double, std::uint64_t>> moments;
      for (int i = 0; i < o_.queries_a_day; ++i) {
        const auto number = static_cast<std::uint64_t>(day * o_.queries_a_day + i);
        moments.emplace_back(
            day + Stream(o_.seed, "corpus_days.ask", o_.replicate, number).uniform(), number);
      }
      std::sort(moments.begin(), moments.end());
      for (const auto& [time, number] : moments) ask_once(number, time);
    }
    return true;
  }

  bool asked() const { return !query_ids_.empty(); }
  Result<CorpusDays> tables() const;

 private:
  void make_things();
  void add_post(const std::string& id, std::uint64_t number, double from);
  DatedPost composed(std::uint64_t number, double from, double values_at) const;
  void state(DatedPost& post, std::size_t which, const std::string& called, double values_at,
             Stream& stream) const;
  std::size_t drawn_thing(double at, Stream& stream) const;
  void ask_once(std::uint64_t number, double time);
  std::string kind_at(double time, Stream& stream) const;
  std::optional<std::string> question(const std::string& kind, std::size_t thing, std::size_t fact,
                                      double time, Stream& stream) const;

  const CorpusDaysOptions& o_;
  std::vector<DatedThing> things_;
  std::vector<DatedPost> posts_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::pair<std::size_t, DatedStatement>>>
      places_;  // of each fact
  std::vector<std::string> query_ids_, kinds_, questions_, judged_query_, judged_document_;
  std::vector<std::int32_t> query_days_, judged_revision_, relevance_;
  std::vector<double> query_times_;
};

void DaysOfPosts::make_things() {
  std::set<std::string> names;
  for (std::size_t i = 0; i < static_cast<std::size_t>(o_.things); ++i) {
    Stream stream(o_.seed, "corpus_days.thing", 0, i);
    DatedThing thing;
    thing.community = i % kCommunities;
    do {
      thing.name = drawn_name(stream);
    } while (!names.insert(thing.name).second);
    thing.nickname = nickname_of(i);
    thing.code = fmt::format("e{}x{}", 100 + i, 10 + stream.below(90));
    const bool fresh = stream.bernoulli(o_.new_things);
    const double launched = stream.uniform(0, o_.days);
    if (fresh && i >= kCommunities) thing.launched = launched, thing.fresh = true;
    const double told_from = std::max(0.0, thing.launched);
    for (const CorpusProperty& property : corpus_communities()[thing.community].properties) {
      DatedFact fact;
      fact.now = value_of(property, stream);
      const bool wrong = stream.bernoulli(o_.corrected);
      fact.corrected_on = stream.uniform(told_from, o_.days);
      const std::string first = value_of(property, stream);
      if (wrong && first != fact.now) fact.before = first;
      thing.facts.push_back(std::move(fact));
    }
    const auto& meanings = corpus_fault_meanings();
    thing.facts.push_back({"", std::string(meanings[stream.below(meanings.size())]), 0});
    things_.push_back(std::move(thing));
  }
}

std::size_t DaysOfPosts::drawn_thing(double at, Stream& stream) const {
  std::vector<double> interest;
  for (const DatedThing& thing : things_) {
    const double age = at - thing.launched;
    interest.push_back(
        age < 0 ? 0 : 1 + (thing.fresh ? o_.burst * std::exp(-age / kInterestFades) : 0));
  }
  return stream.categorical(interest);
}

void DaysOfPosts::state(DatedPost& post, std::size_t which, const std::string& called,
                        double values_at, Stream& stream) const {
  const DatedThing& thing = things_[post.thing];
  const DatedFact& fact = thing.facts[which];
  const std::size_t wording = stream.below(kWordings), correction = stream.below(kWordings);
  const bool says = stream.bernoulli(kSaysCorrection), now = fact.now_known(values_at);
  if (says && now && !fact.before.empty())
    post.text += std::string(corpus_corrections()[correction]) + " ";
  post.text += filled(which == thing.fault()
                          ? corpus_fault_statements()[wording]
                          : corpus_communities()[thing.community].properties[which].states[wording],
                      called, now ? fact.now : fact.before, thing.code) +
               " ";
  post.stated.push_back({which, wording, now});
}

// The same draws whatever the values, so that an edit changes nothing else.
DatedPost DaysOfPosts::composed(std::uint64_t number, double from, double values_at) const {
  Stream stream(o_.seed, "corpus_days.post", o_.replicate, number);
  DatedPost post;
  post.from = from;
  post.thing = drawn_thing(from, stream);
  const DatedThing& thing = things_[post.thing];
  const CorpusCommunity& community = corpus_communities()[thing.community];
  const double naming = stream.uniform();
  post.by_nickname = naming < o_.nicknames;
  const bool both = !post.by_nickname && naming < o_.nicknames + o_.both_names;
  const std::string& called = post.by_nickname ? thing.nickname : thing.name;
  const auto say = [&] {
    post.text +=
        filled(community.fillers[stream.below(community.fillers.size())], called, "", "") + " ";
  };
  say();
  if (both)
    post.text +=
        fmt::format("We call the {} {} the {}. ", thing.name, community.kind, thing.nickname);
  const std::size_t first = stream.below(thing.facts.size());
  state(post, first, called, values_at, stream);
  say();
  if (stream.bernoulli(kSecondFact))
    state(post, (first + 1 + stream.below(thing.facts.size() - 1)) % thing.facts.size(), called,
          values_at, stream);
  post.text.pop_back();
  return post;
}

void DaysOfPosts::add_post(const std::string& id, std::uint64_t number, double from) {
  DatedPost post = composed(number, from, from);
  post.id = id;
  Stream going(o_.seed, "corpus_days.gone", o_.replicate, number);
  if (going.bernoulli(o_.deleted)) post.until = from + going.exponential(1 / kDaysToGo);
  Stream editing(o_.seed, "corpus_days.edit", o_.replicate, number);
  const bool edits = editing.bernoulli(o_.edited);
  const double takes = editing.uniform(0, kDaysToEdit);
  const auto wrong = std::find_if(post.stated.begin(), post.stated.end(),
                                  [](const DatedStatement& one) { return !one.now; });
  if (edits && wrong != post.stated.end()) {
    const double at = things_[post.thing].facts[wrong->fact].corrected_on + takes;
    if (at < post.until && at < o_.days) {
      DatedPost edit = composed(number, from, at);
      edit.id = id, edit.revision = 2, edit.from = at, edit.until = post.until;
      edit.text = "Edited. " + edit.text;
      post.until = at;
      posts_.push_back(std::move(edit));
    }
  }
  if (post.until > 0) posts_.push_back(std::move(post));
}

std::string DaysOfPosts::kind_at(double time, Stream& stream) const {
  const double otherwise = time < o_.mix_day ? o_.worded_otherwise : o_.worded_otherwise_after;
  const double drawn = stream.uniform();
  if (drawn < otherwise) return "nickname";
  return drawn < otherwise + kAsksCode ? "code" : "words";
}

std::optional<std::string> DaysOfPosts::question(const std::string& kind, std::size_t at,
                                                 std::size_t fact, double time,
                                                 Stream& stream) const {
  const DatedThing& thing = things_[at];
  const auto stated = places_.find({at, fact});
  if (stated == places_.end()) return std::nullopt;
  std::set<std::size_t> wordings;
  bool by_name = false, answered = false;
  for (const auto& [post, one] : stated->second) {
    if (!posts_[post].stands(time)) continue;
    answered = answered || one.now == thing.facts[fact].now_known(time);
    if (posts_[post].by_nickname) continue;
    by_name = true;
    wordings.insert(one.wording);
  }
  if (!answered) return std::nullopt;
  if (kind == "code")
    return filled(corpus_fault_questions()[stream.below(kWordings)], "", "", thing.code);
  if (kind == "nickname" ? !by_name : wordings.empty()) return std::nullopt;
  std::size_t wording = stream.below(kWordings);
  if (kind == "words") {
    auto among = wordings.begin();
    std::advance(among, static_cast<std::ptrdiff_t>(stream.below(wordings.size())));
    wording = *among;
  }
  return filled(corpus_communities()[thing.community].properties[fact].asks[wording],
                kind == "nickname" ? thing.nickname : thing.name, "", thing.code);
}

void DaysOfPosts::ask_once(std::uint64_t number, double time) {
  Stream stream(o_.seed, "corpus_days.query", o_.replicate, number);
  const std::string kind = kind_at(time, stream);
  for (int turn = 0; turn < kTurns; ++turn) {
    const std::size_t at = drawn_thing(time, stream);
    const DatedThing& thing = things_[at];
    const std::size_t which = kind == "code" ? thing.fault() : stream.below(thing.facts.size() - 1);
    const auto text = question(kind, at, which, time, stream);
    if (!text) continue;
    query_ids_.push_back(fmt::format("q{}", query_ids_.size() + 1));
    kinds_.push_back(kind), questions_.push_back(*text);
    query_times_.push_back(time), query_days_.push_back(static_cast<std::int32_t>(time));
    for (const auto& [post, one] : places_[{at, which}]) {
      if (!posts_[post].stands(time)) continue;
      judged_query_.push_back(query_ids_.back()), judged_document_.push_back(posts_[post].id);
      judged_revision_.push_back(posts_[post].revision);
      relevance_.push_back(one.now == thing.facts[which].now_known(time) ? 2 : 1);
    }
    return;
  }
}

Result<CorpusDays> DaysOfPosts::tables() const {
  std::vector<std::string> ids, communities, texts;
  std::vector<std::int32_t> revisions;
  std::vector<double> from, until;
  std::vector<std::uint8_t> ends;
  for (const DatedPost& post : posts_) {
    ids.push_back(post.id), texts.push_back(post.text), revisions.push_back(post.revision);
    communities.emplace_back(corpus_communities()[things_[post.thing].community].name);
    ends.push_back(std::isfinite(post.until));
    from.push_back(post.from), until.push_back(ends.back() ? post.until : 0);
  }
  Frame::Builder written, asked_rows, judged;
  written.add("document", ids, {.role = Role::id}).add("revision", std::move(revisions));
  written.add("from", std::move(from), {.unit = "days"});
  written.add("until", std::move(until), {.unit = "days"}).missing(std::move(ends));
  written.add("community", communities).add("text", texts);
  asked_rows.add("query", query_ids_, {.role = Role::id}).add("day", query_days_);
  asked_rows.add("time", query_times_, {.unit = "days"}).add("kind", kinds_);
  asked_rows.add("text", questions_);
  judged.add("query", judged_query_).add("document", judged_document_);
  judged.add("revision", judged_revision_).add("relevance", relevance_);
  auto documents = std::move(written).build(), queries = std::move(asked_rows).build(),
       judgements = std::move(judged).build();
  for (const auto* frame : {&documents, &queries, &judgements})
    if (!*frame) return fail(frame->error());
  return CorpusDays{*std::move(documents), *std::move(queries), *std::move(judgements)};
}

}  // namespace

Result<CorpusDays> simulate_corpus_days(const CorpusDaysOptions& options,
                                        const Progress& progress) {
  if (auto fine = check_corpus_days(options); !fine) return fail(fine.error());
  DaysOfPosts posts(options);
  if (!posts.write(progress) || !posts.ask(progress)) return cancelled();
  if (!posts.asked())
    return fail(Code::invalid_argument,
                "{} posts before day 0 and {} a day about {} things answer no question; write more "
                "posts or of fewer things",
                options.posts_before, options.posts_a_day, options.things);
  return posts.tables();
}

}  // namespace rehearse::sim
