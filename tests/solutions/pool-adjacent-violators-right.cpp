// rehearse: pool-adjacent-violators
//
// By geometry: draw the sums of labels over the row counts, one point after each group of equal
// scores. The best staircase is the slope of the lower convex hull of these points. All in whole
// numbers until the division at the end.
#include <cstddef>
#include <vector>

std::vector<double> isotonic_fit(const std::vector<double>& scores, const std::vector<long long>& labels) {
  struct Point {
    long long rows;
    long long clicks;
  };
  std::vector<Point> hull = {{0, 0}};
  long long clicks = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    clicks += labels[i];
    if (i + 1 < scores.size() && scores[i + 1] == scores[i]) continue;
    const Point next = {static_cast<long long>(i) + 1, clicks};
    while (hull.size() > 1) {
      const Point a = hull[hull.size() - 2];
      const Point b = hull.back();
      const bool below = (b.clicks - a.clicks) * (next.rows - a.rows) < (next.clicks - a.clicks) * (b.rows - a.rows);
      if (below) break;
      hull.pop_back();
    }
    hull.push_back(next);
  }

  std::vector<double> values;
  values.reserve(scores.size());
  for (std::size_t j = 1; j < hull.size(); ++j) {
    const auto rows = hull[j].rows - hull[j - 1].rows;
    values.insert(values.end(), static_cast<std::size_t>(rows),
                  static_cast<double>(hull[j].clicks - hull[j - 1].clicks) / static_cast<double>(rows));
  }
  return values;
}
