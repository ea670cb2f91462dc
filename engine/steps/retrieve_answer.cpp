// SPDX-License-Identifier: GPL-3.0-or-later
//
// Passages read to answers, and the answers judged: a row a question, and a row for each kind of
// question. The time of an answer is counted, not taken: operations and words at a stated price.
#include <map>
#include <set>

#include "engine/steps/answered_rows.hpp"

namespace rehearse::steps {
namespace {

using retrieval::JudgedAnswer;

// Cells of `answer`; empty where a refusal is due.
Result<std::vector<std::string>> due_answers(const Frame& table) {
  auto column = table.require("answer");
  if (!column) return fail(column.error());
  std::vector<std::string> due;
  for (std::size_t row = 0; row < table.rows(); ++row) due.push_back((*column)->cell(row));
  return due;
}

Result<std::vector<retrieval::NamedThing>> named_things(const StepCall& call) {
  std::vector<retrieval::NamedThing> things;
  if (!call.has("things")) return things;
  const Frame& table = call.input("things")->as_frame();
  auto names = texts_of(table, "name");
  if (!names) return fail(names.error());
  const Column* alias = table.find("alias");
  for (std::size_t row = 0; row < names->size(); ++row) {
    things.push_back({{(*names)[row]}});
    if (alias && !alias->missing(row)) things.back().names.push_back(alias->cell(row));
  }
  return things;
}

// Trained on answered questions that are not asked here.
Result<retrieval::Reader> trained_reader(const StepCall& call, const AskedTable& asked) {
  const Frame& training = call.input("training")->as_frame();
  const auto texts = texts_of(training, "text");
  const auto answers = due_answers(training);
  if (!texts) return fail(texts.error());
  if (!answers) return fail(answers.error());
  const std::set<std::string> held(asked.texts.begin(), asked.texts.end());
  const auto most = static_cast<std::size_t>(call.integer("trained_on"));
  std::vector<std::string> questions, due;
  for (std::size_t i = 0; i < texts->size() && questions.size() < most; ++i)
    if (!(*answers)[i].empty() && !held.count((*texts)[i]))
      questions.push_back((*texts)[i]), due.push_back((*answers)[i]);
  auto things = named_things(call);
  if (!things) return fail(things.error());
  retrieval::ReaderOptions o;
  o.confidence = call.number("confidence");
  o.newest = call.boolean("newest"), o.named_only = call.boolean("named_only");
  o.when_missing = call.text("when_missing") == "guess" ? retrieval::WhenMissing::guess
                                                        : retrieval::WhenMissing::refuse;
  return at("training", retrieval::Reader::train(questions, due, *things, o));
}

// What the passage says within the document's bytes.
std::string_view cited_text(const PassageTable& passages, std::size_t passage,
                            const retrieval::ByteRange& range) {
  const std::string_view own =
      std::string_view(passages.texts[passage]).substr(passages.context_bytes[passage]);
  const std::size_t begin = std::min(range.begin - passages.begins[passage], own.size());
  return own.substr(begin, range.size());
}

struct AnswerInputs {
  PassageTable passages;
  AskedTable asked;
  FoundTable found;
  std::vector<std::vector<StatedValue>> stated;
  std::vector<std::string> due;
};

Result<AnswerInputs> answer_inputs(const StepCall& call) {
  AnswerInputs in;
  auto passages = passages_of(call.input("passages")->as_frame());
  const Frame& queries = call.input("queries")->as_frame();
  auto asked = asked_in(queries);
  auto due = due_answers(queries);
  if (!passages) return fail(passages.error());
  if (!asked) return fail(asked.error());
  if (!due) return fail(due.error());
  auto found = found_in(call.input("found")->as_frame(), *asked, *passages);
  auto stated = stated_in(call.input("judgements")->as_frame(), *asked);
  if (!found) return fail(found.error());
  if (!stated) return fail(stated.error());
  return AnswerInputs{*std::move(passages), *std::move(asked), *std::move(found),
                      *std::move(stated), *std::move(due)};
}

// The time of a question, beside what the reader takes.
struct AnswerPrices {
  double fixed_ms, operation_ns, word_ms;
  explicit AnswerPrices(const StepCall& call)
      : fixed_ms(call.number("fixed_ms")),
        operation_ns(call.number("operation_ns")),
        word_ms(call.number("word_ms")) {}
};

Result<AnsweredRow> answered(const AnswerInputs& in, const retrieval::Reader& reader, std::size_t q,
                             std::size_t most, const AnswerPrices& prices) {
  const FoundTable::OfQuery& of = in.found.queries[q];
  const std::size_t n = std::min(most, of.passages.size());
  std::vector<retrieval::Passage> read;
  AnsweredRow row;
  row.query = in.asked.ids[q], row.kind = in.asked.kinds[q];
  row.text = in.asked.texts[q], row.due = in.due[q];
  double words = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t p = of.passages[i];
    read.push_back({in.passages.texts[p], in.passages.context_bytes[p],
                    in.passages.document_codes[p], in.passages.begins[p], in.passages.days[p]});
    words += static_cast<double>(retrieval::word_ranges(in.passages.texts[p]).size());
    row.found =
        row.found ||
        holds_value(in.stated[q], in.passages.documents[p],
                    {in.passages.begins[p], in.passages.begins[p] + in.passages.own_bytes(p)}, 2);
  }
  const auto answer = reader.read(in.asked.texts[q], read);
  if (!answer) return fail(answer.error());
  row.given = answer->text, row.why = retrieval::refusal_words(answer->refusal);
  if (answer->guessed) row.why = "guessed";
  JudgedAnswer& judged = row.judged;
  judged.answerable = !row.due.empty(),
  judged.refused = answer->refusal != retrieval::Refusal::none;
  judged.exact = !judged.refused && retrieval::exact_match(row.given, row.due) ? 1 : 0;
  judged.f1 = judged.refused ? 0 : retrieval::token_f1(row.given, row.due);
  for (const retrieval::Citation& one : answer->citations) {
    const std::size_t p = of.passages[one.passage];
    const std::string_view text = cited_text(in.passages, p, one.range);
    judged.faithful = judged.faithful || retrieval::stands_in(row.given, text);
    ++judged.citations;
    if (holds_value(in.stated[q], in.passages.documents[p], one.range, 2)) ++judged.right_citations;
    if (row.source.empty()) row.source = fmt::format("{}: {}", in.passages.documents[p], text);
  }
  row.outcome = outcome_of(judged);
  row.milliseconds =
      prices.fixed_ms + of.operations * prices.operation_ns / 1e6 + words * prices.word_ms;
  return row;
}

Result<std::vector<AnsweredRow>> all_answered(const AnswerInputs& in,
                                              const retrieval::Reader& reader, std::size_t most,
                                              const AnswerPrices& prices,
                                              const StepContext& context) {
  std::vector<AnsweredRow> rows;
  for (std::size_t q = 0; q < in.asked.ids.size(); ++q) {
    auto row = answered(in, reader, q, most, prices);
    if (!row) return fail(row.error());
    rows.push_back(*std::move(row));
    if (context.progress.stop_requested()) return cancelled();
  }
  return rows;
}

// What becomes of all questions when the reader gets so many passages.
Result<Frame> by_passages_read(const AnswerInputs& in, const retrieval::Reader& reader,
                               const AnswerPrices& prices, const StepContext& context) {
  std::vector<std::string> series;
  std::vector<double> read, share;
  std::size_t deepest = 0;
  for (const auto& of : in.found.queries) deepest = std::max(deepest, of.passages.size());
  for (const std::size_t n : {1, 2, 3, 5, 8, 13, 20}) {
    if (n > std::max<std::size_t>(1, deepest)) break;
    const auto rows = all_answered(in, reader, n, prices, context);
    if (!rows) return fail(rows.error());
    std::map<std::string, double> counts;
    for (const AnsweredRow& row : *rows) counts[row.outcome] += 1;
    for (const auto& [name, count] :
         {std::pair{"right", counts["right"] + counts["refused rightly"]},
          {"wrong or invented", counts["wrong"] + counts["invented"]},
          {"refused wrongly", counts["refused wrongly"]}}) {
      series.emplace_back(name), read.push_back(static_cast<double>(n));
      share.push_back(count / static_cast<double>(rows->size()));
    }
  }
  Frame::Builder b;
  b.add("series", series).add("read", std::move(read)).add("share", std::move(share));
  return std::move(b).build();
}

Result<Outputs> run_retrieve_answer(const StepCall& call, const StepContext& context) {
  const auto in = answer_inputs(call);
  if (!in) return fail(in.error());
  const auto reader = trained_reader(call, in->asked);
  if (!reader) return fail(reader.error());
  if (in->asked.ids.empty()) return fail(Code::bad_data, "no question is asked");
  const AnswerPrices prices(call);
  const auto rows =
      all_answered(*in, *reader, static_cast<std::size_t>(call.integer("read")), prices, context);
  if (!rows) return fail(rows.error());
  auto answers = answer_rows(*rows), summary = answer_summary(*rows),
       by_read = by_passages_read(*in, *reader, prices, context);
  Outputs outputs;
  for (auto* frame : {&answers, &summary, &by_read}) {
    if (!*frame) return fail(frame->error());
    outputs.push_back(plan::Artifact::of(std::move(**frame)));
  }
  return outputs;
}

const StepRegistration kRetrieveAnswer{{
    .name = "retrieve.answer",
    .sentence = "Read the passages found for each question to an answer with its sources, or to a "
                "refusal, and judge it.",
    .example = "local answers, summary, by_read = retrieve.answer { passages, questions, found, "
               "judgements, "
               "past_questions, things = things, read = 5 }",
    .inputs = {{.name = "passages", .kind = Kind::frame, .sentence = "of retrieve.chunk"},
               {.name = "queries",
                .kind = Kind::frame,
                .sentence = "query, text, answer (empty where a refusal is due), perhaps kind"},
               {.name = "found", .kind = Kind::frame, .sentence = "of retrieve.search"},
               {.name = "judgements",
                .kind = Kind::frame,
                .sentence = "query, document, relevance, begin, end: where the values stand"},
               {.name = "training",
                .kind = Kind::frame,
                .sentence = "text, answer: what the reader learns from; those asked are left out"},
               {.name = "things",
                .kind = Kind::frame,
                .sentence = "name, perhaps alias: what can be written about",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "answers",
                 .kind = Kind::frame,
                 .sentence = "query, kind, text, due, given, outcome, why, source, ms"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "kind, questions, right (exact answers and right refusals), "
                             "exact_match, f1, faithfulness, citation_precision, right_refusals, "
                             "wrong_refusals, found (a passage read states it), p50_ms, p95_ms"},
                {.name = "by_read",
                 .kind = Kind::frame,
                 .sentence = "series, read, share: right, wrong or invented, and refused wrongly, "
                             "by the number of passages that are read"}},
    .parameters = joined_parameters(
        {integer_parameter("read", 5, 1, 1000, "passages that the reader gets"),
         integer_parameter("trained_on", 100, 1, 1e6, "answered questions that it learns from"),
         number_parameter("confidence", 0.5, 0, 1,
                          "how sure of the unit asked for it must be to answer"),
         {.name = "newest",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "the newest value counts; else what most passages say"},
         {.name = "named_only",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "a value counts only where it is known what it is about"},
         choice_parameter("when_missing", "refuse", {"refuse", "guess"},
                          "without evidence: say so, or say what is commonest"),
         number_parameter("word_ms", 0.3, 0, 1e4, "price of a word that is read", "milliseconds")},
        search_price_parameters()),
    .run = run_retrieve_answer,
}};

}  // namespace
}  // namespace rehearse::steps
