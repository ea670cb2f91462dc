// rehearse: spread-minutes
//
// Minute by minute: everybody who heard it in the last minute tells the neighbours, in a copy with
// an empty frame around it. Counting down those who have not heard it tells when to stop.
#include <vector>

long long spread_minutes(const std::vector<std::vector<long long>>& grid) {
  const auto rows = grid.size();
  const auto width = grid[0].size() + 2;
  std::vector<char> cell((rows + 2) * width, 0);
  std::vector<std::size_t> told;
  long long waiting = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < grid[r].size(); ++c) {
      const auto at = (r + 1) * width + c + 1;
      cell[at] = static_cast<char>(grid[r][c]);
      if (grid[r][c] == 1) ++waiting;
      if (grid[r][c] == 2) told.push_back(at);
    }
  }

  long long minutes = 0;
  while (waiting > 0 && !told.empty()) {
    ++minutes;
    std::vector<std::size_t> next;
    for (const auto at : told) {
      for (const auto to : {at - width, at - 1, at + 1, at + width}) {
        if (cell[to] != 1) continue;
        cell[to] = 2;
        --waiting;
        next.push_back(to);
      }
    }
    told.swap(next);
  }
  return waiting == 0 ? minutes : -1;
}
