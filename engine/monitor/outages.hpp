// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages held against what really happened: which meant something, which outages were seen, and how
// late. Time is the index of a bucket (a minute, an hour). A page is true when it falls into a
// harmful outage or at most `grace` after its end; one about a harmless outage is useless, since
// nobody should have been called.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::monitor {

struct Outage {
  std::string name;
  std::size_t begin = 0, end = 0;  // buckets [begin, end)
  bool harmful = true;
};

// Runs of equal text in the column `outage`; `harmful` (boolean) where there is such a column.
// Errors: no text column `outage`.
Result<std::vector<Outage>> outages_of(const Frame& stream);

// The one that a page at `bucket` speaks of: the latest begun whose time, with its grace, holds it;
// a harmful one before a harmless one. Null where there is none. O(outages).
const Outage* outage_at(std::span<const Outage> outages, std::size_t bucket, double grace);

struct PageVerdict {
  double pages = 0, useless = 0, caught = 0, harmful = 0;
  // Undefined (NaN) without pages, without harmful outages, with none caught.
  double precision, recall, delay;  // delay: mean buckets from begin to first page
  std::vector<std::pair<std::size_t, std::size_t>> first_pages;  // index of the outage, its bucket
  PageVerdict();
};
// Pages ascending. O(pages · outages).
PageVerdict judge_pages(std::span<const std::size_t> pages, std::span<const Outage> outages,
                        double grace);

}  // namespace rehearse::monitor
