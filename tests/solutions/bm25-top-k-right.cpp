// rehearse: bm25-top-k
//
// Posting lists that hold tf / (tf + …) ready-made, and one array of scores that lives with the
// index: a search writes only the documents it meets and wipes them afterwards. The best k are cut
// out with nth_element, then sorted.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

class Bm25 {
 public:
  Bm25(const std::vector<std::vector<std::string>>& documents, double k1, double b)
      : scores_(documents.size()) {
    std::size_t words = 0;
    for (const auto& document : documents) words += document.size();
    const auto n = static_cast<double>(documents.size());
    const double average = static_cast<double>(words) / n;

    for (std::size_t d = 0; d < documents.size(); ++d) {
      std::unordered_map<std::string, long long> counts;
      for (const auto& word : documents[d]) ++counts[word];
      const double damping = k1 * (1 - b + b * static_cast<double>(documents[d].size()) / average);
      for (const auto& [word, count] : counts) {
        const auto tf = static_cast<double>(count);
        postings_[word].emplace_back(d, tf / (tf + damping));
      }
    }
    for (auto& [word, list] : postings_) {
      const auto df = static_cast<double>(list.size());
      const double idf = std::log(1 + (n - df + 0.5) / (df + 0.5));
      for (auto& [document, weight] : list) weight *= idf;
    }
  }

  std::vector<std::tuple<long long, double>> search(const std::vector<std::string>& query, long long k) {
    std::vector<std::size_t> met;
    for (const auto& word : query) {
      const auto it = postings_.find(word);
      if (it == postings_.end()) continue;
      for (const auto& [document, weight] : it->second) {
        if (scores_[document] == 0) met.push_back(document);
        scores_[document] += weight;
      }
    }

    std::vector<std::tuple<long long, double>> found;
    found.reserve(met.size());
    for (const std::size_t document : met) {
      found.emplace_back(static_cast<long long>(document), std::exchange(scores_[document], 0));
    }
    const auto better = [](const auto& a, const auto& b) {
      return std::get<1>(a) != std::get<1>(b) ? std::get<1>(a) > std::get<1>(b)
                                              : std::get<0>(a) < std::get<0>(b);
    };
    if (k < static_cast<long long>(found.size())) {
      std::nth_element(found.begin(), found.begin() + k, found.end(), better);
      found.resize(static_cast<std::size_t>(k));
    }
    std::sort(found.begin(), found.end(), better);
    return found;
  }

 private:
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, double>>> postings_;
  std::vector<double> scores_;  // all 0 between two searches
};
