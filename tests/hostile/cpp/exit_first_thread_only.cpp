// expect: RTE
// must-not: wait for the thread that is left
// why: ends the first thread; a second one stays behind
#include <pthread.h>
#include <chrono>
#include <thread>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  std::thread([] { std::this_thread::sleep_for(std::chrono::seconds(4)); }).detach();
  pthread_exit(nullptr);
}
