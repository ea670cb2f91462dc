// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/drills_common.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "drills/judge/languages.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {
constexpr std::size_t kLargestSubmission = 1 << 20;
}

judge::Workshop workshop(const Context& context) {
  return {"", (std::filesystem::path(context.home.cache) / "judge").string()};
}

Result<judge::Library> open_drills(const Context& context) {
  std::vector<std::string> folders = {
      (std::filesystem::path(context.home.builtin) / "drills").string(), context.home.user_drills};
  // Further folders, separated as PATH is.
  if (const char* more = std::getenv("REHEARSE_DRILLS")) {
    std::istringstream list(more);
    for (std::string folder; std::getline(list, folder, ':');) {
      if (folder.empty()) continue;
      std::error_code error;
      if (!std::filesystem::is_directory(folder, error))
        return fail(Code::not_found,
                    "REHEARSE_DRILLS names {}, which is no folder; mend or unset it", folder);
      folders.push_back(folder);
    }
  }
  return judge::Library::open(folders, workshop(context));
}

std::vector<std::string> set_files(const Context& context) {
  return {context.home.builtin + "/drills/sets.toml", context.home.user_drills + "/sets.toml"};
}

std::string own_cases_folder(const Context& context) { return context.home.data + "/cases"; }

Result<judge::Submission> read_submission(const std::string& path, const std::string& language) {
  if (std::error_code error; std::filesystem::is_directory(path, error))
    return fail(Code::invalid_argument, "{} is a folder; name a solution in it", path);
  if (std::error_code error; !std::filesystem::exists(path, error))
    return fail(Code::not_found, "cannot read `{}`: No such file or directory", path);
  const judge::Language* by_path = judge::language_of_path(path);
  if (language.empty() && !by_path)
    return fail(Code::invalid_argument,
                "{}: the language is not known by this ending; name it with --lang (see `rehearse "
                "languages`)",
                path);
  if (!language.empty() && !judge::find_language(language))
    return fail(Code::invalid_argument,
                "--lang {}: not a language of this judge; see `rehearse languages`", language);
  auto text = read_file(path, kLargestSubmission);
  if (!text) return fail(text.error());
  return judge::Submission{path, language.empty() ? by_path->id : language, std::move(*text)};
}

}  // namespace rehearse::cli
