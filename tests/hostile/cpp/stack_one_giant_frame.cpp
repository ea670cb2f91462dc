// expect: RTE
// why: jumps over whatever guards the stack
#include <alloca.h>
#include <vector>
long long solve(const std::vector<long long>& nums, int k) {
  volatile char* room = static_cast<char*>(alloca(static_cast<std::size_t>(k) * (60 << 20)));
  room[0] = 1;
  return room[0] + nums[0];
}
