// expect: AC
// why: gives out memory of its own making, and never takes it back
#include <cstddef>
#include <new>
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
alignas(16) static char room[8 << 20];
static std::size_t used = 0;
void* operator new(std::size_t size) {
  if (used + size + 16 > sizeof room) used = 0;
  void* block = room + used;
  used += (size + 15) & ~std::size_t{15};
  return block;
}
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
long long solve(const std::vector<long long>& nums, int k) {
  long long* one = new long long(right(nums, k));
  const long long best = *one;
  delete one;
  return best;
}
