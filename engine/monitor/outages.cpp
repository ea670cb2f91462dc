// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/outages.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::monitor {

PageVerdict::PageVerdict() {
  precision = recall = delay = std::numeric_limits<double>::quiet_NaN();
}

Result<std::vector<Outage>> outages_of(const Frame& stream) {
  auto column = stream.require("outage");
  if (!column) return fail(column.error());
  if ((*column)->numeric())
    return fail(Code::bad_data, "the column `outage` holds numbers; it should name the outage");
  const Column* harmful = stream.find("harmful");
  std::vector<Outage> outages;
  std::string_view before;
  for (std::size_t row = 0; row < stream.rows(); ++row) {
    const std::string_view now = (*column)->text(row);
    if (!now.empty() && now != before)
      outages.push_back({std::string(now), row, row + 1, !harmful || harmful->number(row) == 1});
    else if (!now.empty())
      outages.back().end = row + 1;
    before = now;
  }
  return outages;
}

const Outage* outage_at(std::span<const Outage> outages, std::size_t bucket, double grace) {
  const Outage* found = nullptr;
  for (const Outage& one : outages) {
    const bool holds =
        bucket >= one.begin && static_cast<double>(bucket) < static_cast<double>(one.end) + grace;
    if (holds && (!found || one.harmful || !found->harmful)) found = &one;
  }
  return found;
}

PageVerdict judge_pages(std::span<const std::size_t> pages, std::span<const Outage> outages,
                        double grace) {
  PageVerdict verdict;
  std::vector<bool> caught(outages.size(), false);
  double waited = 0;
  for (const std::size_t page : pages) {
    verdict.pages += 1;
    const Outage* about = outage_at(outages, page, grace);
    if (!about || !about->harmful) {
      verdict.useless += 1;
      continue;
    }
    const auto index = static_cast<std::size_t>(about - outages.data());
    if (caught[index]) continue;
    caught[index] = true, waited += static_cast<double>(page - about->begin);
    verdict.first_pages.emplace_back(index, page);
  }
  for (std::size_t i = 0; i < outages.size(); ++i)
    verdict.harmful += outages[i].harmful, verdict.caught += caught[i];
  if (verdict.pages > 0) verdict.precision = 1 - verdict.useless / verdict.pages;
  if (verdict.harmful > 0) verdict.recall = verdict.caught / verdict.harmful;
  if (verdict.caught > 0) verdict.delay = waited / verdict.caught;
  return verdict;
}

}  // namespace rehearse::monitor
