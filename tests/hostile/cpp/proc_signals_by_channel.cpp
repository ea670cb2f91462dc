// expect: AC
// must-not: let the kernel send a signal in its name (WA here means it did)
// why: makes others the owner of the channel, whose traffic then signals
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
  for (pid_t who = 1; who < 200; ++who)
    if (who != getpid() && fcntl(3, F_SETOWN, who) == 0 && fcntl(3, F_GETOWN) == who) return -1;
  return right(nums, k);
}
