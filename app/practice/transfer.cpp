// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/transfer.hpp"

#include <filesystem>

#include "app/practice/anki.hpp"
#include "app/practice/archive_csv.hpp"
#include "app/practice/archive_json.hpp"
#include "app/practice/archive_markdown.hpp"
#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr const char* kForms = "the forms are FILE.json, FOLDER.csv, FILE.md and FILE.apkg";
constexpr std::size_t kLargestImport = std::size_t{1} << 30;

// As a shell completes the name of a folder.
std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string form_of(const std::string& path) {
  return fs::path(without_slash(path)).extension().string();
}

// Every card with its file, the product's and the user's.
Result<std::vector<CardFile>> card_files_of(const CardLibrary& library, const Home& home) {
  std::vector<CardFile> files;
  for (const Card& card : library.cards()) {
    auto text = read_file(card.path);
    if (!text) return fail(text.error());
    const bool own = card.path.rfind(home.user_content + "/", 0) == 0;
    const std::string root = own ? home.user_content : home.builtin + "/content";
    files.push_back({&card,
                     {"content/" + fs::path(card.path).lexically_relative(root).generic_string(),
                      std::move(*text)}});
  }
  return files;
}

Result<ExportReport> export_cards(const Home& home, const std::string& path, std::int64_t now) {
  const auto library = CardLibrary::open({home.builtin + "/content", home.user_content});
  auto files = card_files_of(library, home);
  if (!files) return fail(files.error());
  if (auto written = write_apkg(*files, library, path, now); !written) return fail(written.error());
  return ExportReport{0, 0, files->size()};
}

Result<Archive> only_files(Result<std::vector<OwnFile>> files) {
  if (!files) return fail(files.error());
  Archive archive;
  archive.files = std::move(*files);
  return archive;
}

Result<Archive> read_form(const std::string& path) {
  const std::string form = form_of(path);
  std::error_code error;
  if (form == ".csv" || fs::is_directory(path, error)) return read_csv_folder(path);
  if (form == ".apkg") return only_files(read_apkg(path));
  if (form != ".json" && form != ".md")
    return fail(Code::invalid_argument, "{}: this is no form that is known; {}", path, kForms);
  auto text = read_file(path, kLargestImport);
  if (!text) return fail(text.error());
  return form == ".json" ? archive_from_json(*text, path)
                         : only_files(cards_in_markdown(*text, path));
}

}  // namespace

Result<ExportReport> export_to(const Database& database, const Home& home, const std::string& path,
                               bool overwrite, std::int64_t now) {
  const std::string form = form_of(path);
  if (form != ".json" && form != ".csv" && form != ".md" && form != ".apkg")
    return fail(Code::invalid_argument, "{}: this is no form that is known; {}", path, kForms);
  std::error_code error;
  if (form != ".csv" && fs::exists(path, error) && !overwrite)
    return fail(Code::invalid_argument, "{} exists; name another, or add --force to replace it",
                path);
  if (form == ".apkg") return export_cards(home, path, now);
  auto archive = read_archive(database, home.data);
  if (!archive) return fail(archive.error());
  const auto written = form == ".csv"  ? write_csv_folder(*archive, without_slash(path))
                       : form == ".md" ? write_file(path, to_markdown(*archive))
                                       : write_file(path, to_json_text(*archive));
  if (!written) return fail(written.error());
  ExportReport report{0, archive->files.size(), 0};
  for (const TableRows& table : archive->tables) report.rows += table.rows.size();
  return report;
}

Result<ImportReport> import_from(Database& database, const Home& home, const std::string& path,
                                 bool replace, std::int64_t now) {
  auto archive = read_form(path);
  if (!archive) return fail(archive.error());
  return at(path, import_archive(database, *archive, {home.data, home.builtin, replace}, now));
}

}  // namespace rehearse::practice
