// rehearse: group-by-signature
// expect: WA
// Writes the 26 counts one behind the other with nothing between them: 1, 11 reads like 11, 1.
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

std::vector<std::vector<std::string>> group_by_signature(const std::vector<std::string>& words) {
  std::unordered_map<std::string, std::vector<std::string>> groups;
  for (const auto& word : words) {
    std::array<int, 26> counts{};
    for (const char letter : word) ++counts[letter - 'a'];
    std::string key;
    for (const int count : counts) key += std::to_string(count);
    groups[key].push_back(word);
  }
  std::vector<std::vector<std::string>> answer;
  for (const auto& [key, group] : groups) answer.push_back(group);
  return answer;
}
