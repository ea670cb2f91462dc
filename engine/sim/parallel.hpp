// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work on disjoint ranges by several threads: `work(begin, end)` may write only what belongs to its
// range, so that the number of threads never shows.
#pragma once

#include <cstddef>
#include <thread>
#include <vector>

namespace rehearse::sim {

template <class Work>
void in_parallel(std::size_t count, unsigned threads, const Work& work) {
  if (threads <= 1) return work(0, count);
  std::vector<std::jthread> pool;
  for (unsigned t = 0; t < threads; ++t)
    pool.emplace_back([&, t] { work(count * t / threads, count * (t + 1) / threads); });
}

}  // namespace rehearse::sim
