// expect: CE
// must-not: be called with a third argument that nobody gave
// why: takes one parameter more, with a usual value
#include <vector>
long long solve(const std::vector<long long>& nums, int k, int more = 0) { return nums[0] + k + more; }
