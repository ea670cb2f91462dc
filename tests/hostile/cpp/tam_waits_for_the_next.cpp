// expect: TLE
// must-not: send the next question before the answer
// why: listens on the channel for what may come next
#include <fcntl.h>
#include <unistd.h>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  fcntl(3, F_SETFL, 0);
  char byte;
  return read(3, &byte, 1) == 1 ? byte : -1;
}
