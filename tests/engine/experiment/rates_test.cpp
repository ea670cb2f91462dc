// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/experiment/rates.hpp"

#include <catch2/catch.hpp>

using namespace rehearse::experiment;

TEST_CASE("rates: honest tests keep their size and their coverage, the others do not") {
  constexpr int kReplicates = 300;
  const double spread = std::sqrt(0.05 * 0.95 / kReplicates);
  for (const rates::Study& study : rates::studies()) {
    INFO(study.name);
    const rates::Measured measured = rates::measure(study, kReplicates);
    if (study.honest) {
      CHECK(measured.false_alarms < 0.05 + 3.5 * spread);
      if (study.interval) CHECK(measured.coverage > 0.95 - 4 * spread);
    } else {
      CHECK(measured.false_alarms > 0.05 + 5 * spread);
    }
  }
}
