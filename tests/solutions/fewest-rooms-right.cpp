// rehearse: fewest-rooms
//
// One ordered map from a moment to how the number of meetings changes there. What ends and what
// begins at the same moment cancels out in the entry, which is just what half-open meetings ask for.
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

long long fewest_rooms(const std::vector<std::tuple<long long, long long>>& meetings) {
  std::map<long long, long long> change;
  for (const auto& [start, end] : meetings) {
    ++change[start];
    --change[end];
  }
  long long open = 0;
  long long most = 0;
  for (const auto& [moment, delta] : change) {
    open += delta;
    most = std::max(most, open);
  }
  return most;
}
