// expect: RTE
// must-not: make a report of a megabyte, or show an escape
// why: an exception with four megabytes of text
#include <stdexcept>
#include <string>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  std::string text;
  while (text.size() < (4 << 20)) text += "\033[31m\xFF]]>";
  throw std::runtime_error(text);
}
