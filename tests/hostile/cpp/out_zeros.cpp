// expect: AC
// must-not: end a text at a zero
// why: half a megabyte of zero bytes, then the right answer
#include <unistd.h>
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
  static const char zeros[1 << 19] = {};
  if (write(1, zeros, sizeof zeros) < 0) return -1;
  return right(nums, k);
}
