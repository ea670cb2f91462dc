// expect: AC
// must-not: send a signal to another process (WA here means it could)
// why: every call that sends one, with the signal that does nothing
#include <signal.h>
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
  siginfo_t word{};
  word.si_code = SI_QUEUE;
  for (pid_t who : {getppid(), getpid() - 1, getpid() + 1, 2, 3, -1}) {
    if (who == getpid()) continue;
    if (kill(who, 0) == 0) return -1;
    if (syscall(SYS_tkill, who, 0) == 0) return -1;
    if (syscall(SYS_tgkill, who, who, 0) == 0) return -1;
    if (syscall(SYS_rt_sigqueueinfo, who, 0, &word) == 0) return -1;
    if (syscall(SYS_rt_tgsigqueueinfo, who, who, 0, &word) == 0) return -1;
  }
  if (kill(0, 0) == 0 || killpg(1, 0) == 0) return -1;
  if (syscall(424, 3, 0, nullptr, 0) == 0) return -1;  // pidfd_send_signal
  return right(nums, k);
}
