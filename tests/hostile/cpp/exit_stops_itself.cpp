// expect: AC|TLE
// must-not: leave a stopped process behind, or wait for it longer than the limit
// why: sends itself the signal that stops a process
#include <signal.h>
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
  raise(SIGSTOP);
  return right(nums, k);
}
