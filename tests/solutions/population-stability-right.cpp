// rehearse: population-stability
//
// Both samples are sorted, so no value has to look for its bin: two pointers move from edge to edge,
// and what they pass is the bin.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace {

std::vector<double> sorted_present(const std::vector<double>& values) {
  std::vector<double> present;
  for (const double x : values) {
    if (!std::isnan(x)) present.push_back(x);
  }
  std::sort(present.begin(), present.end());
  return present;
}

}  // namespace

std::optional<double> population_stability(const std::vector<double>& reference, const std::vector<double>& current, long long bins) {
  const std::vector<double> s = sorted_present(reference);
  const std::vector<double> t = sorted_present(current);
  if (s.empty() || t.empty()) return std::nullopt;

  std::vector<double> edges;
  for (long long b = 1; b < bins; ++b) {
    const long long product = b * static_cast<long long>(s.size() - 1);
    const auto i = static_cast<std::size_t>(product / bins);
    const long long r = product % bins;
    const double edge =
        r == 0 ? s[i] : s[i] + static_cast<double>(r) / static_cast<double>(bins) * (s[i + 1] - s[i]);
    if (edges.empty() || edge != edges.back()) edges.push_back(edge);
  }

  double index = 0;
  auto in_s = s.begin();
  auto in_t = t.begin();
  const auto add_bin = [&](auto end_s, auto end_t) {
    const double p = std::max(1e-4, static_cast<double>(end_s - in_s) / static_cast<double>(s.size()));
    const double q = std::max(1e-4, static_cast<double>(end_t - in_t) / static_cast<double>(t.size()));
    index += (q - p) * std::log(q / p);
    in_s = end_s;
    in_t = end_t;
  };
  for (const double edge : edges) {
    const auto above = [edge](double x) { return x > edge; };
    add_bin(std::find_if(in_s, s.end(), above), std::find_if(in_t, t.end(), above));
  }
  add_bin(s.end(), t.end());
  return index;
}
