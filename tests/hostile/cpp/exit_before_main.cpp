// expect: RTE
// must-not: be called a fault of the judge
// why: ends, with success, before main has begun
#include <unistd.h>
#include <vector>
static const int ended = (_exit(0), 0);
long long solve(const std::vector<long long>&, int) { return ended; }
