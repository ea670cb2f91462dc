// expect: OLE
// must-not: let what is printed hold memory that nobody counts
// why: makes the file behind its output large and maps it
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>
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
  if (ftruncate(1, static_cast<off_t>(size)) == 0) {
    void* block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, 1, 0);
    if (block != MAP_FAILED) std::memset(block, 1, size);
  }
  return right(nums, k);
}
