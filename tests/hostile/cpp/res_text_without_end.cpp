// expect: OLE
// must-not: read on beyond the memory
// why: a view of a text of a terabyte that begins somewhere
#include <string_view>
#include <vector>
std::string_view solve(const std::vector<long long>&, int) { return {"somewhere", std::size_t{1} << 40}; }
