// rehearse: hashing-trick
// expect: WA
// char is signed here: a byte above 127 becomes a negative number and flips all the upper bits of h.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

std::vector<double> hash_features(const std::vector<std::string>& names, const std::vector<double>& values, long long buckets) {
  std::vector<double> row(static_cast<std::size_t>(buckets));
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const char c : names[i]) {
      h ^= static_cast<std::uint64_t>(c);
      h *= 0x100000001b3;
    }
    const bool negative = h * 0x9e3779b97f4a7c15 >> 63;
    row[h % static_cast<std::uint64_t>(buckets)] += negative ? -values[i] : values[i];
  }
  return row;
}
