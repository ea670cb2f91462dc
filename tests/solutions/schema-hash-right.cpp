// rehearse: schema-hash
// Sorts places instead of features and feeds the hash as it goes; the long text is never put together.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

namespace {

struct Fnv {
  std::uint64_t h = 0xCBF29CE484222325ull;

  void bytes(const std::string& text) {
    for (const unsigned char byte : text) h = (h ^ byte) * 0x100000001B3ull;
  }

  void text(const std::string& text) {
    bytes(std::to_string(text.size()) + ":");
    bytes(text);
  }
};

}  // namespace

std::string schema_hash(const std::vector<std::tuple<std::string, std::string, std::vector<std::string>>>& features) {
  std::vector<std::size_t> order(features.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::get<0>(features[a]) < std::get<0>(features[b]);  // std::string compares bytes as unsigned
  });

  Fnv hash;
  for (const std::size_t i : order) {
    const auto& [name, type, levels] = features[i];
    hash.text(name);
    hash.text(type);
    hash.bytes(std::to_string(levels.size()) + ";");
    for (const std::string& level : levels) hash.text(level);
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash.h));
  return digits;
}
