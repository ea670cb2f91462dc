// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/nearest_call.hpp"

namespace rehearse::steps {
namespace {

retrieval::Storage storage_of(const std::string& name) {
  if (name == "float16") return retrieval::Storage::float16;
  return name == "int8" ? retrieval::Storage::int8 : retrieval::Storage::float32;
}

Result<Outputs> run_retrieve_index(const StepCall& call, const StepContext& context) {
  auto table = vector_table(call.input("vectors")->as_frame());
  if (!table) return fail(table.error());
  auto kind = retrieval::parse_index(call.text("index"));
  if (!kind) return fail(kind.error());
  const auto size = [&call](const char* name) {
    return static_cast<std::size_t>(call.integer(name));
  };
  retrieval::NearestOptions options;
  options.kind = *kind;
  options.similarity = call.text("similarity") == "cosine" ? retrieval::Similarity::cosine
                                                           : retrieval::Similarity::inner_product;
  options.storage = storage_of(call.text("storage"));
  options.hnsw.m = size("m"), options.hnsw.ef_construction = size("ef_construction");
  options.ivf.lists = size("lists"), options.ivf.subspaces = size("subspaces");
  options.ivf.keep_vectors = call.boolean("keep_vectors");
  options.seed = context.seed;
  auto index =
      retrieval::NearestIndex::build(table->numbers, table->dims, options, context.progress);
  if (!index) return fail(index.error());
  return one(std::make_shared<const IndexModel>(*std::move(index)));
}

const StepRegistration kRetrieveIndex{{
    .name = "retrieve.index",
    .sentence = "Build an index of vectors: exact, a graph (hnsw), cells (ivf) or codes in cells "
                "(ivf-pq).",
    .example = "local index = retrieve.index { vectors, index = \"hnsw\", m = 16 }",
    .inputs = {{.name = "vectors", .kind = Kind::frame, .sentence = "v1, v2 …, a row a vector"}},
    .outputs = {{.name = "index", .kind = Kind::model}},
    .parameters =
        {choice_parameter("index", "exact", {"exact", "hnsw", "ivf", "ivf-pq"}, "kind of index"),
         choice_parameter("similarity", "cosine", {"cosine", "inner-product"},
                          "what near means: cosine knows no length"),
         choice_parameter("storage", "float32", {"float32", "float16", "int8"},
                          "how the numbers of a vector are kept"),
         integer_parameter("m", 16, 2, 256, "hnsw: links of a vector, twice as many at most below"),
         integer_parameter("ef_construction", 100, 1, 10000,
                           "hnsw: best that are kept in sight while a vector comes in"),
         integer_parameter("lists", 64, 1, 100000, "ivf: cells that the space is cut into"),
         integer_parameter("subspaces", 8, 1, 1024, "ivf-pq: bytes of a code; divides dims"),
         {.name = "keep_vectors",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "ivf-pq: keep the vectors beside the codes, to rank by again"}},
    .run = run_retrieve_index,
}};

}  // namespace
}  // namespace rehearse::steps
