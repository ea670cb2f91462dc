// expect: TLE
// must-not: outlive the limit of a case
// why: never comes to main
#include <vector>
static long long spin() {
  volatile long long x = 0;
  for (;;) x = x + 1;
}
static const long long never = spin();
long long solve(const std::vector<long long>&, int) { return never; }
