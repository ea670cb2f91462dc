// rehearse: kth-largest
//
// Selection instead of a heap: put only the k-th place of the descending order right, in a copy.
#include <algorithm>
#include <functional>
#include <vector>

long long kth_largest(const std::vector<long long>& nums, long long k) {
  std::vector<long long> copy(nums);
  const auto place = copy.begin() + (k - 1);
  std::nth_element(copy.begin(), place, copy.end(), std::greater<>());
  return *place;
}
