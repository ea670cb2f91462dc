// rehearse: k-most-frequent
//
// Buckets instead of a heap: bucket c holds the words used c times. Walk them from the fullest count
// down and put in order only what is looked at, until k words are found.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

std::vector<std::string> k_most_frequent(const std::vector<std::string>& words, long long k) {
  std::unordered_map<std::string, std::size_t> uses;
  std::size_t most = 0;
  for (const auto& word : words) most = std::max(most, ++uses[word]);

  std::vector<std::vector<std::string>> bucket(most + 1);
  for (const auto& [word, count] : uses) bucket[count].push_back(word);

  std::vector<std::string> answer;
  for (std::size_t count = most; count > 0; --count) {
    std::sort(bucket[count].begin(), bucket[count].end());
    for (auto& word : bucket[count]) {
      if (static_cast<long long>(answer.size()) == k) return answer;
      answer.push_back(std::move(word));
    }
  }
  return answer;
}
