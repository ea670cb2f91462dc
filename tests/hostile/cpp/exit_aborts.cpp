// expect: RTE
// must-not: show the words as they are
// why: aborts with last words that command a terminal
#include <cstdio>
#include <cstdlib>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  std::fputs("\033[2J\033]0;owned\a]]>", stderr);
  std::abort();
}
