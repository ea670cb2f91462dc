// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/strip_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/cli/table.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::cli {
namespace {

constexpr std::size_t kCells = 56, kMostEvents = 12;

// A line of a strip over the cells of the common time axis.
struct StripLine {
  std::string strip, group, unit, series;
  std::vector<double> sum = std::vector<double>(kCells, 0), count = std::vector<double>(kCells, 0);
  double low = std::numeric_limits<double>::infinity(), high = -low;
};

struct TimelineText {
  std::vector<StripLine> lines;
  std::map<std::string, std::string> below;  // of a strip: what was shaded, what rang
  std::vector<std::string> events;
  double first = std::numeric_limits<double>::infinity(), last = -first;

  std::size_t cell(double x) const {
    if (!(last > first)) return 0;
    const double at = (x - first) / (last - first) * static_cast<double>(kCells);
    return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(kCells - 1)));
  }
  StripLine& line(const std::string& strip, const std::string& series) {
    for (StripLine& known : lines)
      if (known.strip == strip && known.series == series) return known;
    lines.push_back({});
    lines.back().strip = strip, lines.back().series = series;
    return lines.back();
  }
  std::string& marks(const std::string& strip) {
    return below.emplace(strip, std::string(kCells, ' ')).first->second;
  }
};

// A cell that may be absent: the column itself, or the value.
std::string words_at(const Frame& frame, const char* name, std::size_t row) {
  const Column* column = frame.find(name);
  return column && !column->missing(row) ? column->cell(row) : "";
}

double value_at(const Frame& frame, const char* name, std::size_t row) {
  const Column* column = frame.find(name);
  return column && column->numeric() ? column->number(row) : std::nan("");
}

void note_event(TimelineText& text, const std::string& sentence) {
  if (std::find(text.events.begin(), text.events.end(), sentence) == text.events.end())
    text.events.push_back(sentence);
}

void read_row(TimelineText& text, const Frame& frame, std::size_t row) {
  const std::string strip = words_at(frame, "strip", row), style = words_at(frame, "style", row),
                    label = words_at(frame, "label", row);
  const double x = value_at(frame, "x", row), y = value_at(frame, "y", row);
  if (!std::isfinite(x)) return;
  if (style == view_data::kSpan) {
    const double end = value_at(frame, "end", row);
    std::string& marks = text.marks(strip);
    for (std::size_t c = text.cell(x); c <= text.cell(end); ++c)
      if (marks[c] == ' ') marks[c] = '~';
    note_event(text, fmt::format("~ {}: {:g} to {:g}", label, x, end));
  } else if (style == view_data::kAlarm && !strip.empty()) {
    text.marks(strip)[text.cell(x)] = '!';
    if (!label.empty()) note_event(text, fmt::format("! {} of {}: at {:g}", label, strip, x));
  } else if (style == view_data::kAlarm || style == view_data::kMark) {
    const char* sign = style == view_data::kAlarm ? "!" : "|";
    if (!label.empty()) note_event(text, fmt::format("{} {}: at {:g}", sign, label, x));
  } else if (style == view_data::kSeries) {
    StripLine& line = text.line(strip, words_at(frame, "series", row));
    line.group = words_at(frame, "group", row), line.unit = words_at(frame, "unit", row);
    if (!std::isfinite(y)) return;
    line.sum[text.cell(x)] += y, line.count[text.cell(x)] += 1;
    line.low = std::min(line.low, y), line.high = std::max(line.high, y);
  }
}

std::string blocks(const StripLine& line) {
  static constexpr const char* kBlocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double low = std::numeric_limits<double>::infinity(), high = -low;
  std::vector<double> mean(kCells, std::nan(""));
  for (std::size_t c = 0; c < kCells; ++c) {
    if (line.count[c] == 0) continue;
    mean[c] = line.sum[c] / line.count[c];
    low = std::min(low, mean[c]), high = std::max(high, mean[c]);
  }
  std::string out;
  for (const double value : mean) {
    if (!std::isfinite(value)) {
      out += " ";
      continue;
    }
    const double at = high > low ? (value - low) / (high - low) * 8 : 0;
    out += kBlocks[static_cast<std::size_t>(std::clamp(at, 0.0, 7.0))];
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width) {
  const auto seen = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  return text + std::string(width > seen ? width - seen : 0, ' ');
}

std::string percent_text(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}%", share * 100) : "-";
}

std::string interval_text(double low, double high) {
  return std::isfinite(low) ? fmt::format("{:.1f} to {:.1f}%", low * 100, high * 100) : "";
}

}  // namespace

std::string timeline_text(const Figure& figure) {
  TimelineText text;
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    const double x = value_at(figure.data, "x", row);
    if (std::isfinite(x)) text.first = std::min(text.first, x), text.last = std::max(text.last, x);
  }
  for (std::size_t row = 0; row < figure.data.rows(); ++row) read_row(text, figure.data, row);
  std::size_t width = 8;
  const auto name_of = [](const StripLine& line) {
    return line.series.empty() ? line.strip : line.strip + ", " + line.series;
  };
  for (const StripLine& line : text.lines) width = std::max(width, name_of(line).size());
  const std::string axis = figure.x_title.empty() ? "x" : figure.x_title;
  std::string out = padded(axis, width + 4) + padded(fmt::format("{:g}", text.first), kCells - 4) +
                    fmt::format("{:g}", text.last) + "\n";
  std::string group;
  for (std::size_t i = 0; i < text.lines.size(); ++i) {
    const StripLine& line = text.lines[i];
    if (line.group != group && !line.group.empty()) out += (group = line.group) + "\n";
    out += "  " + padded(name_of(line), width + 2) + blocks(line);
    if (line.low <= line.high)
      out += fmt::format("  {:.4g} to {:.4g}{}", line.low, line.high,
                         line.unit.empty() ? "" : " " + line.unit);
    out += "\n";
    const bool last = i + 1 == text.lines.size() || text.lines[i + 1].strip != line.strip;
    if (const auto below = text.below.find(line.strip); last && below != text.below.end()) {
      std::string marks = below->second;
      marks.erase(marks.find_last_not_of(' ') + 1);
      out += std::string(width + 4, ' ') + marks + "\n";
    }
  }
  for (std::size_t i = 0; i < std::min(text.events.size(), kMostEvents); ++i)
    out += text.events[i] + "\n";
  if (text.events.size() > kMostEvents)
    out += fmt::format("… {} more events; --csv writes all\n", text.events.size() - kMostEvents);
  return out;
}

std::string funnel_text(const Figure& figure) {
  const Frame& frame = figure.data;
  bool arms = false, truths = false;
  std::map<std::pair<std::string, std::string>, double> truth;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string series = words_at(frame, "series", row);
    arms = arms || !series.empty();
    if (words_at(frame, "style", row) != view_data::kTruth) continue;
    truths = true;
    truth[{words_at(frame, "stage", row), series}] = value_at(frame, "x", row);
  }
  TextTable table{{"stage"}, {}, {false}};
  if (arms) table.header.emplace_back("arm"), table.right.push_back(false);
  for (const char* name : {"users", "of before", "95% interval", "of first", "95% interval"})
    table.header.emplace_back(name), table.right.push_back(true);
  if (truths) table.header.emplace_back("truth"), table.right.push_back(true);
  std::string before;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (words_at(frame, "style", row) == view_data::kTruth) continue;
    const std::string stage = words_at(frame, "stage", row), arm = words_at(frame, "series", row);
    std::vector<std::string> cells{stage == before ? "" : stage};
    before = stage;
    if (arms) cells.push_back(arm);
    cells.push_back(fmt::format("{:.0f}", value_at(frame, "count", row)));
    cells.push_back(percent_text(value_at(frame, "step", row)));
    cells.push_back(
        interval_text(value_at(frame, "step_low", row), value_at(frame, "step_high", row)));
    cells.push_back(percent_text(value_at(frame, "x", row)));
    cells.push_back(interval_text(value_at(frame, "low", row), value_at(frame, "high", row)));
    if (truths) {
      const auto known = truth.find({stage, arm});
      cells.push_back(known == truth.end() ? "-" : percent_text(known->second));
    }
    table.rows.push_back(std::move(cells));
  }
  return to_text(table);
}

}  // namespace rehearse::cli
