// rehearse: privacy-labels
// Raises labels until nothing moves: a feature enters the queue when its label rises, which happens at most twice.
#include <cstddef>
#include <queue>
#include <tuple>
#include <vector>

std::vector<long long> under_labelled(const std::vector<long long>& labels, const std::vector<long long>& reviewed, const std::vector<std::tuple<long long, long long>>& derived) {
  const std::size_t n = labels.size();
  std::vector<char> fixed(n, 0);
  for (const long long i : reviewed) fixed[static_cast<std::size_t>(i)] = 1;
  std::vector<std::vector<std::size_t>> targets(n);
  for (const auto& [source, target] : derived) {
    targets[static_cast<std::size_t>(source)].push_back(static_cast<std::size_t>(target));
  }

  std::vector<long long> carried = labels;
  std::queue<std::size_t> risen;
  for (std::size_t i = 0; i < n; ++i) risen.push(i);
  while (!risen.empty()) {
    const std::size_t source = risen.front();
    risen.pop();
    for (const std::size_t target : targets[source]) {
      if (fixed[target] || carried[target] >= carried[source]) continue;
      carried[target] = carried[source];
      risen.push(target);
    }
  }

  std::vector<long long> low;
  for (std::size_t i = 0; i < n; ++i) {
    if (carried[i] > labels[i]) low.push_back(static_cast<long long>(i));
  }
  return low;
}
