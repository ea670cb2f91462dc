// rehearse: ranking-metrics
//
// The best k come out of a buffer of 2k: whenever it is full, nth_element cuts it back to k. Grades
// are small whole numbers, so a count for each grade gives the ideal order without another sort.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

namespace {

double gain(long long grade, long long rank) {
  return (std::exp2(static_cast<double>(grade)) - 1) / std::log2(static_cast<double>(rank) + 1);
}

}  // namespace

std::optional<std::tuple<double, double, double, long long>> ranking_metrics(const std::vector<std::vector<double>>& scores, const std::vector<std::vector<long long>>& relevance, long long k) {
  double recall = 0;
  double reciprocal = 0;
  double ndcg = 0;
  long long judged = 0;
  std::vector<std::size_t> top;

  for (std::size_t q = 0; q < scores.size(); ++q) {
    const auto& score = scores[q];
    const auto& grade = relevance[q];
    std::array<long long, 31> with_grade{};
    for (const long long g : grade) ++with_grade[g];
    const long long relevant = static_cast<long long>(grade.size()) - with_grade[0];
    if (relevant == 0) continue;
    ++judged;

    const auto better = [&](std::size_t a, std::size_t b) {
      return score[a] > score[b] || (score[a] == score[b] && a < b);
    };
    const auto size = static_cast<std::size_t>(k);
    top.clear();
    for (std::size_t i = 0; i < score.size(); ++i) {
      top.push_back(i);
      if (top.size() == 2 * size) {
        std::nth_element(top.begin(), top.begin() + (k - 1), top.end(), better);
        top.resize(size);
      }
    }
    std::sort(top.begin(), top.end(), better);
    if (top.size() > size) top.resize(size);

    double dcg = 0;
    long long hits = 0;
    for (std::size_t i = 0; i < top.size(); ++i) {
      const long long g = grade[top[i]];
      const auto rank = static_cast<long long>(i) + 1;
      if (g > 0 && ++hits == 1) reciprocal += 1.0 / static_cast<double>(rank);
      dcg += gain(g, rank);
    }
    double ideal = 0;
    long long rank = 0;
    for (long long g = 30; g > 0; --g) {
      for (long long j = 0; j < with_grade[g] && rank < k; ++j) ideal += gain(g, ++rank);
    }
    recall += static_cast<double>(hits) / static_cast<double>(relevant);
    ndcg += dcg / ideal;
  }

  if (judged == 0) return std::nullopt;
  const auto n = static_cast<double>(judged);
  return std::tuple(recall / n, reciprocal / n, ndcg / n, static_cast<long long>(scores.size()) - judged);
}
