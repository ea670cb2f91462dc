// expect: CE
// must-not: be called a fault of the judge when the compiler's stack is full
// why: a few macros make sixty thousand nested brackets
#include <vector>
#define OPEN8 ((((((((
#define OPEN64 OPEN8 OPEN8 OPEN8 OPEN8 OPEN8 OPEN8 OPEN8 OPEN8
#define OPEN512 OPEN64 OPEN64 OPEN64 OPEN64 OPEN64 OPEN64 OPEN64 OPEN64
#define OPEN4K OPEN512 OPEN512 OPEN512 OPEN512 OPEN512 OPEN512 OPEN512 OPEN512
#define OPEN32K OPEN4K OPEN4K OPEN4K OPEN4K OPEN4K OPEN4K OPEN4K OPEN4K
long long solve(const std::vector<long long>& nums, int) { return OPEN32K OPEN32K nums[0]; }
