// expect: AC
// must-not: reach a server of names (WA here means it could)
// why: asks for addresses and interfaces
#include <ifaddrs.h>
#include <netdb.h>
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
  addrinfo* found = nullptr;
  if (getaddrinfo("localhost", "22", nullptr, &found) == 0 && found) return -1;
  ifaddrs* interfaces = nullptr;
  if (getifaddrs(&interfaces) == 0 && interfaces) return -1;
  char name[256];
  if (sethostname("rehearse", 8) == 0) return -1;
  return right(nums, k) + (gethostname(name, sizeof name) == 12345 ? 1 : 0);
}
