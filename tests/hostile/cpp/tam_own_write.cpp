// expect: WA
// must-not: need a write that nobody can replace
// why: its own write, which turns every answer into another
#include <sys/syscall.h>
#include <unistd.h>
#include <cstring>
#include <vector>
extern "C" ssize_t write(int descriptor, const void* data, size_t size) {
  char changed[9];
  if (size == 9) {
    std::memcpy(changed, data, 9);
    changed[1] ^= 0x55;
    data = changed;
  }
  return syscall(SYS_write, descriptor, data, size);
}
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
long long solve(const std::vector<long long>& nums, int k) { return right(nums, k); }
