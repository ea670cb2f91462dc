// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sets: drills that belong together, from drills/sets.toml of the product and of the user, and the
// day's own set, which mixes what is due again with what is new.
//
// A drill is remembered like a card: each attempt is a review of it (FSRS-6, fsrs.hpp). Accepted
// within the drill's minutes without a hint is Recalled, with hints or late is Hard, refused is
// Forgot.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/practice/attempts.hpp"
#include "app/practice/fsrs.hpp"

namespace rehearse::practice {

struct DrillSet {
  std::string id, title, about;
  bool pattern = false;  // one pattern, from easy to hard: new drills of a day come from these
  int minutes = 0;       // of one sitting; 0: as long as it takes
  std::vector<std::string> drills;
};

// The sets of these files in order; a file that is not there is passed over.
// Errors: no TOML, a set without id, title or drills, an id twice (file:line).
Result<std::vector<DrillSet>> load_drill_sets(const std::vector<std::string>& paths);

// What the attempts say of each drill's memory; oldest attempt first. `minutes` of the drills that
// are known; others count as in time.
std::map<std::string, MemoryState> drill_memories(const std::vector<Attempt>& attempts,
                                                  const std::map<std::string, double>& minutes);

struct DailySize {
  std::size_t due = 2, fresh = 2;
};

// Due drills, most at risk first, then new ones: from each pattern in turn its first that was never
// tried. What is missing of the one kind is made up by the other. Deterministic.
DrillSet daily_set(const std::vector<DrillSet>& sets,
                   const std::map<std::string, MemoryState>& memories, std::int64_t now,
                   const DailySize& size = {});

// The same for a whole day of local time: from the attempts of the days before, with everything that
// falls due before midnight. It stays as it is while its drills are being solved.
DrillSet set_of_the_day(const std::vector<DrillSet>& sets, const std::vector<Attempt>& attempts,
                        const std::map<std::string, double>& minutes, std::int64_t now);

}  // namespace rehearse::practice
