// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log while it is being made: a vector a column, in order of rows. What nobody asked for stays
// empty. `publish` makes the table of it: roles, units, and the faults of the published columns.
#pragma once

#include "engine/base/stop.hpp"
#include "engine/sim/population.hpp"

namespace rehearse::sim {

struct Columns {
  std::vector<std::int64_t> impression_id, time, arrival;
  std::vector<std::int32_t> session_id, user_id, post_id, day, activity, tenure, votes, affinity,
      platform, country, community, topic, media;
  std::vector<float> age, ranker;
  std::vector<std::uint8_t> position, hour, random_slate, click;
  std::vector<double> probability;  // until the intercept is known: all log-odds beside it

  // Extras, by their enum.
  std::vector<std::int32_t> surface;
  std::vector<std::uint8_t> weekday;
  std::array<std::vector<float>, kExtras> numbers;  // the others
  std::vector<float>& number(Extra e) { return numbers[static_cast<std::size_t>(e)]; }

  std::vector<float> dwell;
  std::vector<std::int32_t> comments;
  std::vector<std::uint8_t> vote, subscribe, report;
  std::vector<double> dwell_positive, dwell_expected, vote_probability, comments_expected,
      subscribe_probability, report_probability;

  void resize(std::size_t rows, const SiteOptions& options);
};

// Adds what the effects bring along to the columns asked for.
ExtraSet columns_of(const SiteOptions& options);

// Errors: none of options that are valid.
Result<Frame> publish(Columns&& columns, const SiteOptions& options, const Population& people);

}  // namespace rehearse::sim
