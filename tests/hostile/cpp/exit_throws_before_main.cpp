// expect: RTE
// must-not: be called a fault of the judge
// why: a static object that cannot be made
#include <stdexcept>
#include <vector>
static const int made = [] () -> int { throw std::runtime_error("not today"); }();
long long solve(const std::vector<long long>&, int) { return made; }
