// expect: CE
// must-not: fill a disk
// why: tells the assembler to leave eight gigabytes free
#include <vector>
asm(".data\n.globl wide\nwide: .space 0x200000000, 7\n.text");
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
