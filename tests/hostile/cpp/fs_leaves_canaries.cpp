// expect: AC
// must-not: leave a file anywhere (WA here means it could)
// why: makes files, folders, links and pipes wherever there might be room
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <string>
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
  for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/run", "/proc", ".", ".."}) {
    const std::string name = std::string(folder) + "/rehearse_canary_cpp";
    if (open(name.c_str(), O_CREAT | O_WRONLY | O_EXCL, 0600) >= 0) return -1;
    if (open(folder, O_TMPFILE | O_WRONLY, 0600) >= 0) return -1;
    if (mkdir(name.c_str(), 0700) == 0) return -1;
    if (symlink("/etc/passwd", name.c_str()) == 0) return -1;
    if (mkfifo(name.c_str(), 0600) == 0) return -1;
    if (mknod(name.c_str(), S_IFCHR | 0600, 0x103) == 0) return -1;
  }
  if (shm_open("/rehearse_canary_cpp", O_CREAT | O_RDWR, 0600) >= 0) return -1;
  return right(nums, k);
}
