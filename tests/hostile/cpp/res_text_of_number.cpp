// expect: WA
// must-not: pass for the number
// why: the right digits as text
#include <string>
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
std::string solve(const std::vector<long long>& nums, int k) { return std::to_string(right(nums, k)); }
