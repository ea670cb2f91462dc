// expect: AC
// must-not: make a file that only a descriptor knows (WA here means it could)
// why: files and channels without a name
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
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
  int ends[2];
  sigset_t none;
  sigemptyset(&none);
  if (memfd_create("rehearse", 0) >= 0) return -1;
  if (syscall(447, 0) >= 0) return -1;  // memfd_secret
  if (pipe(ends) == 0) return -1;
  if (eventfd(0, 0) >= 0 || timerfd_create(CLOCK_MONOTONIC, 0) >= 0) return -1;
  if (signalfd(-1, &none, 0) >= 0 || inotify_init() >= 0) return -1;
  return right(nums, k);
}
