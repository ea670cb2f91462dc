// expect: CE
// must-not: count with a malloc that the submission made
// why: the names by which the functions of malloc are counted
#include <cstddef>
#include <vector>
extern "C" void* __wrap_malloc(std::size_t) { return nullptr; }
extern "C" void __wrap_free(void*) {}
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
