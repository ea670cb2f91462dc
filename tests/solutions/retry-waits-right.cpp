// rehearse: retry-waits
// The state before draw i is client + i * gamma, so each wait is a function of i alone; no generator is carried along.
#include <algorithm>
#include <cstdint>
#include <vector>

static std::uint64_t draw(std::uint64_t client, std::uint64_t i) {
  std::uint64_t z = client + (i + 1) * 0x9E3779B97F4A7C15ull;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

std::vector<long long> retry_waits(long long client, long long base_ms, long long cap_ms, long long retries, long long budget_ms) {
  std::vector<long long> waits;
  for (long long i = 0; i < retries; ++i) {
    // Both are at most 2^30: from 30 doublings on, the cap decides.
    const long long ceiling = i < 30 ? std::min(base_ms << i, cap_ms) : cap_ms;
    const std::uint64_t z = draw(static_cast<std::uint64_t>(client), static_cast<std::uint64_t>(i));
    const auto wait = static_cast<long long>(((z >> 32) * static_cast<std::uint64_t>(ceiling + 1)) >> 32);
    if (wait > budget_ms) break;
    budget_ms -= wait;
    waits.push_back(wait);
  }
  return waits;
}
