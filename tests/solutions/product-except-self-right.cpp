// rehearse: product-except-self
//
// Division can be made safe: multiply all factors but the zeros, and count those. Without a zero
// divide; with one, only its place has a product; with more, none has.
#include <vector>

std::vector<long long> product_except_self(const std::vector<long long>& nums) {
  long long product = 1;
  long long zeros = 0;
  for (const long long factor : nums) {
    if (factor == 0) {
      ++zeros;
    } else {
      product *= factor;
    }
  }
  std::vector<long long> answer(nums.size(), 0);
  for (std::size_t i = 0; i < nums.size(); ++i) {
    if (zeros == 0) answer[i] = product / nums[i];
    if (zeros == 1 && nums[i] == 0) answer[i] = product;
  }
  return answer;
}
