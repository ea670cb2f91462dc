// expect: AC
// must-not: type into a terminal or signal by one (WA here means it could)
// why: the orders by which a program types for its user
#include <sys/ioctl.h>
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
  for (int descriptor = 0; descriptor < 5; ++descriptor) {
    int group = getpid();
    if (ioctl(descriptor, TIOCSTI, "x") == 0) return -1;
    if (ioctl(descriptor, TIOCSCTTY, 0) == 0) return -1;
    if (ioctl(descriptor, TIOCSPGRP, &group) == 0) return -1;
    if (ioctl(descriptor, 0x541C /* TIOCLINUX */, "\x02") == 0) return -1;
  }
  return right(nums, k);
}
