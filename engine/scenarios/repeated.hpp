// SPDX-License-Identifier: GPL-3.0-or-later
//
// Repetitions run by several threads, in the order of their numbers, each once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace rehearse::scenarios {

// work(r) for r = 0 … count - 1 on `threads` threads (0: as many as the machine has), until one
// returns false: repetitions that were begun are finished, so all before it are done.
template <class Work>
void repeat_in_parallel(std::uint64_t count, unsigned threads, const Work& work) {
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> stop{false};
  const auto each = [&] {
    for (std::uint64_t r = next++; r < count && !stop; r = next++)
      if (!work(r)) stop = true;
  };
  const unsigned wanted = threads ? threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < std::min<std::uint64_t>(wanted, count); ++t) others.emplace_back(each);
  each();
}

}  // namespace rehearse::scenarios
