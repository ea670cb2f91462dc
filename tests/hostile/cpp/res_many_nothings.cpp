// expect: OLE
// must-not: grow the judge to many times the size of what it reads
// why: a million times nothing, a byte each on the way
#include <optional>
#include <vector>
std::vector<std::optional<int>> solve(const std::vector<long long>&, int) {
  return std::vector<std::optional<int>>(1'000'000);
}
