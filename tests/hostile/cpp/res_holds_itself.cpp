// expect: OLE
// must-not: write it out for ever
// why: a list whose one element is the list
#include <cstddef>
#include <vector>
struct Ring {
  using value_type = Ring;
  const Ring* begin() const { return this; }
  const Ring* end() const { return this + 1; }
  std::size_t size() const { return 1; }
  char body = 0;
};
Ring solve(const std::vector<long long>&, int) { return {}; }
