// SPDX-License-Identifier: GPL-3.0-or-later
//
// Posts and questions as vectors, by latent semantic analysis of the posts or by hashed n-grams.
#include "engine/steps/nearest_call.hpp"
#include "engine/steps/retrieve_call.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_retrieve_embed(const StepCall& call, const StepContext& context) {
  auto posts = texts_of(call.input("documents")->as_frame(), "text"),
       questions = texts_of(call.input("queries")->as_frame(), "text");
  if (!posts) return fail(posts.error());
  if (!questions) return fail(questions.error());
  retrieval::RetrieverOptions options = embedder_options(call, context);
  options.method = retrieval::Method::dense;
  auto retriever = retrieval::Retriever::build(*posts, options, context.progress);
  if (!retriever) return fail(retriever.error());
  VectorTable documents{{}, retriever->dims()}, queries{{}, retriever->dims()};
  for (std::size_t id = 0; id < posts->size(); ++id) {
    const auto point = retriever->point(static_cast<retrieval::DocumentId>(id));
    documents.numbers.insert(documents.numbers.end(), point.begin(), point.end());
  }
  for (const std::string& text : *questions) {
    auto query = retriever->query(text);
    if (!query) return fail(query.error());
    const auto point = retriever->embed(*query);
    queries.numbers.insert(queries.numbers.end(), point.begin(), point.end());
  }
  return two(table_of_vectors("vector", documents), table_of_vectors("query", queries));
}

const StepRegistration kRetrieveEmbed{{
    .name = "retrieve.embed",
    .version = 2,
    .sentence = "Posts and questions as vectors: by latent semantic analysis or by hashed n-grams.",
    .example = "local vectors, queries = retrieve.embed { posts, questions, dims = 64 }",
    .inputs = {{.name = "documents", .kind = Kind::frame, .sentence = "text"},
               {.name = "queries", .kind = Kind::frame, .sentence = "text"}},
    .outputs = {{.name = "vectors", .kind = Kind::frame, .sentence = "vector, v1, v2 …"},
                {.name = "queries", .kind = Kind::frame, .sentence = "query, v1, v2 …"}},
    .parameters = {embedding_parameter(),
                   integer_parameter("dims", 64, 1, 1000, "numbers of a vector"),
                   {.name = "stem",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "stop words dropped and words cut to their stems"}},
    .run = run_retrieve_embed,
}};

}  // namespace
}  // namespace rehearse::steps
