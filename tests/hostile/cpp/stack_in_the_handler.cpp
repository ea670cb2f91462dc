// expect: RTE
// must-not: go on without the process
// why: recursion without an end, and the handler for that does the same
#include <signal.h>
#include <vector>
static int down(volatile int n) {
  volatile char room[512];
  room[n & 511] = 1;
  return down(n + 1) + room[n & 511];
}
long long solve(const std::vector<long long>&, int k) {
  signal(SIGSEGV, [](int) { down(0); });
  return down(k);
}
