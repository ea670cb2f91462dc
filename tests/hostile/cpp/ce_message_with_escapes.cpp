// expect: CE
// must-not: reach a terminal or a report as it is
// why: the compiler repeats what stands here: escape sequences, ends of CDATA, reordering letters
#include <vector>
#error "[2J]0;owned]]></failure></testsuites>‮&<!--"
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
