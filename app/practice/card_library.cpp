// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/card_library.hpp"

#include <algorithm>
#include <filesystem>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestTable = 4 << 20;

Result<toml::table> load_toml(const std::string& path) {
  auto text = read_file(path, kLargestTable);
  if (!text) return fail(text.error());
  toml::parse_result parsed = toml::parse(*text);
  if (!parsed)
    return fail(Code::bad_data, "{}:{}: {}", path, parsed.error().source().begin.line,
                parsed.error().description());
  return std::move(parsed).table();
}

std::vector<std::string> card_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error))
    if (entry.path().extension() == ".md" && entry.path().filename() != "README.md")
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

CardLibrary CardLibrary::open(const std::vector<std::string>& folders) {
  CardLibrary library;
  for (const std::string& folder : folders) {
    for (const std::string& path : card_files(folder)) {
      auto card = load_card(path);
      if (!card) {
        library.problems_.push_back(card.error());
      } else if (const Card* other = library.find(card->id)) {
        library.problems_.push_back(
            {Code::bad_data,
             fmt::format("the card `{}` stands in two files: {} and {}; rename one of them",
                         card->id, other->path, path)});
      } else {
        library.cards_.push_back(std::move(*card));
      }
    }
    library.read_formulas(folder);
  }
  std::stable_sort(library.cards_.begin(), library.cards_.end(), [](const Card& a, const Card& b) {
    return std::tie(a.topic, a.title) < std::tie(b.topic, b.title);
  });
  return library;
}

void CardLibrary::read_formulas(const std::string& folder) {
  std::error_code error;
  const std::string path = folder + "/formulas.toml";
  if (!fs::exists(path, error)) return;
  auto table = load_toml(path);
  if (!table) {
    problems_.push_back(table.error());
    return;
  }
  for (const auto& [name, node] : *table) {
    const toml::table* fields = node.as_table();
    if (!fields) continue;
    const std::string picture = folder + "/formulas/" + std::string(name.str()) + ".svg";
    formulas_[std::string(name.str())] = {(*fields)["tex"].value_or(std::string()),
                                          (*fields)["alt"].value_or(std::string()),
                                          fs::exists(picture, error) ? picture : ""};
  }
}

const Card* CardLibrary::find(std::string_view id) const {
  for (const Card& card : cards_)
    if (card.id == id) return &card;
  return nullptr;
}

Result<std::vector<InventoryEntry>> load_inventory(const std::string& path) {
  auto table = load_toml(path);
  if (!table) return fail(table.error());
  std::vector<InventoryEntry> entries;
  for (const auto& [id, node] : *table) {
    const toml::table* fields = node.as_table();
    if (!fields)
      return fail(Code::bad_data, "{}: `{}` is not a table with kind and label", path,
                  std::string(id.str()));
    entries.push_back({std::string(id.str()), (*fields)["kind"].value_or(std::string()),
                       (*fields)["section"].value_or(std::string()),
                       (*fields)["label"].value_or(std::string())});
  }
  return entries;
}

}  // namespace rehearse::practice
