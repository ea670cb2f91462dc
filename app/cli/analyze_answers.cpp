// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/analysis/analysis.hpp"
#include "app/analysis/answers.hpp"
#include "app/analysis/fit.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/endpoint_job.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeAnswersOptions {
  std::string corpus, questions, answered, things, endpoint, model, id = "id", text = "text",
                                                                    method = "bm25", report;
  int words = 60, read = 5, timeout_s = 30;
  ReadFlags reading;
};

Result<void> check_readers(const AnalyzeAnswersOptions& o) {
  if (o.endpoint.empty() == o.answered.empty())
    return fail(Code::invalid_argument,
                "one reader is due: --answered FILE for the one that learns here from answered "
                "questions, or --endpoint URL and --model NAME for a language model of yours");
  if (!o.endpoint.empty() && o.model.empty())
    return fail(Code::invalid_argument, "--endpoint needs --model: the model's name there");
  if (o.endpoint.empty() && !o.model.empty())
    return fail(Code::invalid_argument, "--model is of an --endpoint; which one is due");
  return {};
}

Result<analysis::Evidence> evidence_of(const Context& context, const AnalyzeAnswersOptions& o,
                                       const Progress& progress) {
  const retrieval::CollectionOptions reading{
      .id = o.id, .text = analysis::split_list(o.text), .skip_bad = o.reading.skip_bad};
  auto table = read_user_table(context, o.questions, o.reading);
  if (!table) return fail(table.error());
  auto questions = analysis::questions_in(*table);
  if (!questions) return fail(questions.error());
  auto corpus = retrieval::read_corpus(o.corpus, reading, progress);
  if (!corpus) return fail(corpus.error());
  analysis::AnswersOptions options;
  options.chunks.tokens = static_cast<std::size_t>(o.words);
  options.read = static_cast<std::size_t>(o.read);
  options.retriever.tokenizer.stem = true;
  if (o.method == "spelling") {
    options.retriever.method = retrieval::Method::hybrid;
    options.retriever.embedding = retrieval::Embedding::ngrams;
    options.retriever.ngrams.dims = 512;
  }
  return analysis::find_evidence(*corpus, *std::move(questions), options, progress);
}

Result<std::vector<std::string>> column_of(const Frame& table, const std::string& path,
                                           const char* name) {
  auto column = table.require(name);
  if (!column) return fail(Code::bad_data, "{}: {}", path, column.error().message);
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < table.rows(); ++row) cells.push_back((*column)->cell(row));
  return cells;
}

Result<std::vector<retrieval::NamedThing>> things_of(const Context& context,
                                                     const AnalyzeAnswersOptions& o) {
  std::vector<retrieval::NamedThing> things;
  if (o.things.empty()) return things;
  auto table = read_user_table(context, o.things, o.reading);
  if (!table) return fail(table.error());
  auto names = column_of(*table, o.things, "name");
  if (!names) return fail(names.error());
  for (std::string& name : *names) things.push_back({{std::move(name)}});
  return things;
}

Result<std::vector<analysis::GivenAnswer>> by_extraction(const Context& context,
                                                         const AnalyzeAnswersOptions& o,
                                                         const analysis::Evidence& evidence) {
  auto table = read_user_table(context, o.answered, o.reading);
  if (!table) return fail(table.error());
  auto texts = column_of(*table, o.answered, "text"),
       answers = column_of(*table, o.answered, "answer");
  if (!texts) return fail(texts.error());
  if (!answers) return fail(answers.error());
  auto things = things_of(context, o);
  if (!things) return fail(things.error());
  auto reader = retrieval::Reader::train(*texts, *answers, *things);
  if (!reader) return fail(Code::bad_data, "{}: {}", o.answered, reader.error().message);
  return analysis::read_answers(evidence, *reader);
}

Result<std::vector<analysis::GivenAnswer>> by_endpoint(const Context& context,
                                                       const AnalyzeAnswersOptions& o,
                                                       const analysis::Evidence& evidence) {
  EndpointJob job{o.endpoint, o.model, analysis::reader_instructions(), o.timeout_s, {}};
  std::vector<std::size_t> asked;
  for (std::size_t q = 0; q < evidence.questions.size(); ++q)
    if (!evidence.questions[q].passages.empty()) {
      asked.push_back(q);
      job.questions.push_back(analysis::reader_question(evidence, evidence.questions[q]));
    }
  std::vector<analysis::GivenAnswer> given(evidence.questions.size(),
                                           analysis::GivenAnswer{true, "", {}, ""});
  if (asked.empty()) return given;
  context.warn(fmt::format("asking {} questions of {} at {}, with passages of {}", asked.size(),
                           o.model, o.endpoint, o.corpus));
  auto replies = ask_endpoint(job);
  if (!replies) return fail(replies.error());
  for (std::size_t i = 0; i < asked.size(); ++i)
    given[asked[i]] =
        analysis::parse_reply((*replies)[i], evidence.questions[asked[i]].passages.size());
  return given;
}

std::string reader_name(const AnalyzeAnswersOptions& o) {
  return o.endpoint.empty() ? "the extractive reader" : o.model;
}

Json answers_json(const AnalyzeAnswersOptions& o, const analysis::Answers& a) {
  const bool known = a.known > 0;
  const auto due = [&](double value) { return known ? number_or_null(value) : Json(nullptr); };
  Json json = {{"questions", a.finds.size()},
               {"reader", o.endpoint.empty() ? "extractive" : o.model},
               {"refused", a.refused},
               {"unfaithful", a.unfaithful},
               {"badly_cited", a.badly_cited},
               {"faithfulness", number_or_null(a.report.faithfulness)},
               {"exact_match", due(a.report.exact_match)},
               {"f1", due(a.report.f1)},
               {"right_refusals", due(a.report.right_refusals)},
               {"wrong_refusals", due(a.report.wrong_refusals)}};
  if (!known) json["why"] = "the questions have no column `answer`";
  Json rows = Json::array();
  for (const analysis::AnswerFind& find : a.finds)
    rows.push_back({{"query", find.query},
                    {"text", find.text},
                    {"answer", find.judged.refused ? Json(nullptr) : Json(find.given)},
                    {"sources", find.sources},
                    {"faithful", find.judged.faithful},
                    {"problem", find.problem}});
  json["answers"] = std::move(rows);
  return json;
}

std::string answers_text(const AnalyzeAnswersOptions& o, const analysis::Answers& a) {
  TextTable table{{"query", "question", "answer", "sources", "problem"}, {}, {}};
  for (const analysis::AnswerFind& find : a.finds)
    table.rows.push_back({find.query, find.text, find.judged.refused ? "(refused)" : find.given,
                          find.sources, find.problem});
  table.right.assign(table.header.size(), false);
  return to_text(table) + "\n" + wrapped(analysis::summary_of(reader_name(o), a));
}

int analyze_answers(Context& context, const AnalyzeAnswersOptions& o) {
  if (auto fine = check_readers(o); !fine) return context.report(fine.error());
  Interrupt interrupt;
  const auto evidence = evidence_of(context, o, Progress(interrupt.token(), {}));
  if (!evidence) return context.report(evidence.error());
  const auto given = o.endpoint.empty() ? by_extraction(context, o, *evidence)
                                        : by_endpoint(context, o, *evidence);
  if (!given) return context.report(given.error());
  const analysis::Answers answers = analysis::judge_answers(*evidence, *given);
  if (context.json)
    context.print(answers_json(o, answers));
  else
    context.print(answers_text(o, answers));
  if (o.report.empty()) return kDone;
  if (auto written = render(analysis::document_of(o.corpus, reader_name(o), answers), o.report);
      !written)
    return context.report(written.error());
  context.warn("wrote " + o.report);
  return kDone;
}

Action declare_analyze_answers(Arguments& app) {
  auto o = std::make_shared<AnalyzeAnswersOptions>();
  app.add_option("--corpus", o->corpus, "the documents: JSONL, CSV or TSV with a header, or TREC")
      .required();
  app.add_option("--questions", o->questions,
                 "a table with query and text, and answer where it is known (empty: nobody says)")
      .required();
  app.add_option("--answered", o->answered,
                 "a table with text and answer that the reader here learns from");
  app.add_option("--things", o->things, "for that reader: a table with the name of each thing");
  app.add_option("--endpoint", o->endpoint,
                 "in its place a language model of yours: an OpenAI-compatible address, as "
                 "http://127.0.0.1:8080/v1. Your passages are sent there; a key is read from "
                 "REHEARSE_ENDPOINT_KEY");
  app.add_option("--model", o->model, "the model's name there");
  app.add_option("--timeout", o->timeout_s, "seconds for one question there")
      .within(1, 600)
      .shows_default();
  app.add_option("--id", o->id, "the member or column of identifiers").shows_default();
  app.add_option("--text", o->text, "that of the text; several as title,body").shows_default();
  app.add_option("--method", o->method, "find by words, or also by how words are spelt")
      .one_of({"bm25", "spelling"})
      .shows_default();
  app.add_option("--words", o->words, "words of a passage").within(1, 100000).shows_default();
  app.add_option("--read", o->read, "passages that the reader gets").within(1, 100).shows_default();
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_answers(context, *o); };
}

const VerbRegistration kAnalyzeAnswers{
    {"analyze answers", "do answers stand in the sources that they cite?",
     "rehearse analyze answers --corpus posts.jsonl --questions questions.csv --answered past.csv",
     declare_analyze_answers}};

}  // namespace
}  // namespace rehearse::cli
