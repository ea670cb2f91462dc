// expect: OLE
// must-not: go on for ever
// why: a list that says it holds one element, and never comes to its end
#include <cstddef>
#include <vector>
struct Endless {
  using value_type = long long;
  struct Place {
    long long operator*() const { return 5; }
    Place& operator++() { return *this; }
    bool operator!=(const Place&) const { return true; }
  };
  Place begin() const { return {}; }
  Place end() const { return {}; }
  std::size_t size() const { return 1; }
};
Endless solve(const std::vector<long long>&, int) { return {}; }
