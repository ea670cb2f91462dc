// rehearse: window-maximum
//
// Cut the log into blocks of k. A window is the end of one block and the beginning of the next, so
// its maximum is that of a running maximum from the right and one from the left.
#include <algorithm>
#include <vector>

std::vector<long long> window_maximum(const std::vector<long long>& nums, long long k) {
  const auto n = static_cast<long long>(nums.size());
  std::vector<long long> from_left(nums);
  std::vector<long long> from_right(nums);
  for (long long i = 1; i < n; ++i) {
    if (i % k != 0) from_left[i] = std::max(from_left[i], from_left[i - 1]);
  }
  for (long long i = n - 2; i >= 0; --i) {
    if ((i + 1) % k != 0) from_right[i] = std::max(from_right[i], from_right[i + 1]);
  }
  std::vector<long long> answer;
  answer.reserve(n - k + 1);
  for (long long i = 0; i + k <= n; ++i) {
    answer.push_back(std::max(from_right[i], from_left[i + k - 1]));
  }
  return answer;
}
