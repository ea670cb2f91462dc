// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ratings_file.hpp"

#include <algorithm>

#include "app/analysis/analysis.hpp"

namespace rehearse::cli {
namespace {

// The first line that is not blank, without a byte order mark.
std::string first_line(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string::npos) return {};
  std::string line = text.substr(begin, text.find('\n', begin) - begin);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

std::vector<std::string> cells_of(const std::string& line, char separator) {
  std::vector<std::string> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(separator, begin), line.size());
    std::string cell = line.substr(begin, end - begin);
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
      cell = cell.substr(1, cell.size() - 2);
    cells.push_back(std::move(cell));
    begin = end + 1;
  }
  return cells;
}

// A rating that is no number, under ids that are none either. `nan` is the number of a bad row, and
// so is a word behind ids that are numbers.
bool is_header(const std::vector<std::string>& cells) {
  const auto number = [](const std::string& cell) {
    return analysis::parsed_number(cell).has_value();
  };
  return !number(cells[2]) && !cells[2].empty() && !number(cells[0]) && !number(cells[1]);
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// A header that says `item` where the user is taken from would be trained on silently.
Result<void> check_order(const std::string& path, const recommend::RatingColumns& columns) {
  const auto speaks_of = [](const std::string& name, const char* what) {
    return lower(name).rfind(what, 0) == 0;
  };
  if (!speaks_of(columns.user, "item") && !speaks_of(columns.item, "user") &&
      !speaks_of(columns.user, "rating") && !speaks_of(columns.item, "rating"))
    return {};
  return fail(Code::bad_data,
              "{}: columns are taken in the order user, item, rating, and the header says `{}`, "
              "`{}`, `{}`; name them with --user, --item and --rating",
              path, columns.user, columns.item, columns.rating);
}

Result<recommend::RatingColumns> columns_in(const std::string& path,
                                            const std::vector<std::string>& names, bool named,
                                            const RatingsFlags& flags) {
  recommend::RatingColumns columns{names[0], names[1], names[2]};
  const bool in_order = flags.user.empty() && flags.item.empty() && flags.rating.empty();
  if (!in_order && !named)
    return fail(
        Code::invalid_argument,
        "{}: --user, --item and --rating name columns of a header, and there is none; leave "
        "them out to take the columns in the order user, item, rating",
        path);
  if (!flags.user.empty()) columns.user = flags.user;
  if (!flags.item.empty()) columns.item = flags.item;
  if (!flags.rating.empty()) columns.rating = flags.rating;
  if (!in_order || !named) return columns;
  if (auto fine = check_order(path, columns); !fine) return fail(fine.error());
  return columns;
}

Result<RatingsFile> read_lines_of_json(const std::string& text, const std::string& path,
                                       const RatingsFlags& flags) {
  RatingsFile file;
  file.columns = {flags.user.empty() ? "user" : flags.user,
                  flags.item.empty() ? "item" : flags.item,
                  flags.rating.empty() ? "rating" : flags.rating};
  ReadOptions options;
  options.skip_bad = flags.reading.skip_bad;
  auto table = parse_jsonl(text, options, path);
  if (!table) return fail(table.error());
  file.frame = std::move(table->frame);
  return file;
}

}  // namespace

Result<RatingsFile> read_ratings(const Context& context, const std::string& path,
                                 const RatingsFlags& flags) {
  auto text = read_file(path);
  if (!text) return fail(text.error());
  const std::string line = first_line(*text);
  if (line.empty())
    return fail(Code::bad_data, "{}: there are no rows; user, item and rating are due", path);
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson") || line.front() == '{')
    return read_lines_of_json(*text, path, flags);
  ReadOptions options;
  options.skip_bad = flags.reading.skip_bad;
  options.separator = line.find('\t') != std::string::npos ? '\t' : ',';
  std::vector<std::string> names = cells_of(line, options.separator);
  if (names.size() < 3)
    return fail(Code::bad_data,
                "{}: the first line has {} column{}; user, item and rating are due, separated by "
                "tabs or commas",
                path, names.size(), names.size() == 1 ? "" : "s");
  options.header = is_header(names);
  if (!options.header)
    for (std::size_t c = 0; c < names.size(); ++c) names[c] = fmt::format("c{}", c + 1);
  RatingsFile file;
  auto columns = columns_in(path, names, options.header, flags);
  if (!columns) return fail(columns.error());
  file.columns = std::move(*columns);
  options.numbers = {file.columns.rating};
  if (std::find(names.begin(), names.end(), file.columns.rating) == names.end())
    options.numbers = std::vector<std::string>{};  // told by name below, with what there is
  auto table = parse_csv(*text, options, path);
  if (!table) return fail(table.error());
  if (table->skipped)
    context.warn(fmt::format("{}: {} bad rows were left out; the first: {}", path, table->skipped,
                             table->first_skipped));
  file.frame = std::move(table->frame);
  return file;
}

Result<Frame> with_common_names(const RatingsFile& file) {
  Frame frame;
  for (const auto& [name, as] : {std::pair{&file.columns.user, "user"},
                                 {&file.columns.item, "item"},
                                 {&file.columns.rating, "rating"}}) {
    auto column = file.frame.require(*name);
    if (!column) return fail(column.error());
    auto with = frame.with((*column)->renamed(as));
    if (!with) return with;
    frame = std::move(*with);
  }
  return frame;
}

}  // namespace rehearse::cli
