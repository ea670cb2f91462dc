// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/dual_encoder.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "engine/base/adam.hpp"
#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/retrieval/contrastive.hpp"
#include "engine/retrieval/text_features.hpp"

namespace rehearse::retrieval {
namespace {

using Features = std::vector<TextFeature>;

Result<void> check_dual_encoder(const DualEncoderOptions& o) {
  return check_ranges({{"dims", o.dims, 2, 1024},
                       {"bits", o.bits, 4, 22},
                       {"epochs", o.epochs, 1, 1000},
                       {"batch", o.batch, 2, 4096},
                       {"learning_rate", o.learning_rate, 1e-9, 1},
                       {"temperature", o.temperature, 0.001, 10},
                       {"hard", o.hard, 1, 64},
                       {"depth", o.depth, 1, 1000}});
}

Result<Features> checked_features(std::string_view text, std::size_t bits) {
  if (auto fine = check_utf8(text); !fine) return fail(fine.error());
  return text_features(text, bits);
}

void add_rows(const Features& features, const std::vector<float>& rows,
              const std::vector<float>& idf, std::size_t dims, double* sum) {
  for (const TextFeature& one : features) {
    const auto weight = static_cast<double>(one.weight * idf[one.row]);
    const float* row = rows.data() + one.row * dims;
    for (std::size_t i = 0; i < dims; ++i) sum[i] += weight * static_cast<double>(row[i]);
  }
}

std::vector<float> unit_embedding(const Features& features, const std::vector<float>& rows,
                                  const std::vector<float>& idf, std::size_t dims) {
  std::vector<double> sum(dims, 0);
  add_rows(features, rows, idf, dims, sum.data());
  const double length = std::sqrt(std::inner_product(sum.begin(), sum.end(), sum.begin(), 0.0));
  std::vector<float> point(dims, 0);
  if (length > 0)
    for (std::size_t i = 0; i < dims; ++i) point[i] = static_cast<float>(sum[i] / length);
  return point;
}

// The rows of a table that a batch touches, and their slopes; the others stay as they are.
class RowDescent {
 public:
  RowDescent(std::vector<float>& rows, std::size_t dims, double learning_rate)
      : rows_(rows),
        adam_(rows.size(), learning_rate),
        slope_(rows.size(), 0),
        touched_(rows.size() / dims, 0),
        dims_(dims) {}

  void add(const Features& features, const std::vector<float>& idf, const double* slope) {
    for (const TextFeature& one : features) {
      if (!touched_[one.row]) touched_[one.row] = 1, list_.push_back(one.row);
      const float weight = one.weight * idf[one.row];
      float* at = slope_.data() + one.row * dims_;
      for (std::size_t i = 0; i < dims_; ++i) at[i] += weight * static_cast<float>(slope[i]);
    }
  }
  void step() {
    adam_.next_step();
    for (const std::uint32_t row : list_) {
      touched_[row] = 0;
      for (std::size_t i = row * dims_; i < (row + 1) * dims_; ++i)
        adam_.move(i, rows_[i], std::exchange(slope_[i], 0));
    }
    list_.clear();
  }

 private:
  std::vector<float>& rows_;
  Adam<float> adam_;
  std::vector<float> slope_;
  std::vector<std::uint8_t> touched_;
  std::vector<std::uint32_t> list_;
  std::size_t dims_;
};

}  // namespace

// Everything that exists only while training.
class DualTraining {
 public:
  DualTraining(DualEncoder& encoder, std::span<const std::string> texts,
               std::span<const TrainingQuestion> questions)
      : encoder_(encoder), o_(encoder.options_), texts_(texts), questions_(questions) {}

  Result<void> run(const Progress& progress) {
    if (auto read = read_texts(); !read) return fail(read.error());
    begin_rows();
    RowDescent question_rows(encoder_.questions_, o_.dims, o_.learning_rate),
        passage_rows(encoder_.passages_, o_.dims, o_.learning_rate);
    if (o_.negatives == Negatives::bm25)
      if (auto found = find_by_words(); !found) return fail(found.error());
    for (std::size_t epoch = 0; epoch < o_.epochs; ++epoch) {
      if (!progress.report(static_cast<double>(epoch) / static_cast<double>(o_.epochs)))
        return cancelled();
      if (o_.negatives == Negatives::mined && epoch == (o_.epochs + 1) / 2)
        if (auto mined = mine(); !mined) return mined;
      encoder_.losses_.push_back(train_epoch(epoch, question_rows, passage_rows));
    }
    return {};
  }

 private:
  Result<void> read_texts() {
    if (texts_.empty()) return fail(Code::bad_data, "there is no passage to learn from");
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      auto features = at(fmt::format("passage {}", i + 1), checked_features(texts_[i], o_.bits));
      if (!features) return fail(features.error());
      passages_.push_back(*std::move(features));
    }
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      const std::string place = fmt::format("question {}", i + 1);
      auto features = at(place, checked_features(questions_[i].text, o_.bits));
      if (!features) return fail(features.error());
      for (const DocumentId id : questions_[i].relevant)
        if (id >= texts_.size())
          return fail(Code::invalid_argument, "{}: its passage {} is none of {}", place, id,
                      texts_.size());
      asked_.push_back(*std::move(features));
      relevant_.emplace_back(questions_[i].relevant.begin(), questions_[i].relevant.end());
      if (!relevant_.back().empty()) order_.push_back(i);
    }
    if (order_.size() < 2)
      return fail(Code::bad_data,
                  "{} questions have a passage that answers them; two at least are needed to tell "
                  "one from another",
                  order_.size());
    hard_.resize(questions_.size());
    return {};
  }

  // Both towers alike; idf by the passages that have a row.
  void begin_rows() {
    const std::size_t rows = std::size_t{1} << o_.bits;
    std::vector<std::uint32_t> held(rows, 0), last(rows, 0);
    for (std::size_t p = 0; p < passages_.size(); ++p)
      for (const TextFeature& one : passages_[p])
        if (last[one.row] != p + 1)
          last[one.row] = static_cast<std::uint32_t>(p + 1), ++held[one.row];
    const auto n = static_cast<double>(passages_.size());
    for (std::size_t row = 0; row < rows; ++row)
      encoder_.idf_.push_back(static_cast<float>(std::log(1 + n / (1 + held[row]))));
    const StreamKey key = stream_key(o_.seed, "dual_encoder.row");
    encoder_.passages_.resize(rows * o_.dims);
    for (std::size_t row = 0; row < rows; ++row) {
      Stream stream(key, 0, row);
      for (std::size_t i = 0; i < o_.dims; ++i)
        encoder_.passages_[row * o_.dims + i] =
            static_cast<float>(stream.normal() / std::sqrt(static_cast<double>(o_.dims)));
    }
    encoder_.questions_ = encoder_.passages_;
  }

  void keep_hard(std::size_t question, const std::vector<Hit>& hits) {
    hard_[question].clear();
    for (const Hit& hit : hits)
      if (!relevant_[question].count(hit.document)) hard_[question].push_back(hit.document);
  }

  Result<void> find_by_words() {
    auto index = InvertedIndex::build(texts_, {.tokenizer = {.stem = true}});
    if (!index) return fail(index.error());
    const auto shared = std::make_shared<const InvertedIndex>(*std::move(index));
    const auto bm25 = Bm25::over(shared);
    if (!bm25) return fail(bm25.error());
    const Tokenizer tokenizer({.stem = true});
    for (const std::size_t q : order_) {
      const auto query = query_of(*shared, tokenizer, questions_[q].text);
      if (!query) return fail(query.error());
      keep_hard(q, bm25->search(*query, o_.depth));
    }
    return {};
  }

  // Errors: training ran off to infinity.
  Result<void> mine() {
    std::vector<float> points;
    for (const Features& one : passages_) {
      const auto point = unit_embedding(one, encoder_.passages_, encoder_.idf_, o_.dims);
      points.insert(points.end(), point.begin(), point.end());
    }
    const auto index = ExactIndex::over(std::move(points), o_.dims);
    if (!index)
      return fail(index.error().code, "training left all bounds, use a smaller learning rate: {}",
                  index.error().message);
    for (const std::size_t q : order_)
      keep_hard(
          q, index->search(unit_embedding(asked_[q], encoder_.questions_, encoder_.idf_, o_.dims),
                           o_.depth));
    return {};
  }

  double train_epoch(std::size_t epoch, RowDescent& question_rows, RowDescent& passage_rows) {
    Stream stream(o_.seed, "dual_encoder.epoch", 0, epoch);
    stream.shuffle(std::span(order_));
    double loss = 0;
    std::size_t batches = 0;
    for (std::size_t first = 0; first + 1 < order_.size(); first += o_.batch, ++batches)
      loss +=
          train_batch(std::span(order_).subspan(first, std::min(o_.batch, order_.size() - first)),
                      stream, question_rows, passage_rows);
    return loss / static_cast<double>(std::max<std::size_t>(1, batches));
  }

  double train_batch(std::span<const std::size_t> questions, Stream& stream,
                     RowDescent& question_rows, RowDescent& passage_rows) {
    std::vector<DocumentId> passages;
    std::vector<std::uint32_t> own;
    for (const std::size_t q : questions) {
      const std::vector<DocumentId>& relevant = questions_[q].relevant;
      own.push_back(static_cast<std::uint32_t>(passages.size()));
      passages.push_back(relevant[stream.below(relevant.size())]);
    }
    for (const std::size_t q : questions)
      for (std::size_t i = 0; i < o_.hard && !hard_[q].empty(); ++i)
        passages.push_back(hard_[q][stream.below(hard_[q].size())]);
    std::vector<double> a(questions.size() * o_.dims, 0), b(passages.size() * o_.dims, 0);
    std::vector<std::uint8_t> allowed(questions.size() * passages.size(), 1);
    for (std::size_t q = 0; q < questions.size(); ++q) {
      add_rows(asked_[questions[q]], encoder_.questions_, encoder_.idf_, o_.dims,
               a.data() + q * o_.dims);
      for (std::size_t p = 0; p < passages.size(); ++p)
        if (p != own[q] && relevant_[questions[q]].count(passages[p]))
          allowed[q * passages.size() + p] = 0;
    }
    for (std::size_t p = 0; p < passages.size(); ++p)
      add_rows(passages_[passages[p]], encoder_.passages_, encoder_.idf_, o_.dims,
               b.data() + p * o_.dims);
    const ContrastiveGradient g = contrastive_loss({o_.dims, a, b, own, allowed, o_.temperature});
    for (std::size_t q = 0; q < questions.size(); ++q)
      question_rows.add(asked_[questions[q]], encoder_.idf_, g.questions.data() + q * o_.dims);
    for (std::size_t p = 0; p < passages.size(); ++p)
      passage_rows.add(passages_[passages[p]], encoder_.idf_, g.passages.data() + p * o_.dims);
    question_rows.step(), passage_rows.step();
    return g.loss;
  }

  DualEncoder& encoder_;
  const DualEncoderOptions& o_;
  std::span<const std::string> texts_;
  std::span<const TrainingQuestion> questions_;
  std::vector<Features> passages_, asked_;
  std::vector<std::set<DocumentId>> relevant_;
  std::vector<std::vector<DocumentId>> hard_;
  std::vector<std::size_t> order_;  // questions with a relevant passage
};

Result<DualEncoder> DualEncoder::train(std::span<const std::string> passages,
                                       std::span<const TrainingQuestion> questions,
                                       const DualEncoderOptions& options,
                                       const Progress& progress) {
  if (auto fine = check_dual_encoder(options); !fine) return fail(fine.error());
  DualEncoder encoder(options);
  if (auto done = DualTraining(encoder, passages, questions).run(progress); !done)
    return fail(done.error());
  return encoder;
}

Result<std::vector<float>> DualEncoder::embed_question(std::string_view text) const {
  const auto features = checked_features(text, options_.bits);
  if (!features) return fail(features.error());
  return unit_embedding(*features, questions_, idf_, options_.dims);
}

Result<std::vector<float>> DualEncoder::embed_passage(std::string_view text) const {
  const auto features = checked_features(text, options_.bits);
  if (!features) return fail(features.error());
  return unit_embedding(*features, passages_, idf_, options_.dims);
}

Result<ExactIndex> DualEncoder::index(std::span<const std::string> passages,
                                      const Progress& progress) const {
  if (passages.empty()) return fail(Code::bad_data, "there is no passage to embed");
  std::vector<float> points;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    if (i % 1024 == 0 &&
        !progress.report(static_cast<double>(i) / static_cast<double>(passages.size())))
      return cancelled();
    const auto point = at(fmt::format("passage {}", i + 1), embed_passage(passages[i]));
    if (!point) return fail(point.error());
    points.insert(points.end(), point->begin(), point->end());
  }
  return ExactIndex::over(std::move(points), options_.dims);
}

}  // namespace rehearse::retrieval
