// rehearse: range-add
// expect: WA
// Takes the amount back at the last hour, which still belongs to the campaign.
#include <tuple>
#include <vector>

std::vector<long long> range_add(long long hours, const std::vector<std::tuple<long long, long long, long long>>& campaigns) {
  std::vector<long long> load(hours, 0);
  for (const auto& [first, last, amount] : campaigns) {
    load[first] += amount;
    load[last] -= amount;
  }
  for (long long hour = 1; hour < hours; ++hour) load[hour] += load[hour - 1];
  return load;
}
