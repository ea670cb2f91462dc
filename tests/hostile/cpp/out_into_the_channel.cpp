// expect: AC
// must-not: take what is printed for an answer
// why: puts the judge's channel where its output was, and prints a frame
#include <unistd.h>
#include <cstdio>
#include <vector>
static long long right(const std::vector<long long>& nums, int k) {
  long long sum = 0;
  for (int i = 0; i < k; ++i) sum += nums[i];
  long long best = sum;
  for (std::size_t i = k; i < nums.size(); ++i) {
    sum += nums[i] - nums[i - k];
    if (sum > best) best = sum;
  }
  return best;
}
long long solve(const std::vector<long long>& nums, int k) {
  close(1);
  if (dup(3) != 1) return right(nums, k);
  const char frame[] = "\x42\x00\x00\x00" "B\0IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII";
  std::fwrite(frame, 1, sizeof frame, stdout);
  std::fflush(stdout);
  return right(nums, k);
}
