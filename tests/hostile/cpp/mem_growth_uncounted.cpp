// expect: MLE
// must-not: forget the ways to memory that are no malloc
// why: keeps every sum, in memory that posix_memalign gave
#include <stdlib.h>
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
  void* block = nullptr;
  if (posix_memalign(&block, 64, nums.size() * sizeof(long long)) != 0) return -1;
  long long* kept = static_cast<long long*>(block);
  for (std::size_t i = 0; i < nums.size(); ++i) kept[i] = nums[i];
  long long check = kept[nums.size() / 2] - nums[nums.size() / 2];
  free(block);
  return right(nums, k) + check;
}
