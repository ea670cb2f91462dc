// expect: AC
// must-not: run a program that it wrote itself
// why: writes a script into the file behind its output, and executes that
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
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
  static const char script[] = "#!/bin/sh\necho x > /tmp/rehearse_canary_cpp_script\n";
  if (write(1, script, sizeof script - 1) < 0) return -1;
  const char* words[] = {"script", nullptr};
  syscall(SYS_execveat, 1, "", words, words + 1, AT_EMPTY_PATH);
  return right(nums, k);
}
