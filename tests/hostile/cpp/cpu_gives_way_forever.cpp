// expect: TLE
// must-not: see neither work nor sleep in it
// why: does nothing but give the processor away
#include <sched.h>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  for (;;) sched_yield();
}
