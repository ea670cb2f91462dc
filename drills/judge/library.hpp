// SPDX-License-Identifier: GPL-3.0-or-later
//
// Library: the drills that are there, built-in ones first, then the user's own.
//
// A drill is `<folder>/<category>/<id>.lua` (or `<folder>/<id>.lua`). Finding drills reads names
// only; a drill is executed when it is asked for, and the outcome is cached by the file's hash.
#pragma once

#include <string>
#include <vector>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

class Library {
 public:
  struct Entry {
    std::string id;        // the file's stem
    std::string category;  // the folder's name, or ""
    std::string path;
  };

  // `folders` in order of precedence; a folder that is not there is skipped.
  // Errors: two files with the same id (both are named).
  static Result<Library> open(const std::vector<std::string>& folders, Workshop workshop = {});
  // For a window that must not stay shut: of two files with one id the first is there, and
  // `problems` has what `open` would have failed with.
  static Library open_all(const std::vector<std::string>& folders, Workshop workshop,
                          std::vector<Error>& problems);

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view id) const;

  // By id, or by a path to a file. Errors: no such drill (near names are offered), or its file is
  // wrong.
  Result<Drill> load(const std::string& id_or_path) const;

  const Workshop& workshop() const { return workshop_; }

 private:
  std::vector<Entry> entries_;
  Workshop workshop_;
};

}  // namespace rehearse::judge
