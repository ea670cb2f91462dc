// rehearse: stretches-summing-to
// expect: WA
// A window that shrinks while its sum is too large: right only if no value is negative or zero.
#include <vector>

long long stretches_summing_to(const std::vector<long long>& nums, long long target) {
  long long sum = 0;
  long long found = 0;
  std::size_t left = 0;
  for (std::size_t right = 0; right < nums.size(); ++right) {
    sum += nums[right];
    while (left < right && sum > target) sum -= nums[left++];
    if (sum == target) ++found;
  }
  return found;
}
