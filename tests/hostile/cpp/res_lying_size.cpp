// expect: RTE
// must-not: believe the number of elements
// why: a list that says it holds four thousand million elements, and holds two
#include <array>
#include <cstddef>
#include <vector>
struct Boaster {
  using value_type = long long;
  std::array<long long, 2> held{1, 2};
  auto begin() const { return held.begin(); }
  auto end() const { return held.end(); }
  std::size_t size() const { return 0xFFFFFFFF; }
};
Boaster solve(const std::vector<long long>&, int) { return {}; }
