// expect: CE
// must-not: let the compiler take the machine's memory
// why: asks for memory while compiling, and never gives it back
#include <vector>
constexpr int hold(int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i) sum += *new int(1);
  return sum;
}
constexpr int held = hold(1 << 14);
long long solve(const std::vector<long long>& nums, int) { return nums[0] + held; }
