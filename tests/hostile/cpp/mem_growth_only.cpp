// expect: MLE
// must-not: accept it because no case is too large
// why: right, and small enough for every case, but keeps every sum
#include <algorithm>
#include <vector>
long long solve(const std::vector<long long>& nums, int k) {
  std::vector<long long> sums;
  long long sum = 0;
  for (std::size_t i = 0; i < nums.size(); ++i) {
    sum += nums[i];
    if (i >= static_cast<std::size_t>(k)) sum -= nums[i - k];
    if (i + 1 >= static_cast<std::size_t>(k)) sums.push_back(sum);
  }
  return *std::max_element(sums.begin(), sums.end());
}
