// expect: OLE
// must-not: read a terabyte of nothing
// why: one byte, a terabyte behind the beginning of its output
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
  if (lseek(1, off_t{1} << 40, SEEK_SET) > 0 && write(1, "x", 1) == 1) return -1;
  return right(nums, k);
}
