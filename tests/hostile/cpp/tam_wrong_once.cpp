// expect: AC
// must-not: blame one case for what another left behind
// why: right in a fresh process; wrong at its second call only
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
  static int calls = 0;
  return ++calls == 2 ? -1 : right(nums, k);
}
