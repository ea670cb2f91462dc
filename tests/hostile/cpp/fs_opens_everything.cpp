// expect: AC
// must-not: read a file of the machine (WA here means it could)
// why: opens what every machine has, by every call that opens
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fstream>
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
  for (const char* path : {"/etc/passwd", "/proc/self/maps", "/proc/self/mem", "/proc/self/exe", "/proc/1/environ",
                           "/dev/null", "/dev/urandom", "/sys/kernel/notes", "/", ".", "..", "/tmp", "/dev/shm"}) {
    if (open(path, O_RDONLY) >= 0) return -1;
    if (open(path, O_PATH) >= 0) return -1;
    if (syscall(SYS_open, path, O_RDONLY) >= 0) return -1;
    long how[3] = {O_RDONLY, 0, 0};
    if (syscall(437, AT_FDCWD, path, how, sizeof how) >= 0) return -1;
    if (access(path, F_OK) == 0) return -1;
    if (std::ifstream(path).good()) return -1;
  }
  return right(nums, k);
}
