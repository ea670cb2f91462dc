// expect: CE
// why: its own file, by whatever name it has, again and again
#if __has_include("submission.cpp")
#include "submission.cpp"
#else
#include __FILE__
#endif
#include <vector>
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
