// expect: CE
// must-not: swallow the line behind it and load all the same
// why: a condition that nobody closes hides whatever stands behind
#include <vector>
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
#if 0
