// rehearse: experiment-arms
// expect: WA
// Searches with lower_bound: the first ticket of an arm goes to the arm before it.
#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

static std::uint64_t number(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (const unsigned char byte : text) h = (h ^ byte) * 0x100000001B3ull;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBull;
  return (h ^ (h >> 31)) >> 32;
}

std::vector<std::string> experiment_arms(const std::vector<std::string>& users, const std::string& experiment, long long share_ppm, const std::vector<std::tuple<std::string, long long>>& arms) {
  std::vector<std::uint64_t> ends;
  std::uint64_t weight = 0;
  for (const auto& [name, w] : arms) ends.push_back(weight += static_cast<std::uint64_t>(w));

  std::vector<std::string> result;
  for (const std::string& user : users) {
    result.emplace_back();
    if (static_cast<long long>((number(experiment + "/in/" + user) * 1000000) >> 32) >= share_ppm) continue;
    const std::uint64_t ticket = (number(experiment + "/arm/" + user) * weight) >> 32;
    const auto arm = std::lower_bound(ends.begin(), ends.end(), ticket) - ends.begin();
    result.back() = std::get<0>(arms[static_cast<std::size_t>(arm)]);
  }
  return result;
}
