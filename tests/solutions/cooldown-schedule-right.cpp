// rehearse: cooldown-schedule
//
// Plays the crawler instead of computing the answer: of the hosts that may be fetched now it takes
// the one with the most pages left, and where there is none the clock jumps to the next host that is.
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

long long cooldown_schedule(const std::vector<std::string>& tasks, long long gap) {
  std::unordered_map<std::string, long long> pages;
  for (const auto& host : tasks) ++pages[host];

  std::priority_queue<long long> ready;                 // pages left of each host that may be fetched
  std::queue<std::pair<long long, long long>> cooling;  // (tick at which it is ready, pages left)
  for (const auto& [host, count] : pages) ready.push(count);

  long long tick = 0;
  while (!ready.empty() || !cooling.empty()) {
    if (ready.empty() && cooling.front().first > tick) tick = cooling.front().first;
    while (!cooling.empty() && cooling.front().first <= tick) {
      ready.push(cooling.front().second);
      cooling.pop();
    }
    const long long left = ready.top() - 1;
    ready.pop();
    if (left > 0) cooling.emplace(tick + gap + 1, left);
    ++tick;
  }
  return tick;
}
