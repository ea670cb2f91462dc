// expect: OLE
// must-not: grow the judge
// why: a list that fits in memory, and not in an answer
#include <vector>
std::vector<char> solve(const std::vector<long long>&, int) { return std::vector<char>(5'000'000, 'a'); }
