// expect: MLE
// must-not: take the machine's memory
// why: asks operator new for more and more, until it throws
#include <cstring>
#include <memory>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  std::vector<std::unique_ptr<char[]>> kept;
  for (int i = 0; i < 4096; ++i) {
    kept.push_back(std::make_unique<char[]>(1 << 20));
    std::memset(kept.back().get(), i, 1 << 20);
  }
  return 0;
}
