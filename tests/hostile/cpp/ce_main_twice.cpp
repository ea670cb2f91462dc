// expect: CE
// must-not: run this main
// why: takes the macro away and brings its own main
#include <cstdio>
#include <vector>
#undef main
long long solve(const std::vector<long long>& nums, int) { return nums[0]; }
int main() {
  std::puts("{\"verdict\":\"AC\"}");
  return 0;
}
