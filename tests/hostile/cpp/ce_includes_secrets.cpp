// expect: AC
// must-not: find a file of the machine (CE here means it could)
// why: asks for files that only the machine's people should see
#include <vector>
#if __has_include("/etc/passwd") || __has_include("/etc/shadow") || __has_include("/proc/1/environ") || \
    __has_include("/home") || __has_include("/dev/stdin")
#error "a file of the machine is here"
#endif
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
long long solve(const std::vector<long long>& nums, int k) { return right(nums, k); }
