// expect: AC
// must-not: wait for the process's end after the verdict
// why: answers right; a static object's destructor would never come back
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
struct Stays {
  ~Stays() {
    volatile long long x = 0;
    for (;;) x = x + 1;
  }
};
static Stays stays;
long long solve(const std::vector<long long>& nums, int k) { return right(nums, k); }
