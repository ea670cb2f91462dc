// expect: TLE
// must-not: believe the clock that the submission itself defines
// why: quadratic up to a size that growth is measured at; its clock_gettime stands still
#include <time.h>
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
extern "C" int clock_gettime(clockid_t, timespec* now) noexcept {
  if (now) *now = timespec{1, 0};
  return 0;
}
long long solve(const std::vector<long long>& nums, int k) {
  volatile long long waste = 0;
  if (nums.size() <= 2048)
    for (std::size_t i = 0; i < nums.size(); ++i)
      for (std::size_t j = 0; j < nums.size(); ++j) waste = waste + 1;
  return right(nums, k);
}
