// expect: MLE
// must-not: take what was held before main for the program's own size
// why: holds much before main and gives it back, so that later memory looks like no growth
#include <sys/mman.h>
#include <cstring>
#include <vector>
static long long right(const std::vector<long long>& nums, int k) {
  long long sum = 0;
  for (int i = 0; i < k; ++i) sum += nums[i];
  long long best = sum;
  for (std::size_t i = k; i < nums.size(); ++i) {
    sum += nums[i] - nums[i - k];
    if (sum > best) best = sum;
  }
  return best;
}
static void hold(std::size_t size) {
  void* block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) return;
  std::memset(block, 1, size);
  munmap(block, size);
}
static const bool held = (hold(std::size_t{130} << 20), true);
long long solve(const std::vector<long long>& nums, int k) {
  if (held) hold(std::size_t{120} << 20);
  return right(nums, k);
}
