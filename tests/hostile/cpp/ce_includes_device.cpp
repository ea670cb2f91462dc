// expect: CE
// must-not: read for ever
// why: a device that never ends as a header
#include "/dev/zero"
#include <vector>
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
