// expect: AC
// must-not: raise a limit (WA here means it could)
// why: asks for more of everything that is limited
#include <sys/resource.h>
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
  for (auto which : {RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC, RLIMIT_CORE, RLIMIT_MEMLOCK}) {
    rlimit now{};
    if (getrlimit(which, &now) != 0 || now.rlim_max == RLIM_INFINITY) return -1;
    const rlimit more{now.rlim_max + 4096, now.rlim_max + 4096};
    if (setrlimit(which, &more) == 0) return -1;
  }
  return right(nums, k);
}
