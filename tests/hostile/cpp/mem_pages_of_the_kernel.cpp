// expect: MLE
// must-not: count malloc only
// why: takes its memory from the kernel itself, touches it, gives it back and answers right
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
long long solve(const std::vector<long long>& nums, int k) {
  const std::size_t size = std::size_t{100} << 20;
  void* block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) return right(nums, k);
  std::memset(block, 1, size);
  munmap(block, size);
  return right(nums, k);
}
