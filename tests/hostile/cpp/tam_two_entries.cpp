// expect: WA
// must-not: be answered by the first that comes
// why: puts an entry of its own in the judge's place, from inside the first call
#include <vector>
static void by_itself(rehearse_harness::Job& job) { job.out.u8('I'), job.out.i64(-1); }
long long solve(const std::vector<long long>& nums, int k) {
  rehearse_harness::Entry mine(by_itself);
  return nums[0] + k;
}
