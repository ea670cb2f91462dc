// rehearse: count-min
// expect: WA
// Counters of 32 bits: they overflow, and an estimate can be far too small.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

class CountMin {
 public:
  CountMin(double epsilon, double delta)
      : width_(static_cast<std::size_t>(std::ceil(std::exp(1.0) / epsilon))),
        rows_(static_cast<std::size_t>(std::ceil(std::log(1 / delta))), std::vector<std::uint32_t>(width_)) {}

  void add(const std::string& key, long long count) {
    for (std::size_t r = 0; r < rows_.size(); ++r) rows_[r][place(key, r)] += static_cast<std::uint32_t>(count);
  }

  long long estimate(const std::string& key) {
    auto least = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t r = 0; r < rows_.size(); ++r) least = std::min(least, rows_[r][place(key, r)]);
    return least;
  }

 private:
  std::size_t place(const std::string& key, std::size_t row) const {
    return std::hash<std::string>{}(std::to_string(row) + ":" + key) % width_;
  }

  std::size_t width_;
  std::vector<std::vector<std::uint32_t>> rows_;
};
