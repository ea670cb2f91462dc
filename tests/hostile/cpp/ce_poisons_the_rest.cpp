// expect: CE
// must-not: be called a fault of the judge
// why: forbids the words that stand behind it
#include <vector>
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
#pragma GCC poison rehearse_harness static const Function
