// rehearse: grid-sums
// expect: WA
// Keeps the sums in a table of int, as if what fits a cell also fitted a page.
#include <vector>

class GridSums {
 public:
  explicit GridSums(const std::vector<std::vector<long long>>& grid)
      : corner_(grid.size() + 1, std::vector<int>(grid[0].size() + 1, 0)) {
    for (std::size_t r = 0; r < grid.size(); ++r) {
      for (std::size_t c = 0; c < grid[r].size(); ++c) {
        corner_[r + 1][c + 1] =
            static_cast<int>(grid[r][c] + corner_[r][c + 1] + corner_[r + 1][c] - corner_[r][c]);
      }
    }
  }

  long long sum(long long row1, long long col1, long long row2, long long col2) {
    return static_cast<long long>(corner_[row2 + 1][col2 + 1]) - corner_[row1][col2 + 1] -
           corner_[row2 + 1][col1] + corner_[row1][col1];
  }

 private:
  std::vector<std::vector<int>> corner_;
};
