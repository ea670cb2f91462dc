// expect: TLE
// must-not: time the second call on an input that it has seen
// why: quadratic up to a size that growth is measured at, but each input only once
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
  static std::vector<long long> seen;
  const long long now = static_cast<long long>(nums.size()) * 1000003 + nums[0] * 31 + nums.back();
  for (long long one : seen)
    if (one == now) return right(nums, k);
  seen.push_back(now);
  volatile long long waste = 0;
  if (nums.size() <= 2048)
    for (std::size_t i = 0; i < nums.size(); ++i)
      for (std::size_t j = 0; j < nums.size(); ++j) waste = waste + 1;
  return right(nums, k);
}
