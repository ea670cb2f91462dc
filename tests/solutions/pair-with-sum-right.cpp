// rehearse: pair-with-sum
//
// Two walks: the first notes where each price stands last, the second asks for each price's partner.
// Since the pair is unique, "last" loses nothing, and the smaller place of the pair is met first.
#include <unordered_map>
#include <vector>

std::vector<long long> pair_with_sum(const std::vector<long long>& nums, long long target) {
  std::unordered_map<long long, long long> last;
  last.reserve(nums.size());
  const auto n = static_cast<long long>(nums.size());
  for (long long i = 0; i < n; ++i) last[nums[i]] = i;
  for (long long i = 0; i < n; ++i) {
    const auto partner = last.find(target - nums[i]);
    if (partner != last.end() && partner->second != i) return {i, partner->second};
  }
  return {};
}
