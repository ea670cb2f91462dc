// SPDX-License-Identifier: GPL-3.0-or-later
//
// Progress: what was done, as figures: attempts and reviews by day, accuracy and time by category
// and by drill. Pure functions of the database's rows and the time; days are the reader's own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/practice/attempts.hpp"
#include "app/practice/reviews.hpp"
#include "engine/base/document.hpp"

namespace rehearse::present {

class AppContext;

struct ProgressInput {
  std::vector<practice::Attempt> attempts;
  std::vector<practice::ReviewRow> reviews;
  std::vector<practice::DesignRun> designRuns;
  // Category of each drill there is.
  std::map<std::string, std::string> categories;
  std::map<std::string, std::string> incidents;  // title of each incident there is, by id
  std::size_t drillCount = 0, designCount = 0, cardCount = 0, cardsMet = 0;
  std::int64_t now = 0;      // seconds since 1970 UTC
  int utcOffsetSeconds = 0;  // of the reader's days

  bool empty() const { return attempts.empty() && reviews.empty() && designRuns.empty(); }
};

// Everything above from the database and the libraries. Errors: the database cannot be read.
Result<ProgressInput> readProgress(AppContext& context);

// Kind number: drills accepted, share of attempts accepted, cards met, share recalled.
Figure keyNumbers(const ProgressInput& input);
// Kind line over the last `days` days: submitted and accepted. A day without attempts is 0.
Figure attemptsByDay(const ProgressInput& input, int days = 28);
// The same for reviews: all, and those recalled.
Figure reviewsByDay(const ProgressInput& input, int days = 28);
// Kind table: a row a category with drills accepted, attempts, share accepted, median minutes of
// accepted attempts.
Figure byCategory(const ProgressInput& input);
// Kind table: a row a drill that was tried, newest first.
Figure byDrill(const ProgressInput& input);
// Kind table: a row an incident that was played, newest first, with the best points of 100.
Figure byIncident(const ProgressInput& input);

}  // namespace rehearse::present
