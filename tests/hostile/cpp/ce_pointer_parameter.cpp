// expect: CE
// must-not: be handed an address
// why: a parameter of a type that no input has
#include <vector>
long long solve(const std::vector<long long>* nums, int) { return (*nums)[0]; }
