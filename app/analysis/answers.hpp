// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers from a corpus of the user's own: passages are cut and found, a reader answers from them
// and cites, and what it says is held against what it cites. The reader is the extractive one of
// engine/retrieval, or a language model that the user named, whose reply is text and is checked the
// same way: an answer has to stand, word for word, in a passage that it cites.
//
//   reply    the answer, then the numbers of its sources in brackets: 450 g [2]
//            or the words "not said" alone
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/answer_metrics.hpp"
#include "engine/retrieval/chunking.hpp"
#include "engine/retrieval/collection.hpp"
#include "engine/retrieval/reader.hpp"
#include "engine/retrieval/retriever.hpp"

namespace rehearse::analysis {

struct AnswersOptions {
  retrieval::ChunkOptions chunks;
  retrieval::RetrieverOptions retriever;
  std::size_t read = 5;  // passages of a question, [1, 100]
};

struct AskedQuestion {
  std::string id, text;
  std::optional<std::string> due;     // empty: a refusal is due; none: nobody says
  std::vector<std::size_t> passages;  // of Evidence, best first
};

struct Evidence {
  std::vector<retrieval::Chunk> passages;
  std::vector<std::string> documents;  // the identifier of each passage's document
  std::vector<AskedQuestion> questions;
};

// Columns query, text and perhaps answer. Errors: a column or a cell that is not there, a query
// that stands twice.
Result<std::vector<AskedQuestion>> questions_in(const Frame& table);

// The best passages for each question. Errors: those of chunking and of Retriever::build; a
// question that is not UTF-8; cancelled.
Result<Evidence> find_evidence(const retrieval::Collection& corpus,
                               std::vector<AskedQuestion> questions, const AnswersOptions& options,
                               const Progress& progress = {});

// What a language model is told, once, and of each question.
std::string reader_instructions();
std::string reader_question(const Evidence& evidence, const AskedQuestion& question);

struct GivenAnswer {
  bool refused = false;
  std::string text;
  std::vector<std::size_t> cited;  // places among the question's passages, from 0
  std::string problem;             // of the citations: none, or one that is not there
};
// Of a reply in the form above, with `passages` numbered from 1.
GivenAnswer parse_reply(const std::string& reply, std::size_t passages);

struct AnswerFind {
  std::string query, text, due, given, sources, problem;  // what was given, its first 2000 bytes
  retrieval::JudgedAnswer judged;
};
struct Answers {
  retrieval::AnswerReport report;  // citation precision is not known here
  std::size_t known = 0;           // questions of which the due answer is known
  std::size_t refused = 0, unfaithful = 0, badly_cited = 0;
  std::vector<AnswerFind> finds;  // in order of questions
};
// `given` in order of the questions (asserted).
Answers judge_answers(const Evidence& evidence, const std::vector<GivenAnswer>& given);

// By the extractive reader. Errors: those of Reader::read.
Result<std::vector<GivenAnswer>> read_answers(const Evidence& evidence,
                                              const retrieval::Reader& reader);

// In one paragraph; what is right only where the due answers are known.
std::string summary_of(const std::string& reader, const Answers& answers);

Document document_of(const std::string& corpus, const std::string& reader, const Answers& answers);

}  // namespace rehearse::analysis
