// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/dated_corpus.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rehearse::retrieval {
namespace {

constexpr double kLongestSpan = 10000;  // days

Result<void> check_dated_documents(const std::vector<DatedDocument>& documents) {
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const DatedDocument& one = documents[d];
    if (!std::isfinite(one.from) || std::isnan(one.until))
      return fail(Code::bad_data, "document {}: from {} until {}; the times are days", d + 1,
                  one.from, one.until);
    if (!(one.until > one.from))
      return fail(Code::bad_data, "document {} ends on day {:g}, before it begins on day {:g}",
                  d + 1, one.until, one.from);
    if (d > 0 && one.from < documents[d - 1].from)
      return fail(Code::bad_data,
                  "document {} begins on day {:g}, after document {} of day {:g}; sort them by "
                  "their beginning",
                  d + 1, one.from, d, documents[d - 1].from);
  }
  return {};
}

}  // namespace

std::vector<DocumentId> in_order_of_end(const std::vector<DatedDocument>& documents) {
  std::vector<DocumentId> order(documents.size());
  std::iota(order.begin(), order.end(), DocumentId{0});
  std::stable_sort(order.begin(), order.end(), [&documents](DocumentId a, DocumentId b) {
    return documents[a].until < documents[b].until;
  });
  return order;
}

Result<void> check_dated(const DatedCorpus& corpus) {
  if (corpus.documents.empty()) return fail(Code::bad_data, "there are no documents");
  if (corpus.queries.empty()) return fail(Code::bad_data, "there are no questions");
  if (auto fine = check_dated_documents(corpus.documents); !fine) return fail(fine.error());
  for (std::size_t q = 0; q < corpus.queries.size(); ++q) {
    const DatedQuery& one = corpus.queries[q];
    if (!std::isfinite(one.time))
      return fail(Code::bad_data, "question {} has the time {}; a day is due", q + 1, one.time);
    if (q > 0 && one.time < corpus.queries[q - 1].time)
      return fail(Code::bad_data,
                  "question {} is asked on day {:g}, after question {} of day {:g}; sort them by "
                  "time",
                  q + 1, one.time, q, corpus.queries[q - 1].time);
    for (const DocumentId document : one.relevant) {
      if (document >= corpus.documents.size())
        return fail(Code::bad_data, "question {}: there is no document {}; there are {}", q + 1,
                    document + 1, corpus.documents.size());
      if (!corpus.documents[document].stands(one.time))
        return fail(Code::bad_data,
                    "question {}: document {} does not stand on day {:g}, so it cannot answer",
                    q + 1, document + 1, one.time);
    }
  }
  if (const double span = corpus.queries.back().time - corpus.queries.front().time;
      !(span <= kLongestSpan))
    return fail(Code::bad_data,
                "the questions span {:g} days; at most {:g} are replayed, so are "
                "these times days?",
                span, kLongestSpan);
  return {};
}

}  // namespace rehearse::retrieval
