// expect: AC
// must-not: change its rank, its session or its processors (WA here means it could)
// why: sessions, groups, priorities and processors
#include <grp.h>
#include <sched.h>
#include <sys/resource.h>
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
  if (setsid() > 0 || setpgid(0, 0) == 0) return -1;
  if (setpriority(PRIO_PROCESS, 0, -20) == 0) return -1;
  sched_param rank{};
  rank.sched_priority = 1;
  if (sched_setscheduler(0, SCHED_FIFO, &rank) == 0) return -1;
  cpu_set_t all;
  CPU_ZERO(&all);
  CPU_SET(0, &all);
  if (sched_setaffinity(0, sizeof all, &all) == 0) return -1;
  if (setuid(0) == 0 || setgid(0) == 0 || setgroups(0, nullptr) == 0) return -1;
  return right(nums, k);
}
