// expect: WA
// must-not: wrap round to minus one
// why: an unsigned number beyond what an integer holds
#include <cstdint>
#include <vector>
std::uint64_t solve(const std::vector<long long>&, int) { return ~std::uint64_t{0}; }
