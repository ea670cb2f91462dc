// SPDX-License-Identifier: GPL-3.0-or-later
//
// Home: where things are. The user's own data lie under the XDG folders, or all under one folder
// where --home or REHEARSE_HOME names it; what ships with the product lies beside the executable.
#pragma once

#include <string>

#include "engine/base/error.hpp"

namespace rehearse::practice {

struct Home {
  std::string data;   // rehearse.db, drills/, designs/, content/
  std::string cache;  // may be deleted at any time
  std::string config;
  std::string builtin;  // drills/, designs/, content/ of the product
  std::string user_drills, user_designs, user_content;

  std::string database() const { return data + "/rehearse.db"; }

  // `folder` may be empty. Makes the data and cache folders. Errors: neither HOME nor a folder is
  // known, a folder cannot be made (with the reason), the product's own files are not found.
  static Result<Home> resolve(const std::string& folder);
};

}  // namespace rehearse::practice
