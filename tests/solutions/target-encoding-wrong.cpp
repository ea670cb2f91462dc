// rehearse: target-encoding
// expect: WA
// The prior is the mean label of all rows, so a row's own fold, and its own label, leak in through it.
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

std::optional<std::vector<double>> target_encoding(const std::vector<std::string>& levels, const std::vector<long long>& labels, const std::vector<long long>& folds, double smoothing) {
  struct Sum {
    long long rows = 0;
    long long clicks = 0;
  };
  std::map<std::string, Sum> of_board;
  std::map<std::pair<std::string, long long>, Sum> of_board_in_fold;
  bool one_fold = !folds.empty();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    for (Sum* sum : {&of_board[levels[i]], &of_board_in_fold[{levels[i], folds[i]}]}) {
      ++sum->rows;
      sum->clicks += labels[i];
    }
    if (folds[i] != folds[0]) one_fold = false;
  }
  if (one_fold) return std::nullopt;

  const double prior = static_cast<double>(std::accumulate(labels.begin(), labels.end(), 0LL)) /
                       static_cast<double>(labels.size());
  std::vector<double> values;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Sum& all = of_board[levels[i]];
    const Sum& own = of_board_in_fold[{levels[i], folds[i]}];
    const double weight = static_cast<double>(all.rows - own.rows) + smoothing;
    const double total = static_cast<double>(all.clicks - own.clicks) + smoothing * prior;
    values.push_back(weight > 0 ? total / weight : prior);
  }
  return values;
}
