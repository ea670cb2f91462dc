// expect: RTE
// must-not: say that a pointer was wrong
// why: recursion without an end
#include <vector>
static long long down(const std::vector<long long>& nums, volatile long long n) {
  volatile char room[256];
  room[n & 255] = 1;
  return down(nums, n + 1) + room[n & 255];
}
long long solve(const std::vector<long long>& nums, int k) { return down(nums, k); }
