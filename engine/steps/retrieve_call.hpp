// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of retrieval share: how a retriever is asked for.
#pragma once

#include "engine/base/texts_of.hpp"
#include "engine/retrieval/retriever.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

inline plan::Parameter embedding_parameter() {
  return choice_parameter("embedding", "lsa", {"lsa", "ngrams"},
                          "lsa: words that keep the same company; ngrams: words that are spelt "
                          "alike, by hashed pieces of 3 to 5 letters");
}

inline std::vector<plan::Parameter> retriever_parameters() {
  return {number_parameter("k1", 0.9, 0, 1000, "BM25: how soon a repeated word stops counting"),
          number_parameter("b", 0.4, 0, 1, "BM25: how far long posts are held back"),
          {.name = "stem",
           .type = ParameterType::boolean,
           .initial = true,
           .sentence = "stop words dropped and words cut to their stems"},
          embedding_parameter(),
          integer_parameter("dims", 64, 1, 1000, "dimensions of the embedding"),
          choice_parameter("fusion", "reciprocal-rank", {"reciprocal-rank", "weighted-sum"},
                           "how hybrid joins its two lists"),
          number_parameter("bm25_weight", 0.5, 0, 1, "of BM25 in a weighted sum")};
}

inline Result<retrieval::Method> parse_method(const std::string& name) {
  if (name == "bm25") return retrieval::Method::bm25;
  if (name == "dense") return retrieval::Method::dense;
  if (name == "hybrid") return retrieval::Method::hybrid;
  return fail(Code::invalid_argument, "there is no method `{}`; there are bm25, dense and hybrid",
              name);
}

// What the parameters `stem`, `embedding` and `dims` say.
inline retrieval::RetrieverOptions embedder_options(const StepCall& call,
                                                    const StepContext& context) {
  retrieval::RetrieverOptions options;
  options.tokenizer.stem = call.boolean("stem");
  options.lsa.dims = options.ngrams.dims = static_cast<std::size_t>(call.integer("dims"));
  options.lsa.seed = options.ngrams.seed = context.seed;
  if (call.text("embedding") == "ngrams") options.embedding = retrieval::Embedding::ngrams;
  return options;
}

// What the parameters say; the method is left as it is.
inline retrieval::RetrieverOptions retriever_options(const StepCall& call,
                                                     const StepContext& context) {
  retrieval::RetrieverOptions options = embedder_options(call, context);
  options.bm25 = {call.number("k1"), call.number("b")};
  options.fusion = call.text("fusion") == "weighted-sum" ? retrieval::Fusion::weighted_sum
                                                         : retrieval::Fusion::reciprocal_rank;
  options.bm25_weight = call.number("bm25_weight");
  return options;
}

}  // namespace rehearse::steps
