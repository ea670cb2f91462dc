// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/retrieve_call.hpp"

namespace rehearse::steps {
namespace {

// One query, the posts found for it, and what each of its words gave to each score.
Result<Outputs> run_retrieve_explain(const StepCall& call, const StepContext& context) {
  const Frame& documents = call.input("documents")->as_frame();
  auto texts = texts_of(documents, "text"), ids = texts_of(documents, "document");
  if (!texts) return fail(texts.error());
  if (!ids) return fail(ids.error());
  auto retriever =
      retrieval::Retriever::build(*texts, retriever_options(call, context), context.progress);
  if (!retriever) return fail(retriever.error());
  auto query = retriever->query(call.text("query"));
  if (!query) return fail(query.error());
  std::vector<std::string> document, term, text;
  std::vector<double> rank, idf, count, saturation, part, score;
  const auto hits = retriever->search(*query, static_cast<std::size_t>(call.integer("top")));
  for (std::size_t r = 0; r < hits.size(); ++r) {
    const auto explained = retriever->bm25().explain(*query, hits[r].document);
    if (!explained) return fail(explained.error());
    for (const retrieval::TermScore& one : explained->terms) {
      rank.push_back(static_cast<double>(r + 1)), document.push_back((*ids)[hits[r].document]);
      term.push_back(one.term), idf.push_back(one.idf);
      count.push_back(one.document_count), saturation.push_back(one.saturation);
      part.push_back(one.score), score.push_back(explained->score);
      text.push_back((*texts)[hits[r].document]);
    }
  }
  if (hits.empty())
    return fail(Code::bad_data, "no post has a word of `{}`; ask with other words",
                call.text("query"));
  Frame::Builder b;
  b.add("rank", std::move(rank)).add("document", document).add("term", term);
  b.add("idf", std::move(idf)).add("count", std::move(count));
  b.add("saturation", std::move(saturation)).add("part", std::move(part));
  b.add("score", std::move(score)).add("text", text);
  return one(std::move(b).build());
}

const StepRegistration kRetrieveExplain{{
    .name = "retrieve.explain",
    .sentence = "What BM25 finds for one query, and what each word gave to each score.",
    .example = "retrieve.explain { posts, query = \"what does e104x23 mean\" }",
    .inputs = {{.name = "documents", .kind = Kind::frame, .sentence = "document, text"}},
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "rank, document, term, idf, count, saturation, part, score, text"}},
    .parameters =
        joined_parameters({text_parameter("query", "", "what is asked"),
                           integer_parameter("top", 3, 1, 100, "posts that are explained")},
                          retriever_parameters()),
    .run = run_retrieve_explain,
}};

}  // namespace
}  // namespace rehearse::steps
