// expect: RTE
// must-not: take a signal that it sent itself for the judge's
// why: raises one fatal signal after another
#include <signal.h>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  for (int one : {SIGTERM, SIGXCPU, SIGUSR1, SIGQUIT, SIGSYS, SIGFPE, SIGKILL}) raise(one);
  __builtin_trap();
}
