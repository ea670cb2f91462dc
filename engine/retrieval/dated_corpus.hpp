// SPDX-License-Identifier: GPL-3.0-or-later
//
// A corpus over time: documents that stand from a moment until another, and questions asked at
// moments, each with the documents that answered it then. An edited post is two documents: the old
// text until the edit, the new one from it. Times are days from any origin; day d is [d, d + 1).
//
//   recall@k   of the relevant documents, the share among the first k, over at most k of them:
//              found / min(k, relevant)
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

inline constexpr double kStillStands = std::numeric_limits<double>::infinity();

struct DatedDocument {
  std::string text;
  double from = 0, until = kStillStands;  // [from, until)
  bool stands(double at) const { return from <= at && at < until; }
};

struct DatedQuery {
  std::string text;
  double time = 0;
  std::vector<DocumentId> relevant;  // places among the documents; they stand at `time`
};

struct DatedCorpus {
  std::vector<DatedDocument> documents;  // by `from`, ascending
  std::vector<DatedQuery> queries;       // by `time`, ascending
};

// Places of the documents, the first to end first; those that end together in order.
std::vector<DocumentId> in_order_of_end(const std::vector<DatedDocument>& documents);

// Errors, each with its place from 1: a time that is not finite (only `until` may be infinite), a
// document that ends before it begins, an order that is not ascending, a relevant document that is
// not there or does not stand when it is asked for; no documents; no queries; queries that span
// more than 10,000 days.
Result<void> check_dated(const DatedCorpus& corpus);

// Of those for which `counts` holds; nothing where there are none. O(relevant · hits).
struct Found {
  std::size_t found = 0, due = 0;  // due: at most k
  double recall() const { return static_cast<double>(found) / static_cast<double>(due); }
};
template <class Counts>
Found found_among(std::span<const Hit> hits, const DatedQuery& query, std::size_t k,
                  Counts&& counts) {
  Found found;
  for (const DocumentId document : query.relevant) {
    if (!counts(document)) continue;
    ++found.due;
    for (std::size_t i = 0; i < hits.size() && i < k; ++i)
      found.found += hits[i].document == document;
  }
  if (found.due > k) found.due = k;
  return found;
}

}  // namespace rehearse::retrieval
