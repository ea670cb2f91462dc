// expect: AC
// must-not: enter name spaces of its own (WA here means it could)
// why: asks for them beside the flag that makes it a thread
#include <sched.h>
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
  const long thread = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
  static char room[1 << 14];
  for (long space : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP}) {
    const long pid = syscall(SYS_clone, thread | space, room + sizeof room - 64, 0, 0, 0);
    if (pid == 0) syscall(SYS_exit, 0);
    if (pid > 0) return -1;
    if (unshare(static_cast<int>(space)) == 0 || setns(3, static_cast<int>(space)) == 0) return -1;
  }
  return right(nums, k);
}
