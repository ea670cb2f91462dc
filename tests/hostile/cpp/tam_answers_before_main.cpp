// expect: WA
// must-not: take bytes without a mark for answers
// why: a hundred answers on the channel, before main, in case one fits
#include <unistd.h>
#include <cstring>
#include <string>
#include <vector>
static const bool sent = [] {
  std::string whole;
  for (int i = 0; i < 100; ++i) {
    const unsigned size = 1 + 1 + 48 + 4 + 4 + 9;
    whole.append(reinterpret_cast<const char*>(&size), 4);
    whole += static_cast<char>(66);
    whole.append(1 + 48 + 4 + 4, '\0');
    whole += 'I';
    whole.append(8, '\0');
  }
  return write(3, whole.data(), whole.size()) > 0;
}();
long long solve(const std::vector<long long>&, int) { return sent ? -1 : -2; }
