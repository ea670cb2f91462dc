// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/languages.hpp"

#include <algorithm>

namespace rehearse::judge {

// One line per language; each is defined in a file of its own.
Language lua_language();
Language python_language();
Language cpp_language();

const std::vector<Language>& languages() {
  static const std::vector<Language> kAll = {lua_language(), python_language(), cpp_language()};
  return kAll;
}

const Language* find_language(std::string_view id) {
  for (const Language& language : languages()) {
    if (language.id == id) return &language;
  }
  return nullptr;
}

const Language* language_of_path(std::string_view path) {
  for (const Language& language : languages()) {
    if (path.ends_with(language.extension)) return &language;
  }
  return nullptr;
}

Result<std::string> starter(const Signature& signature, std::string_view language) {
  if (const Language* found = find_language(language)) return found->starter(signature);
  std::string known;
  for (const Language& one : languages()) known += (known.empty() ? "" : ", ") + one.id;
  return fail(Code::unsupported, "there is no language `{}` here; known are {}", language, known);
}

}  // namespace rehearse::judge
