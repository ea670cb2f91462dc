// expect: AC
// must-not: be given all of them, or be blamed for one that was refused
// why: starts up to 300 threads, as many as it is given, and waits for them
#include <atomic>
#include <system_error>
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
  static std::atomic<bool> go;
  go = false;
  std::vector<std::thread> others;
  try {
    for (int i = 0; i < 300; ++i) others.emplace_back([] { go.wait(false); });
  } catch (const std::system_error&) {
  }
  const bool all = others.size() == 300;
  go = true;
  go.notify_all();
  for (std::thread& other : others) other.join();
  return all ? -1 : right(nums, k);
}
