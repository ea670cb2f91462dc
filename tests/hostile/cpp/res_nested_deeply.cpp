// expect: RTE
// must-not: run out of stack while reading it
// why: a list in a list in a list, as deep as the judge will not read
#include <vector>
struct Nest {
  using value_type = Nest;
  std::vector<Nest> held;
  auto begin() const { return held.begin(); }
  auto end() const { return held.end(); }
  std::size_t size() const { return held.size(); }
};
Nest solve(const std::vector<long long>&, int) {
  Nest outer;
  for (int i = 0; i < 200; ++i) {
    Nest next;
    next.held.push_back(std::move(outer));
    outer = std::move(next);
  }
  return outer;
}
