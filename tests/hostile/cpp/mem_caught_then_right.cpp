// expect: AC
// must-not: differ from run to run
// why: is refused 8 TB once, catches it, and answers right without
#include <new>
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
  try {
    std::vector<long long> all(std::size_t{1} << 40);
    return -1;
  } catch (const std::bad_alloc&) {
  }
  return right(nums, k);
}
