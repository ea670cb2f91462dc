// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/utf8.hpp"
#include "engine/retrieval/reader_evidence.hpp"
#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {
namespace {

Result<void> check_reader(const ReaderOptions& o) {
  if (!(o.confidence >= 0 && o.confidence <= 1))
    return fail(Code::invalid_argument, "the confidence asked for is {}; it lies from 0 to 1",
                o.confidence);
  if (o.most_citations < 1)
    return fail(Code::invalid_argument, "no citation is asked for; an answer has one at least");
  return {};
}

Result<std::unordered_map<std::string, std::size_t>> names_of(std::span<const NamedThing> things) {
  std::unordered_map<std::string, std::size_t> names;
  for (std::size_t i = 0; i < things.size(); ++i)
    for (const std::string& name : things[i].names) {
      if (auto fine = at(fmt::format("thing {}", i + 1), check_utf8(name)); !fine)
        return fail(fine.error());
      std::vector<std::string> words;
      each_word(name, [&](std::string_view word) { words.emplace_back(word); });
      if (words.size() != 1)
        return fail(Code::bad_data, "thing {}: the name `{}` has {} words; a name is one word",
                    i + 1, abbreviated(name), words.size());
      const auto [known, fresh] = names.emplace(words.front(), i);
      if (!fresh && known->second != i)
        return fail(Code::bad_data, "thing {}: `{}` is a name of thing {} too", i + 1,
                    abbreviated(name), known->second + 1);
    }
  return names;
}

// What most say, where there is such a value.
std::optional<std::string> most_said(const std::vector<Evidence>& evidence) {
  std::map<std::string, std::size_t> counts;
  for (const Evidence& one : evidence) ++counts[one.value];
  const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::max_element(counts.begin(), counts.end(), more);
  const bool tie = std::any_of(counts.begin(), counts.end(), [&](const auto& other) {
    return other.first != most->first && other.second == most->second;
  });
  if (tie) return std::nullopt;
  return most->first;
}

// The value to believe; nothing where the evidence is disputed. Not empty.
std::optional<std::string> believed(const std::vector<Evidence>& evidence, bool newest) {
  if (!newest) return most_said(evidence);
  std::optional<double> last;
  for (const Evidence& one : evidence)
    if (one.day && (!last || *one.day > *last)) last = one.day;
  std::vector<Evidence> fitting;
  for (const Evidence& one : evidence)
    if (one.day == last) fitting.push_back(one);
  if (last) return most_said(fitting);
  const bool agree = std::all_of(fitting.begin(), fitting.end(), [&](const Evidence& one) {
    return one.value == fitting.front().value;
  });
  return agree ? std::optional(fitting.front().value) : std::nullopt;
}

std::vector<Citation> sources_of(std::vector<Evidence> evidence, const std::string& value,
                                 std::size_t most) {
  std::erase_if(evidence, [&](const Evidence& one) { return one.value != value; });
  std::stable_sort(evidence.begin(), evidence.end(), [](const Evidence& a, const Evidence& b) {
    return a.day.value_or(-INFINITY) > b.day.value_or(-INFINITY);
  });
  std::vector<Citation> sources;
  std::set<std::pair<DocumentId, std::size_t>> cited;
  for (const Evidence& one : evidence)
    if (sources.size() < most && cited.emplace(one.source.document, one.source.range.begin).second)
      sources.push_back(one.source);
  return sources;
}

}  // namespace

const char* refusal_words(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return "";
    case Refusal::unsure: return "not sure what is asked";
    case Refusal::unknown_thing: return "no thing that is known is named";
    case Refusal::no_evidence: return "no passage says it";
    case Refusal::disputed: return "the passages disagree";
  }
  return "";
}

Result<Reader> Reader::train(std::span<const std::string> questions,
                             std::span<const std::string> answers,
                             std::span<const NamedThing> things, const ReaderOptions& options) {
  if (auto fine = check_reader(options); !fine) return fail(fine.error());
  if (questions.size() != answers.size())
    return fail(Code::invalid_argument, "{} questions come with {} answers", questions.size(),
                answers.size());
  auto names = names_of(things);
  if (!names) return fail(names.error());
  Reader reader;
  reader.options_ = options, reader.names_ = *std::move(names);
  std::unordered_map<std::string, std::size_t> places;
  std::vector<std::map<std::string, std::size_t>> values;
  std::set<std::string> vocabulary;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    for (const std::string& text : {questions[i], answers[i]})
      if (auto fine = at(fmt::format("question {}", i + 1), check_utf8(text)); !fine)
        return fail(fine.error());
    const std::vector<FoundValue> found = values_of(answers[i]);
    if (found.empty()) {
      ++reader.skipped_;
      continue;
    }
    const auto [place, fresh] = places.emplace(found.front().unit, reader.units_.size());
    if (fresh) reader.units_.push_back({found.front().unit, {}, 0, 0, {}}), values.emplace_back();
    Unit& unit = reader.units_[place->second];
    unit.answers += 1, ++values[place->second][found.front().text];
    each_word(questions[i], [&](std::string_view word) {
      const std::string text(word);
      if (reader.names_.count(text)) return;
      vocabulary.insert(text), unit.counts[text] += 1, unit.words += 1;
    });
  }
  if (reader.units_.empty())
    return fail(Code::bad_data,
                "none of {} answers holds a number with its unit, so there is nothing to learn",
                answers.size());
  for (std::size_t u = 0; u < values.size(); ++u)
    reader.units_[u].commonest =
        std::max_element(values[u].begin(), values[u].end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
  reader.vocabulary_ = std::max<std::size_t>(1, vocabulary.size());
  return reader;
}

std::pair<const Reader::Unit*, double> Reader::unit_asked(std::string_view question) const {
  std::vector<double> logs;
  for (const Unit& unit : units_) logs.push_back(std::log(unit.answers));
  each_word(question, [&](std::string_view word) {
    const std::string text(word);
    if (names_.count(text)) return;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      const auto seen = units_[u].counts.find(text);
      logs[u] += std::log(((seen == units_[u].counts.end() ? 0 : seen->second) + 1) /
                          (units_[u].words + static_cast<double>(vocabulary_)));
    }
  });
  const auto best = std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - *best);
  return {&units_[static_cast<std::size_t>(best - logs.begin())], 1 / sum};
}

Result<Answer> Reader::read(std::string_view question, std::span<const Passage> passages) const {
  if (auto fine = at("the question", check_utf8(question)); !fine) return fail(fine.error());
  const auto [unit, confidence] = unit_asked(question);
  Answer answer;
  answer.unit = unit->name, answer.confidence = confidence;
  std::optional<std::size_t> thing;
  each_word(question, [&](std::string_view word) {
    if (const auto named = names_.find(std::string(word)); named != names_.end() && !thing)
      thing = named->second;
  });
  const bool about_something = !names_.empty();
  std::vector<Evidence> evidence;
  if (confidence < options_.confidence) {
    answer.refusal = Refusal::unsure;
  } else if (about_something && !thing && options_.named_only) {
    answer.refusal = Refusal::unknown_thing;
  } else {
    const SoughtValue sought{unit->name, about_something ? thing : std::nullopt, &names_,
                             about_something && options_.named_only};
    for (std::size_t p = 0; p < passages.size(); ++p) {
      if (auto fine = at(fmt::format("passage {}", p + 1), check_utf8(passages[p].text)); !fine)
        return fail(fine.error());
      add_evidence(sought, passages[p], p, evidence);
    }
    const auto value = evidence.empty() ? std::nullopt : believed(evidence, options_.newest);
    if (value) {
      answer.text = *value;
      answer.citations = sources_of(std::move(evidence), *value, options_.most_citations);
      return answer;
    }
    answer.refusal = evidence.empty() ? Refusal::no_evidence : Refusal::disputed;
  }
  if (options_.when_missing == WhenMissing::refuse) return answer;
  answer.refusal = Refusal::none, answer.guessed = true, answer.text = unit->commonest;
  if (!passages.empty())
    answer.citations.push_back({0,
                                passages[0].document,
                                {passages[0].begin, passages[0].begin + passages[0].text.size() -
                                                        passages[0].context_bytes}});
  return answer;
}

}  // namespace rehearse::retrieval
