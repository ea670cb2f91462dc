// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {
namespace {

// LSA: of each power iteration the matrix twice, and both orthonormal bases. N-grams: a row for
// each posting, and for each piece of a term, of which there are some twenty.
double embedding_build_operations(const retrieval::Retriever& retriever,
                                  const retrieval::LsaOptions& options) {
  const auto& index = retriever.index();
  if (!retriever.lsa())
    return static_cast<double>((index.postings() + 20 * index.terms()) * retriever.dims());
  const auto width = static_cast<double>(retriever.lsa()->dims() + options.oversampling);
  const auto rows = static_cast<double>(index.documents() + index.terms());
  return 2 * (static_cast<double>(index.postings()) + rows * width) * width *
         static_cast<double>(options.power_iterations + 1);
}

Result<Frame> index_row(const retrieval::Retriever& retriever, const std::string& method,
                        const PassageTable& passages, double every_days) {
  const auto& index = retriever.index();
  double bytes = 0, build = 0;
  for (const std::string& text : passages.texts) bytes += static_cast<double>(text.size());
  if (method != "dense")
    bytes += static_cast<double>(index.bytes()), build += static_cast<double>(index.postings());
  if (method != "bm25") {
    bytes += 4.0 * static_cast<double>(index.documents() * retriever.dims()) +
             static_cast<double>(retriever.word_bytes());
    build += embedding_build_operations(retriever, retriever.options().lsa);
  }
  Frame::Builder b;
  b.add("method", std::vector<std::string>{method});
  b.add("passages", std::vector<double>{static_cast<double>(passages.size())});
  b.add("kilobytes", std::vector<double>{bytes / 1024});
  b.add("build_operations", std::vector<double>{build});
  b.add("rebuilt_every_days", std::vector<double>{every_days});
  b.add("build_mops_a_day", std::vector<double>{build / 1e6 / every_days});
  return std::move(b).build();
}

Result<Outputs> run_retrieve_search(const StepCall& call, const StepContext& context) {
  const auto passages = passages_of(call.input("passages")->as_frame());
  const auto asked = asked_in(call.input("queries")->as_frame());
  if (!passages) return fail(passages.error());
  if (!asked) return fail(asked.error());
  const auto method = parse_method(call.text("method"));
  if (!method) return fail(method.error());
  retrieval::RetrieverOptions options = retriever_options(call, context);
  options.method = *method;
  const auto retriever = retrieval::Retriever::build(passages->texts, options, context.progress);
  if (!retriever) return fail(retriever.error());
  const auto depth = static_cast<std::size_t>(call.integer("depth"));
  FoundTable found;
  for (const std::string& text : asked->texts) {
    const auto query = retriever->query(text);
    if (!query) return fail(query.error());
    FoundTable::OfQuery of;
    for (const retrieval::Hit& hit : retriever->search(*query, depth))
      of.passages.push_back(hit.document), of.scores.push_back(hit.score);
    if (*method != retrieval::Method::dense) {
      retrieval::SearchWork work;
      retriever->bm25().search(*query, depth, &work);
      of.operations += static_cast<double>(work.scored + work.looked_up);
    }
    if (*method != retrieval::Method::bm25)
      of.operations += static_cast<double>(passages->size() * retriever->dims());
    found.queries.push_back(std::move(of));
    if (!context.progress.report(static_cast<double>(found.queries.size()) /
                                 static_cast<double>(asked->texts.size())))
      return cancelled();
  }
  return two(
      found_rows(found, *asked, *passages),
      index_row(*retriever, call.text("method"), *passages, call.number("rebuilt_every_days")));
}

const StepRegistration kRetrieveSearch{{
    .name = "retrieve.search",
    .version = 2,
    .sentence = "The best passages for each question, and what the index of them weighs.",
    .example = "local found, index = retrieve.search { passages, questions, method = \"hybrid\" }",
    .inputs = {{.name = "passages", .kind = Kind::frame, .sentence = "of retrieve.chunk"},
               {.name = "queries", .kind = Kind::frame, .sentence = "query, text"}},
    .outputs = {{.name = "found",
                 .kind = Kind::frame,
                 .sentence = "query, rank, passage, score, operations (postings read and products "
                             "taken for this question)"},
                {.name = "index",
                 .kind = Kind::frame,
                 .sentence = "one row: method, passages, kilobytes (texts, postings, points), "
                             "build_operations, rebuilt_every_days, build_mops_a_day (millions)"}},
    .parameters = joined_parameters(
        {choice_parameter("method", "hybrid", {"bm25", "dense", "hybrid"},
                          "by words, by an embedding, or both fused"),
         integer_parameter("depth", 20, 1, 1000, "passages found for a question"),
         number_parameter("rebuilt_every_days", 1, 0.01, 3650,
                          "how often the index is built anew, for its cost", "days")},
        retriever_parameters()),
    .run = run_retrieve_search,
}};

}  // namespace
}  // namespace rehearse::steps
