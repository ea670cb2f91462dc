// expect: MLE
// why: runs out of memory, catches it, and answers wrong: the memory is the cause
#include <new>
#include <vector>
long long solve(const std::vector<long long>& nums, int) {
  try {
    std::vector<long long> all(std::size_t{1} << 40);
    return all[nums.size()];
  } catch (const std::bad_alloc&) {
    return -1;
  }
}
