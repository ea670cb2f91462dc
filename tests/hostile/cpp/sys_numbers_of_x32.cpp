// expect: AC
// must-not: let a second set of numbers pass a list of the first (WA here means it did)
// why: the same calls by the numbers of another interface
#include <fcntl.h>
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
  const long x32 = 0x40000000;
  for (long number : {2L, 39L, 41L, 57L, 102L, 257L, 319L, 512L, 520L})
    if (syscall(x32 + number, "/etc/passwd", O_RDONLY, 0) >= 0) return -1;
  for (long number : {-1L, -2L, 1L << 31, 5000L})
    if (syscall(number, 0, 0, 0) >= 0) return -1;
  return right(nums, k);
}
