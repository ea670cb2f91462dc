// expect: AC
// must-not: lose count of what happened
// why: puts its own handler over the judge's, runs into a fault, and jumps back
#include <setjmp.h>
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
static sigjmp_buf back;
long long solve(const std::vector<long long>& nums, int k) {
  struct sigaction action {};
  action.sa_handler = [](int) { siglongjmp(back, 1); };
  sigaction(SIGSEGV, &action, nullptr);
  if (sigsetjmp(back, 1) == 0) *reinterpret_cast<volatile int*>(16) = 1;
  return right(nums, k);
}
