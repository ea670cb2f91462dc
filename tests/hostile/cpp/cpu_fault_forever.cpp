// expect: TLE
// must-not: depend on a signal that the submission may take
// why: a fault whose handler comes back to it
#include <signal.h>
#include <vector>
long long solve(const std::vector<long long>& nums, int) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGSEGV, &action, nullptr);
  volatile long long* nowhere = reinterpret_cast<long long*>(nums[0] & 7);
  return *nowhere;
}
