// expect: TLE
// must-not: accept it because no case is slow
// why: right, and quick enough for every case; up to some size the work is quadratic
#include <algorithm>
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
  const std::size_t n = std::min<std::size_t>(nums.size(), 2500);
  volatile long long waste = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) waste = waste + 1;
  return right(nums, k);
}
