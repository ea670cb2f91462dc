// rehearse: cosine-top-k
// expect: WA
// Leaves vectors of zeros out, since they have no direction: their similarity is defined as 0 here.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <vector>

std::vector<std::tuple<long long, double>> cosine_top_k(const std::vector<std::vector<double>>& vectors, const std::vector<double>& query, long long k) {
  const auto dot = [](const std::vector<double>& u, const std::vector<double>& v) {
    return std::inner_product(u.begin(), u.end(), v.begin(), 0.0);
  };
  const auto better = [](const auto& a, const auto& b) {
    return std::get<1>(a) > std::get<1>(b) || (std::get<1>(a) == std::get<1>(b) && std::get<0>(a) < std::get<0>(b));
  };
  const double query_length = std::sqrt(dot(query, query));
  std::vector<std::tuple<long long, double>> heap;  // the worst of the best k in front
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const double length = std::sqrt(dot(vectors[i], vectors[i])) * query_length;
    if (length == 0) continue;
    heap.emplace_back(static_cast<long long>(i), dot(vectors[i], query) / length);
    std::push_heap(heap.begin(), heap.end(), better);
    if (static_cast<long long>(heap.size()) > k) {
      std::pop_heap(heap.begin(), heap.end(), better);
      heap.pop_back();
    }
  }
  std::sort(heap.begin(), heap.end(), better);
  return heap;
}
