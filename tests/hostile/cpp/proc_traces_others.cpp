// expect: AC
// must-not: look into another process (WA here means it could)
// why: traces, reads and takes hold of the parent and of every small number
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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
  char byte = 0;
  iovec here{&byte, 1}, there{reinterpret_cast<void*>(0x400000), 1};
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0) return -1;
  std::vector<pid_t> others = {getppid()};
  for (pid_t who = 1; who < 64; ++who) others.push_back(who);
  for (pid_t who : others) {
    if (who <= 0 || who == getpid()) continue;
    if (ptrace(PTRACE_SEIZE, who, nullptr, nullptr) == 0) return -1;
    if (process_vm_readv(who, &here, 1, &there, 1, 0) >= 0) return -1;
    if (syscall(434, who, 0) >= 0) return -1;                            // pidfd_open
    if (syscall(SYS_kcmp, who, getpid(), 0, 0, 0) >= 0) return -1;
    if (syscall(SYS_get_robust_list, who, &there, &here) == 0) return -1;
  }
  return right(nums, k);
}
