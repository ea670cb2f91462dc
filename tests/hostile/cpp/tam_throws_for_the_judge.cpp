// expect: WA
// must-not: make a verdict of the submission's own choice
// why: throws what the judge's own lines throw when an answer is none
#include <vector>
long long solve(const std::vector<long long>&, int) {
  throw rehearse_harness::Unreadable{"\033[32maccepted\033[0m"};
}
