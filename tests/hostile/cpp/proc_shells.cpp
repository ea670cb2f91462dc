// expect: AC
// must-not: run another program (WA here, or the canary, means it could)
// why: a shell by system, popen, posix_spawn and every kind of exec
#include <spawn.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
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
  static char shell[] = "/bin/sh", dash[] = "-c", order[] = "echo x > /tmp/rehearse_canary_cpp_sh";
  char* const words[] = {shell, dash, order, nullptr};
  char* const nothing[] = {nullptr};
  if (std::system(order) == 0) return -1;
  if (FILE* pipe = popen(order, "r")) {
    pclose(pipe);
    return -1;
  }
  pid_t child = 0;
  if (posix_spawn(&child, shell, nullptr, nullptr, words, nothing) == 0) return -1;
  if (posix_spawnp(&child, "sh", nullptr, nullptr, words, nothing) == 0) return -1;
  execve(shell, words, nothing);
  execv("/proc/self/exe", words);
  execvp("sh", words);
  fexecve(3, words, nothing);
  return right(nums, k);
}
