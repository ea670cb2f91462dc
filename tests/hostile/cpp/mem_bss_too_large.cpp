// expect: RTE
// must-not: be called a fault of the judge
// why: an array of 1 GB that lies in no file: the program cannot even begin
#include <vector>
static char huge[1 << 30];
long long solve(const std::vector<long long>& nums, int k) {
  for (std::size_t i = 0; i < sizeof huge; i += 4096) huge[i] = 1;
  return huge[nums[0] & 0xFFFF] + k;
}
