// expect: MLE
// must-not: differ from run to run
// why: right, but loses 8 MB in every call
#include <cstdlib>
#include <cstring>
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
  static char* volatile last;
  last = static_cast<char*>(std::malloc(8 << 20));
  if (last) std::memset(last, 1, 8 << 20);
  return right(nums, k);
}
