// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/hashed_ngrams.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "engine/base/hash.hpp"
#include "engine/retrieval/letters.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::uint64_t kSignBit = 1;  // the lowest; the place is taken from the highest
constexpr std::size_t kSignsOfWord = 64;
constexpr double kBytesOfPlace = sizeof(std::vector<TermId>) + 8;  // its terms, df and idf

Result<void> check_ngrams(const InvertedIndex& index, const HashedNgramsOptions& o) {
  if (o.dims < 1 || o.dims > 4096)
    return fail(Code::invalid_argument, "{} dimensions are asked for; 1 to 4096 are possible",
                o.dims);
  if (o.bits < 4 || o.bits > 24)
    return fail(Code::invalid_argument, "2^{} places are asked for; 2^4 to 2^24 are possible",
                o.bits);
  if (o.shortest < 1 || o.shortest > o.longest || o.longest > 16)
    return fail(Code::invalid_argument,
                "pieces of {} to {} characters; the shortest is 1 or more, the longest at most 16 "
                "and no shorter than that",
                o.shortest, o.longest);
  const double bytes = static_cast<double>(index.documents()) * static_cast<double>(o.dims) * 4 +
                       static_cast<double>(std::size_t{1} << o.bits) * kBytesOfPlace;
  if (bytes > static_cast<double>(o.max_bytes))
    return fail(Code::limit,
                "{} dimensions of {} documents and 2^{} places need about {:.0f} MB, more than {}; "
                "ask for fewer, or allow more memory",
                o.dims, index.documents(), o.bits, bytes / 1048576, o.max_bytes >> 20);
  return {};
}

// Adds weight times the row of the place; signs are drawn 64 at a time.
void add_place(std::uint32_t place, float weight, std::uint64_t seed, std::span<float> point) {
  for (std::size_t first = 0; first < point.size(); first += kSignsOfWord) {
    std::uint64_t signs = mix64(mix64(seed ^ (std::uint64_t{place} << 32)) + first + 1);
    const std::size_t end = std::min(point.size(), first + kSignsOfWord);
    for (std::size_t i = first; i < end; ++i, signs >>= 1) point[i] += signs & 1 ? weight : -weight;
  }
}

void to_length_one(std::span<float> point) {
  double squares = 0;
  for (const float x : point) squares += static_cast<double>(x) * x;
  if (squares == 0) return;
  const double length = std::sqrt(squares);
  for (float& x : point) x = static_cast<float>(x / length);
}

float of_count(double count) { return static_cast<float>(1 + std::log(count)); }

// How many documents hold each place.
std::vector<std::uint32_t> documents_of_places(const InvertedIndex& index,
                                               const HashedNgramsOptions& options) {
  const std::size_t places = std::size_t{1} << options.bits;
  std::vector<std::vector<TermId>> terms_of(places);
  for (TermId term = 0; term < index.terms(); ++term)
    for (const HashedPiece& piece : hashed_pieces(index.term(term), options))
      if (auto& terms = terms_of[piece.place]; terms.empty() || terms.back() != term)
        terms.push_back(term);
  std::vector<std::uint32_t> held(places, 0);
  std::vector<std::uint32_t> seen_by(index.documents(), 0);
  for (std::uint32_t place = 0; place < places; ++place)
    for (const TermId term : terms_of[place])
      for (const DocumentId document : index.postings(term).documents)
        if (seen_by[document] != place + 1) seen_by[document] = place + 1, ++held[place];
  return held;
}

}  // namespace

std::vector<HashedPiece> hashed_pieces(std::string_view word, const HashedNgramsOptions& options) {
  std::vector<HashedPiece> pieces;
  const auto add = [&](char kind, std::string_view text) {
    const std::uint64_t hash = mix64(fnv1a64(text, fnv1a64(std::string_view(&kind, 1))));
    pieces.push_back(
        {static_cast<std::uint32_t>(hash >> (64 - options.bits)), hash & kSignBit ? 1.0F : -1.0F});
  };
  add('w', word);
  const std::string marked = "<" + std::string(word) + ">";
  std::vector<std::size_t> begins;  // of characters, and the end
  for (std::size_t at = 0; at < marked.size();
       at += front_scalar(std::string_view(marked).substr(at)).bytes)
    begins.push_back(at);
  begins.push_back(marked.size());
  const std::size_t characters = begins.size() - 1;
  for (std::size_t n = options.shortest; n <= std::min(options.longest, characters); ++n)
    for (std::size_t first = 0; first + n <= characters; ++first)
      add('p', std::string_view(marked).substr(begins[first], begins[first + n] - begins[first]));
  return pieces;
}

void HashedNgrams::add_word(std::string_view word, float weight, std::span<float> point) const {
  const std::vector<HashedPiece> pieces = hashed_pieces(word, options_);
  const float each = weight / std::sqrt(static_cast<float>(pieces.size()));
  for (const HashedPiece& piece : pieces)
    add_place(piece.place, each * piece.sign * idf_[piece.place], options_.seed, point);
}

Result<HashedNgrams> HashedNgrams::fit(const InvertedIndex& index,
                                       const HashedNgramsOptions& options,
                                       const Progress& progress) {
  if (auto fine = check_ngrams(index, options); !fine) return fail(fine.error());
  HashedNgrams model(options);
  const auto n = static_cast<double>(index.documents());
  for (const std::uint32_t held : documents_of_places(index, options))
    model.idf_.push_back(static_cast<float>(std::log((1 + n) / (1 + held)) + 1));
  std::vector<float> points(index.documents() * options.dims, 0), word(options.dims);
  for (TermId term = 0; term < index.terms(); ++term) {
    if (!progress.report(static_cast<double>(term) / static_cast<double>(index.terms())))
      return cancelled();
    std::fill(word.begin(), word.end(), 0.0F);
    model.add_word(index.term(term), 1, word);
    const PostingList list = index.postings(term);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const float weight = of_count(list.counts[i]);
      float* point = points.data() + list.documents[i] * options.dims;
      for (std::size_t d = 0; d < options.dims; ++d) point[d] += weight * word[d];
    }
  }
  for (std::size_t id = 0; id < index.documents(); ++id)
    to_length_one(std::span(points).subspan(id * options.dims, options.dims));
  auto documents = ExactIndex::over(std::move(points), options.dims);
  if (!documents) return fail(documents.error());
  model.documents_ = *std::move(documents);
  return model;
}

std::vector<float> HashedNgrams::embed(const InvertedIndex& index, const Query& query) const {
  std::vector<float> point(dims(), 0);
  for (const Query::Term& term : query.terms)
    add_word(index.term(term.id), of_count(term.count), point);
  std::map<std::string_view, double> unknown;
  for (const std::string& word : query.unknown) ++unknown[word];
  for (const auto& [word, count] : unknown) add_word(word, of_count(count), point);
  to_length_one(point);
  return point;
}

}  // namespace rehearse::retrieval
