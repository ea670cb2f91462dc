// expect: AC
// must-not: inherit a descriptor that is not its own (WA here means it did)
// why: looks for every descriptor that is open, and for one that leads to a terminal
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
  for (int descriptor = 4; descriptor < 4096; ++descriptor)
    if (fcntl(descriptor, F_GETFD) >= 0) return -1;
  for (int descriptor = 0; descriptor < 4; ++descriptor)
    if (isatty(descriptor)) return -1;
  char byte;
  if (read(0, &byte, 1) > 0) return -1;
  return right(nums, k);
}
