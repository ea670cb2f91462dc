// rehearse: longest-balanced
//
// The lead of the ones stays between -n and n, so a plain array can remember where each lead was
// first seen. Two places with the same lead have a balanced stretch between them.
#include <algorithm>
#include <vector>

long long longest_balanced(const std::vector<long long>& bits) {
  const auto n = static_cast<long long>(bits.size());
  constexpr long long kUnseen = -1;
  std::vector<long long> first(2 * n + 1, kUnseen);
  long long lead = n;  // shifted by n, so that it is an index
  long long longest = 0;
  first[lead] = 0;
  for (long long read = 1; read <= n; ++read) {
    lead += bits[read - 1] == 1 ? 1 : -1;
    if (first[lead] == kUnseen) {
      first[lead] = read;
    } else {
      longest = std::max(longest, read - first[lead]);
    }
  }
  return longest;
}
