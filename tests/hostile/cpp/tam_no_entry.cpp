// expect: RTE
// must-not: be called a fault of the judge
// why: turns the line behind it into a promise that nobody keeps
#include <vector>
long long solve(const std::vector<long long>&, int) { return -1; }
#define static extern
