// rehearse: path-breaking-walls
// expect: WA
// Visits each cell once, by the shortest way to it, though that may have cost the charges needed later.
#include <queue>
#include <tuple>
#include <vector>

long long path_breaking_walls(const std::vector<std::vector<long long>>& grid, long long k) {
  const auto rows = static_cast<long long>(grid.size());
  const auto cols = static_cast<long long>(grid[0].size());
  std::vector<std::vector<bool>> seen(rows, std::vector<bool>(cols, false));
  std::queue<std::tuple<long long, long long, long long, long long>> todo;
  todo.emplace(0, 0, k, 0);
  seen[0][0] = true;
  while (!todo.empty()) {
    const auto [r, c, left, steps] = todo.front();
    todo.pop();
    if (r == rows - 1 && c == cols - 1) return steps;
    const long long next[4][2] = {{r - 1, c}, {r + 1, c}, {r, c - 1}, {r, c + 1}};
    for (const auto& [y, x] : next) {
      if (y < 0 || y >= rows || x < 0 || x >= cols || seen[y][x] || grid[y][x] > left) continue;
      seen[y][x] = true;
      todo.emplace(y, x, left - grid[y][x], steps + 1);
    }
  }
  return -1;
}
