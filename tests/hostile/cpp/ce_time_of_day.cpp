// expect: AC|WA
// must-not: differ from one compilation to the next
// why: the answer depends on the second in which it was compiled
#include <vector>
static long long right(const std::vector<long long>& nums, int k) {
  long long sum = 0;
  for (int i = 0; i < k; ++i) sum += nums[i];
  long long best = sum;
  for (std::size_t i = k; i < nums.size(); ++i) {
    sum += nums[i] - nums[i - k];
    if (sum > best) best = sum;
  }
  return best;
}
long long solve(const std::vector<long long>& nums, int k) {
  return right(nums, k) + (__TIME__[7] - '0') % 2;
}
