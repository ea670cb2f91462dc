// rehearse: greedy-counter-example
//
// Two tables over the amounts. The fewest packs: allow one size after the other. The rule's packs:
// one more than for the amount that is left after the largest size that fits.
#include <algorithm>
#include <optional>
#include <vector>

std::optional<long long> greedy_counter_example(const std::vector<long long>& packs, long long limit) {
  std::vector<long long> sizes(packs);
  std::sort(sizes.begin(), sizes.end());

  std::vector<long long> fewest(limit + 1);
  for (long long amount = 0; amount <= limit; ++amount) fewest[amount] = amount;
  for (const long long size : sizes) {
    for (long long amount = size; amount <= limit; ++amount) {
      fewest[amount] = std::min(fewest[amount], fewest[amount - size] + 1);
    }
  }

  std::vector<long long> rule(limit + 1, 0);
  std::size_t largest = 0;
  for (long long amount = 1; amount <= limit; ++amount) {
    while (largest + 1 < sizes.size() && sizes[largest + 1] <= amount) ++largest;
    rule[amount] = rule[amount - sizes[largest]] + 1;
    if (rule[amount] > fewest[amount]) return amount;
  }
  return std::nullopt;
}
