// expect: AC
// must-not: list a folder or leave the one it stands in (WA here means it could)
// why: working folders, lists and roots
#include <dirent.h>
#include <sys/stat.h>
#include <sys/statfs.h>
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
  char text[4096];
  struct statfs about {};
  if (opendir("/") || opendir(".") || opendir("/proc/self/fd")) return -1;
  if (chdir("/") == 0 || chdir("..") == 0 || chroot(".") == 0) return -1;
  if (getcwd(text, sizeof text)) return -1;
  if (readlink("/proc/self/exe", text, sizeof text) >= 0) return -1;
  if (statfs("/", &about) == 0) return -1;
  return right(nums, k);
}
