// expect: AC
// must-not: reach the limits of another process (WA here means it could)
// why: asks for the limits of every small process number and of the parent
#include <sys/resource.h>
#include <sys/syscall.h>
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
  rlimit now{};
  for (pid_t who = 1; who < 5000; ++who) {
    if (who == getpid()) continue;
    if (prlimit(who, RLIMIT_NOFILE, nullptr, &now) == 0) return -1;
  }
  return right(nums, k);
}
