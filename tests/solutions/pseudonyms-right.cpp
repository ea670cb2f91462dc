// rehearse: pseudonyms
// In the sorted column of hashes the two with the longest common beginning are neighbours: one pass over it gives d.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

static std::uint64_t fnv(std::uint64_t h, const std::string& text) {
  for (const unsigned char byte : text) h = (h ^ byte) * 0x100000001B3ull;
  return h;
}

std::vector<std::string> pseudonyms(const std::vector<std::string>& users, const std::string& salt, long long min_digits) {
  const std::uint64_t prefix = fnv(0xCBF29CE484222325ull, salt + ":");
  std::vector<std::uint64_t> hashes;
  hashes.reserve(users.size());
  for (const std::string& user : users) {
    std::uint64_t h = fnv(prefix, user);
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBull;
    hashes.push_back(h ^ (h >> 31));
  }

  std::vector<std::uint64_t> sorted = hashes;
  std::sort(sorted.begin(), sorted.end());
  int digits = static_cast<int>(min_digits);
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const std::uint64_t differ = sorted[i - 1] ^ sorted[i];
    while (differ != 0 && (differ >> (64 - 4 * digits)) == 0) ++digits;
  }

  std::vector<std::string> tokens;
  tokens.reserve(users.size());
  for (const std::uint64_t h : hashes) {
    std::string token;
    for (int i = 0; i < digits; ++i) token += "0123456789abcdef"[(h >> (60 - 4 * i)) & 15];
    tokens.push_back(std::move(token));
  }
  return tokens;
}
