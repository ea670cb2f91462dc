// SPDX-License-Identifier: GPL-3.0-or-later
//
// The designs there are: every *.lua of the given folders, in order of id. Nothing about a built-in
// file is privileged; a file that does not trace is listed with its error and hides no other.
#pragma once

#include <string>
#include <vector>

#include "engine/plan/plan.hpp"

namespace rehearse::trace {

struct DesignEntry {
  std::string id, path;
  std::string title, asks;  // empty where the file does not trace
  std::vector<std::string> covers;
  std::vector<std::string> chapters;
  std::string challenge;
  std::string error;
  bool incident = false;  // it is played (engine/triage)
};

class DesignLibrary {
 public:
  // Folders that do not exist are left out. Error: an id stands in two folders (both are named).
  static Result<DesignLibrary> open(const std::vector<std::string>& folders);
  // For a window that must not stay shut: of two files with one id the first is there, and
  // `problems` has what `open` would have failed with.
  static DesignLibrary open_all(const std::vector<std::string>& folders,
                                std::vector<Error>& problems);

  // Reads one file again, or for the first time; its place is by id. Error: the id stands in
  // another file.
  Result<void> read(const std::string& path);
  // Forgets a file; nothing happens where it is not known.
  void forget(const std::string& path);

  const std::vector<DesignEntry>& designs() const { return designs_; }
  const DesignEntry* find(std::string_view id) const;
  // An id of the library or a path to a file; the error lists the nearest id.
  Result<std::string> path_of(const std::string& id_or_file) const;

 private:
  std::vector<DesignEntry> designs_;
};

}  // namespace rehearse::trace
