// expect: WA
// must-not: let the submission say how its answer is written
// why: another way of writing, which every answer passes through
#include <vector>
template <>
void rehearse_harness::encode<long long>(Writer& out, const long long&) {
  out.u8('N');
}
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
