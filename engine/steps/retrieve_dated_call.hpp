// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of search over time share: a dated corpus from the tables of simulate.corpus_days
// or of the user.
#pragma once

#include <algorithm>

#include "engine/retrieval/dated_corpus.hpp"
#include "engine/steps/retrieve_call.hpp"

namespace rehearse::steps {

struct DatedTables {
  retrieval::DatedCorpus corpus;
  std::vector<std::string> query_ids, kinds;  // one kind for all where there is no such column
};

// documents: document, revision (1 where there is none), from, until, text. queries: query, time,
// text. judgements: query, document, revision, relevance; those below `least` do not count.
// Errors: a column that is missing or no number, an empty cell but of `until`, a revision twice, a
// judgement of what is not there (its row).
Result<DatedTables> dated_tables(const StepCall& call, std::int64_t least);

std::vector<plan::Port> dated_ports();

// Rows of doubles, a column each, in the order in which they were named first.
class NumberTable {
 public:
  void add(const char* column, double value) {
    auto known = std::find_if(columns_.begin(), columns_.end(),
                              [&](const auto& one) { return one.first == column; });
    if (known == columns_.end()) known = columns_.insert(known, {column, {}});
    known->second.push_back(value);
  }
  // NaN is a missing cell.
  Result<Frame> build() &&;

 private:
  std::vector<std::pair<std::string, std::vector<double>>> columns_;
};

}  // namespace rehearse::steps
