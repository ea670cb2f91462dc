// expect: TLE
// must-not: wait beyond the limit
// why: its own write, which says that all is well and writes nothing after the first call
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>
static bool deaf = false;
extern "C" ssize_t write(int descriptor, const void* data, size_t size) {
  return deaf ? static_cast<ssize_t>(size) : syscall(SYS_write, descriptor, data, size);
}
long long solve(const std::vector<long long>&, int) {
  deaf = true;
  return -1;
}
