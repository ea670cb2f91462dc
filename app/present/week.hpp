// SPDX-License-Identifier: GPL-3.0-or-later
//
// Week: what was done on each of the last seven days, and how many days in a row.
#pragma once

#include <QDate>
#include <QString>
#include <array>

#include "app/present/progress.hpp"

namespace rehearse::present {

struct DayDone {
  QDate day;
  int submissions = 0, reviews = 0, designs = 0;
  int total() const { return submissions + reviews + designs; }
};

struct Week {
  std::array<DayDone, 7> days;  // the last one is the day of `now`
  // Days in a row up to today on which something was done; a day that is not over breaks nothing.
  int streak = 0;
};
Week weekOf(const ProgressInput& input);

// "12 submissions, 34 cards, 2 challenges; 3 days in a row."
QString weekWords(const Week& week);
// "Monday: 2 submissions, 10 cards."
QString dayWords(const DayDone& day);

}  // namespace rehearse::present
