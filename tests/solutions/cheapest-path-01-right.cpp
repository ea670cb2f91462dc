// rehearse: cheapest-path-01
//
// By the number of turned signs: all places of this price, first spread along the signs for free,
// then one turn away. A place belongs to the first price at which it is reached.
#include <string>
#include <utility>
#include <vector>

long long cheapest_path_01(const std::vector<std::string>& signs) {
  const int rows = static_cast<int>(signs.size());
  const int cols = static_cast<int>(signs[0].size());
  std::vector<char> seen(static_cast<std::size_t>(rows) * cols, 0);
  const auto enter = [&](int r, int c, std::vector<std::pair<int, int>>& places) {
    if (r < 0 || r >= rows || c < 0 || c >= cols || seen[r * cols + c]) return;
    seen[r * cols + c] = 1;
    places.emplace_back(r, c);
  };

  std::vector<std::pair<int, int>> places;
  enter(0, 0, places);
  for (long long turned = 0;; ++turned) {
    for (std::size_t i = 0; i < places.size(); ++i) {  // grows while it is read
      const auto [r, c] = places[i];
      switch (signs[r][c]) {
        case '>': enter(r, c + 1, places); break;
        case '<': enter(r, c - 1, places); break;
        case 'v': enter(r + 1, c, places); break;
        default: enter(r - 1, c, places); break;
      }
    }
    if (seen.back()) return turned;
    std::vector<std::pair<int, int>> next;
    for (const auto& [r, c] : places) {
      enter(r, c + 1, next);
      enter(r, c - 1, next);
      enter(r + 1, c, next);
      enter(r - 1, c, next);
    }
    places.swap(next);
  }
}
