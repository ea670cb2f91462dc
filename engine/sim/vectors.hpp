// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vectors as an encoder would make them, and queries from the same law, to search among:
//
//   x = length · u / |u|,   u = A (c_g + spread · z) + noise · e
//
// c_g is the centre of a topic g, z what is particular to one vector, both standard normal in a
// space of `intrinsic` dimensions; A maps that space into `dims` dimensions at random, scaled so
// that a unit stays about a unit; e is standard normal in all dimensions. ln(length) is normal with
// standard deviation `lengths`: 0 makes all of length 1.
//
// What makes neighbours hard to find is the intrinsic dimension, not the number of columns. Draws
// are keyed by vector, by query and by topic: more vectors leave the first ones alone.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct VectorOptions {
  int vectors = 5000;                     // [1, 200000]; at most 2e7 numbers
  int queries = 200;                      // [1, 20000]
  int dims = 64;                          // [2, 1024]
  int topics = 40;                        // [1, 5000]
  int intrinsic = 12;                     // [1, dims]
  double spread = 0.7;                    // [0, 10]
  double noise = 0.1;                     // [0, 10]
  double lengths = 0;                     // [0, 3]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

// vector (or query) from 1, topic, v1 … as float32.
struct SimulatedVectors {
  Frame vectors, queries;
};

// O((vectors + queries) · intrinsic · dims). Errors: an option out of its range (named), cancelled.
Result<SimulatedVectors> simulate_vectors(const VectorOptions& options,
                                          const Progress& progress = {});

}  // namespace rehearse::sim
