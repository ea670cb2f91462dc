// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/base
//
// What a draw costs, per law, and what it costs to open a stream; beside a bare counter hash.
#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr int kDraws = 4'000'000;

template <class Draw>
void measure(const char* what, Draw draw) {
  Stream stream(1, what);
  double sum = 0;
  const double time = bench::best_seconds(3, [&] {
    for (int i = 0; i < kDraws; ++i) sum += static_cast<double>(draw(stream));
  });
  bench::keep(sum);
  bench::line(what, time / kDraws * 1e9, "ns");
}

}  // namespace

int main() {
  std::uint64_t counter = 0;
  measure("peer: splitmix64",
          [&](Stream&) { return mix64(counter += 0x9e3779b97f4a7c15ULL) >> 11; });
  measure("uniform", [](Stream& s) { return s.uniform(); });
  measure("below(1000)", [](Stream& s) { return s.below(1000); });
  measure("normal", [](Stream& s) { return s.normal(); });
  measure("exponential", [](Stream& s) { return s.exponential(); });
  measure("gamma(2.5)", [](Stream& s) { return s.gamma(2.5); });
  measure("gamma(0.3)", [](Stream& s) { return s.gamma(0.3); });
  measure("beta(0.5, 2)", [](Stream& s) { return s.beta(0.5, 2); });
  measure("poisson(3)", [](Stream& s) { return s.poisson(3); });
  measure("poisson(1000)", [](Stream& s) { return s.poisson(1000); });
  const StreamKey key = stream_key(1, "entity");
  std::uint64_t entity = 0;
  measure("stream opened, one uniform",
          [&](Stream&) { return Stream(key, 0, entity++).uniform(); });
}
