// expect: TLE
// must-not: wait for a handler that does not come back
// why: leaves by exit, and what runs then never ends
#include <cstdlib>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  std::atexit([] {
    volatile long long x = 0;
    for (;;) x = x + 1;
  });
  std::exit(0);
}
