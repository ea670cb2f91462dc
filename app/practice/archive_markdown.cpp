// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/archive_markdown.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace rehearse::practice {
namespace {

constexpr std::string_view kCardMark = "<!-- rehearse card: ";
constexpr std::string_view kNoLineEnd = " (no line end)";
constexpr std::string_view kMarkEnd = " -->";

// One row by the names of its columns.
class RowView {
 public:
  RowView(const TableRows& table, const std::vector<Cell>& row) : table_(table), row_(row) {}
  std::string text(const char* column) const {
    const Cell& cell = at(column);
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{}", *real);
    const auto* held = std::get_if<std::string>(&cell);
    return held ? *held : "";
  }
  std::int64_t whole(const char* column) const {
    const auto* value = std::get_if<std::int64_t>(&at(column));
    return value ? *value : 0;
  }
  std::string date(const char* column) const {
    return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(static_cast<std::time_t>(whole(column))));
  }
  std::string duration(const char* column) const {
    return fmt::format("{}:{:02}", whole(column) / 60, whole(column) % 60);
  }

 private:
  const Cell& at(const char* column) const {
    static const Cell none;
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), column);
    return found == table_.columns.end()
               ? none
               : row_[static_cast<std::size_t>(found - table_.columns.begin())];
  }
  const TableRows& table_;
  const std::vector<Cell>& row_;
};

std::string in_table(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("|\n\r", at)) != text.npos; at += 1)
    text[at] = text[at] == '|' ? '/' : ' ';
  return text;
}

void add_table(const Archive& archive, const char* name, const std::string& heading,
               const std::string& header, std::string (*line)(const RowView&), std::string& text) {
  for (const TableRows& table : archive.tables) {
    if (table.name != name || table.rows.empty()) continue;
    text += "\n## " + heading + "\n\n" + header + "\n|";
    for (auto bars = std::count(header.begin(), header.end(), '|'); bars > 1; --bars)
      text += "---|";
    text += "\n";
    for (const std::vector<Cell>& row : table.rows) text += line(RowView(table, row)) + "\n";
  }
}

std::string attempt_line(const RowView& row) {
  return fmt::format("| {} | {} | {} | {} | {} of {} | {} | {} |", row.date("submitted_at"),
                     in_table(row.text("drill")), in_table(row.text("language")),
                     in_table(row.text("verdict")), row.whole("passed"), row.whole("total"),
                     row.duration("elapsed_s"), row.whole("hints"));
}

std::string run_line(const RowView& row) {
  return fmt::format("| {} | {} | {} | {} |", row.date("ended_at"), in_table(row.text("design")),
                     row.whole("reached") ? "reached" : "not reached", row.duration("elapsed_s"));
}

std::string review_line(const RowView& row) {
  constexpr const char* kGrades[] = {"?", "forgot", "recalled, hard", "recalled", "easy"};
  const auto rating = row.whole("rating");
  return fmt::format("| {} | {} | {} |", row.date("reviewed_at"), in_table(row.text("card")),
                     kGrades[rating >= 1 && rating <= 4 ? rating : 0]);
}

// Longer than any fence inside.
std::string fence_for(const std::string& text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  return std::string(longest + 1, '`');
}

bool is_card(const OwnFile& file) {
  return file.path.rfind("content/", 0) == 0 && file.path.ends_with(".md");
}

}  // namespace

std::string to_markdown(const Archive& archive) {
  std::string text = "# Rehearse\n\nTimes are UTC.\n";
  add_table(archive, "attempts", "Attempts",
            "| when | drill | language | verdict | cases | time | hints |", attempt_line, text);
  add_table(archive, "design_runs", "Challenges", "| when | design | goal | time |", run_line,
            text);
  add_table(archive, "reviews", "Cards reviewed", "| when | card | grade |", review_line, text);
  bool first = true;
  for (const OwnFile& file : archive.files) {
    if (!is_card(file)) continue;
    if (std::exchange(first, false))
      text += "\n## Your cards\n\n`rehearse import` reads them from this page.\n";
    const bool ended = file.content.ends_with('\n');
    const std::string fence = fence_for(file.content);
    text += fmt::format("\n{}{}{}{}\n{}\n{}{}{}\n", kCardMark, file.path, ended ? "" : kNoLineEnd,
                        kMarkEnd, fence, file.content, ended ? "" : "\n", fence);
  }
  return text;
}

Result<std::vector<OwnFile>> cards_in_markdown(const std::string& text, const std::string& name) {
  std::vector<OwnFile> files;
  const std::string mark = "\n" + std::string(kCardMark);
  for (std::size_t at = text.find(mark); at != text.npos;) {
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 2;
    const std::size_t path_from = at + mark.size(), path_end = text.find(kMarkEnd, path_from);
    const std::size_t open = text.find('\n', path_from);
    if (path_end == text.npos || open == text.npos || path_end > open)
      return fail(Code::bad_data, "{}:{}: the mark of a card is torn", name, line);
    std::string path = text.substr(path_from, path_end - path_from);
    const bool ended = !path.ends_with(kNoLineEnd);
    if (!ended) path.resize(path.size() - kNoLineEnd.size());
    const std::size_t fence_end = text.find('\n', open + 1);
    const std::string fence =
        fence_end == text.npos ? "" : text.substr(open + 1, fence_end - open - 1);
    const std::size_t close = fence.size() < 3 || fence.find_first_not_of('`') != fence.npos
                                  ? text.npos
                                  : text.find("\n" + fence + "\n", fence_end);
    if (close == text.npos)
      return fail(Code::bad_data, "{}:{}: the fence of the card {} is not closed", name, line + 1,
                  path);
    std::string content =
        close == fence_end ? "" : text.substr(fence_end + 1, close - fence_end - 1);
    if (ended) content += '\n';
    files.push_back({std::move(path), std::move(content)});
    at = text.find(mark, close + fence.size() + 1);
  }
  if (files.empty())
    return fail(Code::bad_data,
                "{} holds no card of Rehearse's; a history in Markdown is for reading, and "
                "`rehearse export FILE.json` brings all of it back",
                name);
  return files;
}

}  // namespace rehearse::practice
