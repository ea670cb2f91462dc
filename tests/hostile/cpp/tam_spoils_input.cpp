// expect: WA
// must-not: spoil what is expected
// why: takes the const away, empties the input and answers right for that
#include <vector>
long long solve(const std::vector<long long>& nums, int) {
  for (long long& one : const_cast<std::vector<long long>&>(nums)) one = 0;
  return 0;
}
