// SPDX-License-Identifier: GPL-3.0-or-later
//
// MovieLens-100k, split u1, where it lies beside the sources (shared/data/ml-100k, not part of the
// repository): the tests that use it say so and pass where it is absent.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/read.hpp"
#include "engine/recommend/ratings.hpp"

namespace rehearse::recommend {

inline std::optional<std::string> movielens_folder() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  for (fs::path at = REHEARSE_SOURCE_DIR;; at = at.parent_path()) {
    const fs::path folder = at / "shared/data/ml-100k";
    if (fs::exists(folder / "u1.base", ignored) && fs::exists(folder / "u1.test", ignored))
      return folder.string();
    if (at == at.parent_path()) return {};
  }
}

inline Result<RatingSplit> movielens(const std::string& folder) {
  ReadOptions options{.separator = '\t', .header = false};
  options.numbers = {"c3", "c4"};
  Frame tables[2];
  for (const bool test : {false, true}) {
    const std::string path = folder + (test ? "/u1.test" : "/u1.base");
    auto text = read_file(path);
    if (!text) return fail(text.error());
    auto table = parse_csv(*text, options, path);
    if (!table) return fail(table.error());
    tables[test] = std::move(table->frame);
  }
  return split_of(tables[0], "u1.base", tables[1], "u1.test", {"c1", "c2", "c3"});
}

}  // namespace rehearse::recommend
