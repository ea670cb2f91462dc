// expect: TLE
// must-not: report AC because the small cases pass
// why: right: sums each window anew
#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>
long long solve(const std::vector<long long>& nums, int k) {
  long long best = std::numeric_limits<long long>::min();
  for (std::size_t i = 0; i + k <= nums.size(); ++i)
    best = std::max(best, std::accumulate(nums.begin() + i, nums.begin() + i + k, 0LL));
  return best;
}
