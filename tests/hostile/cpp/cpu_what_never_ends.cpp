// expect: TLE
// must-not: outlive the limit
// why: the exception's text is asked for, and never comes
#include <exception>
#include <vector>
struct Endless : std::exception {
  const char* what() const noexcept override {
    volatile long long x = 0;
    for (;;) x = x + 1;
  }
};
long long solve(const std::vector<long long>&, int) { throw Endless(); }
