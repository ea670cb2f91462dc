// rehearse: stretches-with-k-odd
// Only the places of the odd ids matter: a run of k of them can begin and end in as many ways as the gaps around it have places.
#include <vector>

long long stretches_with_k_odd(const std::vector<long long>& nums, long long k) {
  std::vector<long long> odd{-1};
  const auto n = static_cast<long long>(nums.size());
  for (long long i = 0; i < n; ++i) {
    if (nums[static_cast<std::size_t>(i)] % 2 != 0) odd.push_back(i);
  }
  odd.push_back(n);

  long long total = 0;
  const auto step = static_cast<std::size_t>(k);
  if (k == 0) {
    for (std::size_t i = 1; i < odd.size(); ++i) {
      const long long even = odd[i] - odd[i - 1] - 1;
      total += even * (even + 1) / 2;
    }
    return total;
  }
  for (std::size_t i = 1; i + step < odd.size(); ++i) {
    total += (odd[i] - odd[i - 1]) * (odd[i + step] - odd[i + step - 1]);
  }
  return total;
}
