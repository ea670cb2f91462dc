// expect: RTE
// must-not: let the calls of 32 bits pass
// why: asks for its own number by the gate of another architecture
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
  long number = 20;
  asm volatile("int $0x80" : "+a"(number) : "b"(0L), "c"(0L), "d"(0L) : "memory");
  return number > 0 ? -1 : right(nums, k);
}
