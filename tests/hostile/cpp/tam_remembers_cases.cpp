// expect: WA
// must-not: answer from what it saw
// why: keeps count of its calls, and answers that
#include <vector>
long long solve(const std::vector<long long>&, int) {
  static long long seen = 0;
  return ++seen * 1000;
}
