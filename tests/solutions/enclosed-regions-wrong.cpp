// rehearse: enclosed-regions
// expect: WA
// Lets the way to the border slip through corners, where ink that touches already closes the line.
#include <string>
#include <utility>
#include <vector>

std::vector<std::string> enclosed_regions(const std::vector<std::string>& picture) {
  const int rows = static_cast<int>(picture.size());
  const int cols = static_cast<int>(picture[0].size());
  std::vector<std::string> filled(rows, std::string(cols, '#'));
  std::vector<std::pair<int, int>> todo;
  const auto enter = [&](int r, int c) {
    if (r < 0 || r >= rows || c < 0 || c >= cols) return;
    if (picture[r][c] == '#' || filled[r][c] == '.') return;
    filled[r][c] = '.';
    todo.emplace_back(r, c);
  };
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < cols; ++c) {
      if (r == 0 || c == 0 || r == rows - 1 || c == cols - 1) enter(r, c);
    }
  }
  while (!todo.empty()) {
    const auto [r, c] = todo.back();
    todo.pop_back();
    for (int y = r - 1; y <= r + 1; ++y) {
      for (int x = c - 1; x <= c + 1; ++x) enter(y, x);
    }
  }
  return filled;
}
