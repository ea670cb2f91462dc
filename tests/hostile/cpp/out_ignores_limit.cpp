// expect: OLE
// must-not: forget the output because the signal was ignored
// why: ignores the signal for too large a file, prints far beyond and answers right
#include <signal.h>
#include <unistd.h>
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
long long solve(const std::vector<long long>& nums, int k) {
  signal(SIGXFSZ, SIG_IGN);
  static const char line[4096] = {'x'};
  for (int i = 0; i < 4096; ++i)
    if (write(1, line, sizeof line) < 0) break;
  return right(nums, k);
}
