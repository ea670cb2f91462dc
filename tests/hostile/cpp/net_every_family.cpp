// expect: AC
// must-not: make a socket of any family (WA here means it could)
// why: sockets of all families and types, and pairs
#include <sys/socket.h>
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
  for (int family = 0; family < 48; ++family)
    for (int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET}) {
      int ends[2];
      if (socket(family, type, 0) >= 0) return -1;
      if (socketpair(family, type, 0, ends) == 0) return -1;
    }
  return right(nums, k);
}
