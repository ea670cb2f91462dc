// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/cross_encoder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/base/hash.hpp"
#include "engine/base/ranges.hpp"

namespace rehearse::retrieval {
namespace {

using Term = PassageTerms::Term;

constexpr double kAdaGradFloor = 1e-8;

// Places of the passage where terms of the question stand: place and which of the terms.
struct Meeting {
  std::size_t place, term;
};

double longest_run(std::span<const Term> question, std::span<const Term> passage) {
  std::size_t longest = 0;
  for (std::size_t q = 0; q < question.size(); ++q)
    for (std::size_t p = 0; p < passage.size(); ++p) {
      std::size_t run = 0;
      while (q + run < question.size() && p + run < passage.size() &&
             question[q + run] == passage[p + run])
        ++run;
      longest = std::max(longest, run);
    }
  return static_cast<double>(longest);
}

// The shortest stretch of the passage that holds every term that it holds at all; 0 for none.
std::size_t shortest_stretch(const std::vector<Meeting>& meetings, std::size_t terms) {
  std::vector<std::size_t> inside(terms, 0);
  std::size_t wanted = 0, held = 0, shortest = 0, first = 0;
  for (const Meeting& one : meetings) wanted += inside[one.term]++ == 0 ? 1 : 0;
  std::fill(inside.begin(), inside.end(), 0);
  for (const Meeting& last : meetings) {
    held += inside[last.term]++ == 0 ? 1 : 0;
    while (held == wanted) {
      const std::size_t words = last.place - meetings[first].place + 1;
      if (shortest == 0 || words < shortest) shortest = words;
      held -= --inside[meetings[first].term] == 0 ? 1 : 0;
      ++first;
    }
  }
  return shortest;
}

Result<void> check_cross_encoder(const CrossEncoderOptions& o) {
  return check_ranges({{"epochs", o.epochs, 1, 1000},
                       {"learning_rate", o.learning_rate, 1e-9, 10},
                       {"weight_decay", o.weight_decay, 0, 1},
                       {"negatives", o.negatives, 1, 1e6},
                       {"bits", o.bits, 4, 22},
                       {"least_share", o.least_share, 0, 1}});
}

// A relevant candidate and one that is not, of the same question.
struct TrainingPair {
  std::size_t better, worse;  // of the features
};

struct TrainingPairs {
  std::vector<CrossEncoder::Features> features;
  std::vector<TrainingPair> pairs;
};

Result<void> check_questions(const PassageTerms& passages,
                             std::span<const RankedQuestion> questions) {
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].relevant.size() != questions[i].candidates.size())
      return fail(Code::invalid_argument, "question {}: {} candidates come with {} marks", i + 1,
                  questions[i].candidates.size(), questions[i].relevant.size());
    for (const Hit& hit : questions[i].candidates)
      if (hit.document >= passages.size())
        return fail(Code::invalid_argument, "question {}: candidate {} is none of {} passages",
                    i + 1, hit.document, passages.size());
  }
  return {};
}

// One step of AdaGrad over features of two candidates at once.
class PairTrainer {
 public:
  PairTrainer(std::vector<double>& weights, const CrossEncoderOptions& options)
      : weights_(weights), squares_(weights.size(), 0), o_(options) {}

  void step(const CrossEncoder::Features& better, const CrossEncoder::Features& worse,
            double slope) {
    for (std::size_t i = 0; i < CrossEncoder::kFeatures; ++i)
      move(i, slope * (better.values[i] - worse.values[i]));
    for (const auto& [side, sign] : {std::pair{&better, 1.0}, std::pair{&worse, -1.0}})
      for (const std::uint32_t place : side->pairs)
        move(CrossEncoder::kFeatures + place, sign * slope * side->pair_value);
  }

 private:
  void move(std::size_t at, double gradient) {
    const double whole = gradient + o_.weight_decay * weights_[at];
    squares_[at] += whole * whole;
    weights_[at] -= o_.learning_rate * whole / (std::sqrt(squares_[at]) + kAdaGradFloor);
  }
  std::vector<double>& weights_;
  std::vector<double> squares_;
  const CrossEncoderOptions& o_;
};

}  // namespace

const char* CrossEncoder::feature_name(std::size_t feature) {
  static constexpr std::array<const char*, kFeatures> names = {"overlap",  "covered",     "phrase",
                                                               "nearness", "rare",        "number",
                                                               "length",   "first stage", "rank"};
  return names[feature];
}

CrossEncoder::Features CrossEncoder::features(const PassageTerms& passages,
                                              const PassageTerms::Question& asked_for,
                                              std::span<const Hit> candidates,
                                              std::size_t place) const {
  assert(place < candidates.size());
  const std::vector<Term>& question = asked_for.terms;
  const Hit& hit = candidates[place];
  const std::span<const Term> passage = passages.passage(hit.document);
  Features f;
  std::vector<Meeting> meetings;
  for (std::size_t p = 0; p < passage.size(); ++p)
    for (std::size_t q = 0; q < question.size(); ++q) {
      if (question[q] == passage[p]) {
        meetings.push_back({p, q});
      } else if ((question[q] == PassageTerms::kUnknownTerm ||
                  passages.share(question[q]) >= options_.least_share) &&
                 passages.share(passage[p]) >= options_.least_share) {
        const std::uint64_t pair = mix64(asked_for.hashes[q] * 3 + passages.word_hash(passage[p]));
        f.pairs.push_back(static_cast<std::uint32_t>(pair >> (64 - options_.bits)));
      }
    }
  double held_idf = 0, all_idf = 0, held = 0;
  double rarest = -1;
  bool rarest_held = false;
  for (std::size_t q = 0; q < question.size(); ++q) {
    const bool there = std::any_of(meetings.begin(), meetings.end(),
                                   [&](const Meeting& one) { return one.term == q; });
    const double idf = passages.idf(question[q]);
    all_idf += idf, held_idf += there ? idf : 0, held += there ? 1 : 0;
    if (idf > rarest) rarest = idf, rarest_held = there;
  }
  const auto asked = static_cast<double>(std::max<std::size_t>(1, question.size()));
  const auto stretch = static_cast<double>(shortest_stretch(meetings, question.size()));
  const double least = candidates.back().score, span = candidates.front().score - least;
  const double values[kFeatures] = {all_idf > 0 ? held_idf / all_idf : 0,
                                    held / asked,
                                    longest_run(question, passage) / asked,
                                    stretch > 0 ? held / stretch : 0,
                                    rarest_held ? 1.0 : 0.0,
                                    passages.has_number(hit.document) ? 1.0 : 0.0,
                                    std::log1p(static_cast<double>(passage.size())) / 5,
                                    span > 0 ? (hit.score - least) / span : 1,
                                    1 / (1 + std::log(static_cast<double>(place + 1)))};
  std::copy(values, values + kFeatures, f.values);
  f.pair_value = f.pairs.empty() ? 0 : 1 / std::sqrt(static_cast<double>(f.pairs.size()));
  f.operations = 2 * question.size() * passage.size() + f.pairs.size() + kFeatures;
  return f;
}

double CrossEncoder::score(const Features& features) const {
  double sum = 0, pairs = 0;
  for (std::size_t i = 0; i < kFeatures; ++i) sum += weights_[i] * features.values[i];
  for (const std::uint32_t place : features.pairs) pairs += weights_[kFeatures + place];
  return sum + pairs * features.pair_value;
}

PairLoss pair_loss(double difference) {
  // ln(1 + e^-d), without overflow for d of either sign.
  const double small = std::exp(-std::abs(difference));
  const double loss = std::log1p(small) + std::max(0.0, -difference);
  const double slope = difference >= 0 ? -small / (1 + small) : -1 / (1 + small);
  return {loss, slope};
}

Result<CrossEncoder> CrossEncoder::train(const PassageTerms& passages,
                                         std::span<const RankedQuestion> questions,
                                         const CrossEncoderOptions& options,
                                         const Progress& progress) {
  if (auto fine = check_cross_encoder(options); !fine) return fail(fine.error());
  if (auto fine = check_questions(passages, questions); !fine) return fail(fine.error());
  CrossEncoder encoder;
  encoder.options_ = options;
  encoder.weights_.assign(kFeatures + (std::size_t{1} << options.bits), 0);
  TrainingPairs training;
  for (const RankedQuestion& one : questions) {
    const auto question = passages.question(one.text);
    if (!question) return fail(question.error());
    std::vector<std::size_t> relevant, others;
    for (std::size_t c = 0; c < one.candidates.size(); ++c) {
      if (!one.relevant[c] && others.size() >= options.negatives) continue;
      (one.relevant[c] ? relevant : others).push_back(training.features.size());
      training.features.push_back(encoder.features(passages, *question, one.candidates, c));
    }
    for (const std::size_t better : relevant)
      for (const std::size_t worse : others) training.pairs.push_back({better, worse});
  }
  if (training.pairs.empty())
    return fail(Code::bad_data,
                "no question has both a relevant candidate and another, so there is no order to "
                "learn; find more candidates, or give judged questions");
  PairTrainer trainer(encoder.weights_, options);
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    double loss = 0;
    for (std::size_t i = 0; i < training.pairs.size(); ++i) {
      if (i % 4096 == 0 &&
          !progress.report((static_cast<double>(epoch) +
                            static_cast<double>(i) / static_cast<double>(training.pairs.size())) /
                           static_cast<double>(options.epochs)))
        return cancelled();
      const Features &better = training.features[training.pairs[i].better],
                     &worse = training.features[training.pairs[i].worse];
      const PairLoss pair = pair_loss(encoder.score(better) - encoder.score(worse));
      loss += pair.loss;
      trainer.step(better, worse, pair.slope);
    }
    encoder.losses_.push_back(loss / static_cast<double>(training.pairs.size()));
  }
  return encoder;
}

Result<CrossEncoder::Reranked> CrossEncoder::rerank(const PassageTerms& passages,
                                                    std::string_view question,
                                                    std::span<const Hit> candidates,
                                                    std::size_t first) const {
  const auto terms = passages.question(question);
  if (!terms) return fail(terms.error());
  Reranked made;
  const std::size_t n = std::min(first, candidates.size());
  for (std::size_t c = 0; c < n; ++c) {
    if (candidates[c].document >= passages.size())
      return fail(Code::invalid_argument, "candidate {} is none of {} passages",
                  candidates[c].document, passages.size());
    const Features looked = features(passages, *terms, candidates, c);
    made.operations += static_cast<double>(looked.operations);
    made.hits.push_back({candidates[c].document, score(looked)});
  }
  std::sort(made.hits.begin(), made.hits.end(), before);
  double below = made.hits.empty() ? 0 : made.hits.back().score;
  for (std::size_t c = n; c < candidates.size(); ++c)
    made.hits.push_back({candidates[c].document, below -= 1});
  return made;
}

}  // namespace rehearse::retrieval
