// expect: AC
// must-not: make a process (WA here means it could)
// why: every call that makes a process; a child would end at once
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <cstdint>
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
// The pid of a child that ends itself, or what was refused.
static long made(long pid) {
  if (pid == 0) _exit(0);
  return pid;
}
long long solve(const std::vector<long long>& nums, int k) {
  if (made(fork()) > 0) return -1;
  if (made(syscall(SYS_fork)) > 0) return -1;
  if (made(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) > 0) return -1;
  if (made(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)) > 0) return -1;
  if (made(syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0)) > 0) return -1;
  std::uint64_t arguments[11] = {};
  arguments[4] = SIGCHLD;
  if (made(syscall(SYS_clone3, arguments, sizeof arguments)) > 0) return -1;
  return right(nums, k);
}
