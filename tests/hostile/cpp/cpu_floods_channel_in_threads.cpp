// expect: TLE
// must-not: listen beyond the limit
// why: three threads that keep the judge busy with bytes that mean nothing, for up to four seconds
#include <time.h>
#include <unistd.h>
#include <thread>
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
  static char noise[1 << 14];
  auto pour = [end = time(nullptr) + 4] {
    while (time(nullptr) < end)
      for (int i = 0; i < 64; ++i)
        if (write(3, noise, sizeof noise) == 0) return;
  };
  std::vector<std::thread> others;
  for (int i = 0; i < 3; ++i) others.emplace_back(pour);
  for (std::thread& other : others) other.join();
  return right(nums, k);
}
