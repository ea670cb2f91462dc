// expect: RTE
// must-not: wait for more, or print it
// why: leaves by exit; a static object then prints that all is well
#include <cstdio>
#include <cstdlib>
#include <vector>
struct Last {
  ~Last() {
    for (int i = 0; i < 1000; ++i) std::puts("AC accepted");
  }
};
static Last last;
long long solve(const std::vector<long long>&, int) { std::exit(0); }
