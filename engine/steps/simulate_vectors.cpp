// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/vectors.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_vectors(const StepCall& call, const StepContext& context) {
  sim::VectorOptions o;
  o.vectors = static_cast<int>(call.integer("vectors"));
  o.queries = static_cast<int>(call.integer("queries"));
  o.dims = static_cast<int>(call.integer("dims"));
  o.topics = static_cast<int>(call.integer("topics"));
  o.intrinsic = static_cast<int>(call.integer("intrinsic"));
  o.spread = call.number("spread"), o.noise = call.number("noise");
  o.lengths = call.number("lengths");
  o.seed = context.seed, o.replicate = context.replicate;
  auto made = sim::simulate_vectors(o, context.progress);
  if (!made) return fail(made.error());
  return two(std::move(made->vectors), std::move(made->queries));
}

const StepRegistration kSimulateVectors{{
    .name = "simulate.vectors",
    .sentence = "Simulate vectors in topics, as an encoder would make them, and queries from the "
                "same law.",
    .example = "local vectors, queries = simulate.vectors { vectors = 5000, dims = 64 }",
    .outputs = {{.name = "vectors", .kind = Kind::frame, .sentence = "vector, topic, v1, v2 …"},
                {.name = "queries", .kind = Kind::frame, .sentence = "query, topic, v1, v2 …"}},
    .parameters = {integer_parameter("vectors", 5000, 1, 200000, "vectors to search among"),
                   integer_parameter("queries", 200, 1, 20000, "vectors that are asked for"),
                   integer_parameter("dims", 64, 2, 1024, "numbers of a vector"),
                   integer_parameter("topics", 40, 1, 5000, "centres that vectors lie around"),
                   integer_parameter("intrinsic", 12, 1, 1024,
                                     "dimensions that vectors really vary in, at most dims"),
                   number_parameter("spread", 0.7, 0, 10, "distance of vectors from their topic"),
                   number_parameter("noise", 0.1, 0, 10, "of each number by itself"),
                   number_parameter("lengths", 0, 0, 3,
                                    "standard deviation of the logarithm of a vector's length")},
    .run = run_simulate_vectors,
}};

}  // namespace
}  // namespace rehearse::steps
