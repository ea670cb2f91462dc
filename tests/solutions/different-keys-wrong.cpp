// rehearse: different-keys
// expect: TLE
// The library's table takes remainders by well-known primes; chosen keys all fall into one bucket.
#include <unordered_set>
#include <vector>

long long different_keys(const std::vector<long long>& keys) {
  return static_cast<long long>(std::unordered_set<long long>(keys.begin(), keys.end()).size());
}
