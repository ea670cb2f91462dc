// expect: OLE
// must-not: count only what passes through a stream
// why: writes to descriptor 1 around every stream, 64 MB at most
#include <unistd.h>
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
  static const char page[4096] = {'p'};
  for (int i = 0; i < 16384; ++i)
    if (write(i % 2 + 1, page, sizeof page) < 0) break;
  return right(nums, k);
}
