// expect: MLE
// must-not: grow the judge
// why: a list of a hundred million numbers where one is due
#include <vector>
std::vector<long long> solve(const std::vector<long long>& nums, int k) {
  return std::vector<long long>(100'000'000, nums[0] + k);
}
