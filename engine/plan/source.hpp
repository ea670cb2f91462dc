// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's own table in place of a simulated source: columns take the roles that the simulated
// ones have, and `day` is made from `time` where it is missing.
#pragma once

#include <map>

#include "engine/plan/plan.hpp"

namespace rehearse::plan {

// A file that may stand in for a source: its column `time`, where there is one, holds times.
// Errors: as read_table.
Result<Frame> read_replacement(const std::string& path);

// Errors: a column of the source's schema is missing, a label that is not 0 or 1.
Result<Frame> adopt(const Frame& table, const Source& source);

// The user's tables of one run, each in place of one result of a node; other results of that node
// stay what the step makes.
class GivenTables {
 public:
  struct Given {
    ArtifactPtr artifact;
    std::uint64_t hash = 0;  // of its rows
  };
  // Whether the table knows a truth. Errors: no such source, those of adopt.
  Result<bool> add(const Plan& plan, const std::string& source, const Frame& table);
  const Given* at(const Ref& ref) const;  // null where nothing was given
  bool any_of(std::size_t node) const;
  // The results of a node with those that were given in their places.
  std::shared_ptr<const Outputs> placed(std::size_t node, Outputs outputs) const;

 private:
  std::map<std::pair<int, int>, Given> given_;  // by node and result
};

}  // namespace rehearse::plan
