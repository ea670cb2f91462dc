// expect: MLE
// must-not: count malloc only
// why: 24 threads that each fill five megabytes of stack at the same time
#include <barrier>
#include <cstring>
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
static void fill() {
  volatile char room[5 << 20];
  for (std::size_t i = 0; i < sizeof room; i += 512) room[i] = 1;
}
long long solve(const std::vector<long long>& nums, int k) {
  std::vector<std::thread> others;
  try {
    std::barrier together(16);
    for (int i = 0; i < 16; ++i)
      others.emplace_back([&] {
        fill();
        together.arrive_and_wait();
      });
    for (std::thread& other : others) other.join();
  } catch (...) {
    for (std::thread& other : others) other.detach();
    throw;
  }
  return right(nums, k);
}
