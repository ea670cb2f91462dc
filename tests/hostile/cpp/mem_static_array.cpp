// expect: MLE
// must-not: count malloc only
// why: fills an array of 100 MB that is part of the program
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
static char filled[100 << 20];
long long solve(const std::vector<long long>& nums, int k) {
  std::memset(filled, k, sizeof filled);
  static char* volatile seen = filled;
  return right(nums, k) + (seen[0] == static_cast<char>(k) ? 0 : 1);
}
