// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sets of drills as the window offers them: the day's own first, then those of the product's
// and the user's drills/sets.toml, in the order of the files. Read at each call; nothing is kept.
#pragma once

#include <QString>
#include <vector>

#include "app/practice/drill_sets.hpp"

namespace rehearse::present {

class AppContext;

struct SetList {
  // Ids that no drill has are left out, and sets that have none left. Empty without a file.
  std::vector<practice::DrillSet> sets;
  // What is wrong with a file, with its line; the product's sets are there all the same.
  QString error;

  // Nullptr when there is no such set. The day's own is "daily".
  const practice::DrillSet* find(const std::string& id) const;
};
SetList drillSets(AppContext& context);

// "What is due again, and what is new. 4 drills, 75 min."
QString aboutSet(AppContext& context, const practice::DrillSet& set);

}  // namespace rehearse::present
