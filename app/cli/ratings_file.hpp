// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ratings as people keep them: user, item, rating and perhaps a time, separated by tabs or commas,
// with or without a header, or one JSON object a line.
#pragma once

#include <string>

#include "app/cli/analyze.hpp"
#include "engine/recommend/ratings.hpp"

namespace rehearse::cli {

struct RatingsFlags {
  std::string user, item, rating;  // columns by name; empty: the first, second and third
  ReadFlags reading;
};

struct RatingsFile {
  Frame frame;
  recommend::RatingColumns columns;  // as they are called in this file
};

// A first line whose first three cells are no numbers is a header. Errors: those of the readers;
// fewer than three columns; a column named by a flag that is not there; a header that names the
// columns in another order than they are taken.
Result<RatingsFile> read_ratings(const Context& context, const std::string& path,
                                 const RatingsFlags& flags);

// The same columns under the names that both files then share.
Result<Frame> with_common_names(const RatingsFile& file);

}  // namespace rehearse::cli
