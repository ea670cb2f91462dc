// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/retrieval
//
// BM25 on one core over 11,000 short documents: indexing, the first ten of a query (pruned and
// exhaustive, beside Xapian where it is installed), and other parameters with 100 queries scored
// anew, as a slider asks for. Words are Zipf's, and queries draw theirs from the same law, so that
// many hold words of half the corpus.
#include "engine/retrieval/bm25.hpp"

#include <cmath>
#include <memory>

#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

#ifdef REHEARSE_XAPIAN
#include <xapian.h>

#include <filesystem>
#endif

namespace {

using namespace rehearse;
using namespace rehearse::retrieval;

constexpr std::size_t kDocuments = 11'000, kQueries = 2'000, kRescored = 100, kTop = 10;
constexpr std::size_t kVocabulary = 20'000;

class ZipfWords {
 public:
  ZipfWords() : table_(weights()) {}
  std::string text(Stream& stream, std::int64_t words) const {
    std::string text;
    for (; words > 0; --words) text += "word" + std::to_string(table_.draw(stream)) + " ";
    return text;
  }

 private:
  static std::vector<double> weights() {
    std::vector<double> weights;
    for (std::size_t rank = 1; rank <= kVocabulary; ++rank)
      weights.push_back(1 / static_cast<double>(rank));
    return weights;
  }
  AliasTable table_;
};

std::vector<std::string> texts(const ZipfWords& words, const char* process, std::size_t count,
                               std::int64_t least, std::int64_t most) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(1, process, 0, i);
    all.push_back(words.text(stream, stream.between(least, most)));
  }
  return all;
}

// Of all queries, in short stretches each at its best: what a busy machine takes away in between is
// not counted.
template <class Ask>
double quiet_seconds(const std::vector<std::string>& queries, Ask&& ask) {
  constexpr std::size_t kStretch = 50;
  double sum = 0;
  for (std::size_t begin = 0; begin < queries.size(); begin += kStretch)
    sum += bench::best_seconds(5, [&] {
      for (std::size_t i = begin; i < std::min(begin + kStretch, queries.size()); ++i)
        ask(queries[i]);
    });
  return sum;
}

std::shared_ptr<const InvertedIndex> indexed(const char* what, const std::vector<std::string>& all,
                                             bool stem) {
  std::shared_ptr<const InvertedIndex> index;
  const double time = bench::best_seconds(8, [&] {
    index = std::make_shared<const InvertedIndex>(
        *InvertedIndex::build(all, {.tokenizer = {.stem = stem}}));
  });
  bench::line(what, static_cast<double>(all.size()) / time / 1e3, "k documents/s",
              bench::at_least(40));
  return index;
}

void search(const Bm25& bm25, const std::vector<std::string>& queries) {
  const Tokenizer tokenizer;
  SearchWork work, all;
  const double pruned = quiet_seconds(queries, [&](const std::string& text) {
    bench::keep(bm25.search(*query_of(bm25.index(), tokenizer, text), kTop, &work));
    all.postings += work.postings, all.scored += work.scored, all.looked_up += work.looked_up;
  });
  bench::line("top 10, pruned", static_cast<double>(queries.size()) / pruned / 1e3, "k queries/s",
              bench::at_least(10));
  bench::line(
      "  postings read of those there are",
      100 * static_cast<double>(all.scored + all.looked_up) / static_cast<double>(all.postings),
      "%");
  const double exhaustive = quiet_seconds(queries, [&](const std::string& text) {
    bench::keep(bm25.search_exhaustively(*query_of(bm25.index(), tokenizer, text), kTop));
  });
  bench::line("top 10, every posting", static_cast<double>(queries.size()) / exhaustive / 1e3,
              "k queries/s");
}

void rescore(const std::shared_ptr<const InvertedIndex>& index,
             const std::vector<std::string>& queries) {
  const Tokenizer tokenizer;
  std::vector<Query> asked;
  for (std::size_t i = 0; i < kRescored; ++i)
    asked.push_back(*query_of(*index, tokenizer, queries[i]));
  const double time = bench::best_seconds(20, [&] {
    const Bm25 bm25 = *Bm25::over(index, {.k1 = 1.2, .b = 0.75});
    for (const Query& query : asked) bench::keep(bm25.search(query, kTop));
  });
  bench::line("another k1 and b, 100 queries scored anew", 1e3 * time, "ms", bench::at_most(16));
}

#ifdef REHEARSE_XAPIAN
void xapian(const std::vector<std::string>& all, const std::vector<std::string>& queries) {
  const auto folder = std::filesystem::temp_directory_path() / "rehearse-bench-xapian";
  const Tokenizer tokenizer;
  {
    Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    const double time = bench::seconds([&] {
      for (const std::string& text : all) {
        Xapian::Document document;
        const auto terms = *tokenizer.terms(text);
        for (const std::string& term : terms) document.add_term(term);
        database.add_document(document);
      }
      database.commit();
    });
    bench::line("peer: Xapian indexes", static_cast<double>(all.size()) / time / 1e3,
                "k documents/s");
  }
  const Xapian::Database database(folder.string());
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(Xapian::BM25Weight(0.9, 0, 1000, 0.4, 0));
  const double time = quiet_seconds(queries, [&](const std::string& text) {
    const auto terms = *tokenizer.terms(text);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    bench::keep(enquire.get_mset(0, kTop));
  });
  bench::line("peer: Xapian, top 10", static_cast<double>(queries.size()) / time / 1e3,
              "k queries/s");
  std::filesystem::remove_all(folder);
}
#else
void xapian(const std::vector<std::string>&, const std::vector<std::string>&) {
  fmt::print("peer: Xapian is not installed (libxapian-dev)\n");
}
#endif

}  // namespace

int main() {
  const ZipfWords words;
  const auto all = texts(words, "bench.document", kDocuments, 8, 32);
  const auto queries = texts(words, "bench.query", kQueries, 2, 5);
  indexed("index, Porter2", all, true);
  const auto index = indexed("index", all, false);
  bench::line("  memory a document", static_cast<double>(index->bytes()) / kDocuments, "bytes");
  search(*Bm25::over(index), queries);
  rescore(index, queries);
  xapian(all, queries);
}
