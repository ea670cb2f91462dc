// expect: RTE
// must-not: depend on a handler that needs what is lost
// why: takes away the register by which a thread finds what is its own
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>
long long solve(const std::vector<long long>& nums, int) {
  syscall(SYS_arch_prctl, 0x1002, 0);
  throw nums[0];
}
