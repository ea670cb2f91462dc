// expect: TLE
// must-not: count processor time only
// why: locks a lock that it holds: waits for ever, at no cost
#include <mutex>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  static std::mutex lock;
  std::scoped_lock held(lock);
  lock.lock();
  return 0;
}
