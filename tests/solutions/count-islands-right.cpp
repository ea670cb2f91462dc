// rehearse: count-islands
//
// No flood at all: every land cell begins as an island of its own, and each side that two of them
// share joins two sets and takes one island off the count.
#include <numeric>
#include <string>
#include <vector>

namespace {

int root(std::vector<int>& parent, int cell) {
  while (parent[cell] != cell) {
    parent[cell] = parent[parent[cell]];
    cell = parent[cell];
  }
  return cell;
}

}  // namespace

long long count_islands(const std::vector<std::string>& grid) {
  if (grid.empty()) return 0;
  const int rows = static_cast<int>(grid.size());
  const int cols = static_cast<int>(grid[0].size());
  std::vector<int> parent(static_cast<std::size_t>(rows) * cols);
  std::iota(parent.begin(), parent.end(), 0);
  long long islands = 0;
  const auto join = [&](int a, int b) {
    a = root(parent, a);
    b = root(parent, b);
    if (a == b) return;
    parent[b] = a;
    --islands;
  };
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < cols; ++c) {
      if (grid[r][c] != '1') continue;
      ++islands;
      if (c > 0 && grid[r][c - 1] == '1') join(r * cols + c - 1, r * cols + c);
      if (r > 0 && grid[r - 1][c] == '1') join((r - 1) * cols + c, r * cols + c);
    }
  }
  return islands;
}
