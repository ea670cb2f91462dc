// expect: CE
// must-not: take the compiler's process along
// why: a template that needs itself, one larger, without end
#include <vector>
template <long N>
struct Step {
  static constexpr long value = Step<N + 1>::value + 1;
};
long long solve(const std::vector<long long>& nums, int) { return Step<0>::value + nums[0]; }
