// expect: AC
// must-not: lose the answer with the output
// why: closes its input, output and errors, and prints all the same
#include <unistd.h>
#include <cstdio>
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
  for (int descriptor : {0, 1, 2}) close(descriptor);
  std::puts("nobody reads this");
  return right(nums, k);
}
