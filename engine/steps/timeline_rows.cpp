// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/timeline_rows.hpp"

#include <algorithm>
#include <map>

namespace rehearse::steps {

void TimelineRows::add(const Row& row) {
  strip.push_back(row.strip), group.push_back(row.group), unit.push_back(row.unit);
  series.push_back(row.series), style.push_back(row.style), label.push_back(row.label);
  x.push_back(row.x), y.push_back(row.y), low.push_back(row.low), high.push_back(row.high);
  end.push_back(row.end);
}

Result<Frame> TimelineRows::build() && {
  Frame::Builder builder;
  builder.add("strip", strip).add("group", group).add("unit", unit).add("series", series);
  builder.add("style", style).add("x", std::move(x)).add("y", std::move(y));
  const auto any = [](const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  };
  if (any(low) || any(high)) builder.add("low", std::move(low)).add("high", std::move(high));
  if (any(end)) builder.add("end", std::move(end));
  builder.add("label", label);
  return std::move(builder).build();
}

Result<const Column*> timeline_numbers(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return column;
  if (!(*column)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a strip needs numbers", name);
  return column;
}

Result<const Column*> named_or_usual(const StepCall& call, const Frame& table,
                                     const std::string& parameter, const char* usual) {
  if (call.given(parameter)) return table.require(call.text(parameter));
  return usual ? table.find(usual) : nullptr;
}

std::string cell_or(const Column* column, std::size_t row, const std::string& otherwise) {
  return column && !column->missing(row) ? column->cell(row) : otherwise;
}

namespace {

constexpr std::size_t kMostStrips = 16;

Result<std::vector<StripSource>> wide_strips(const StepCall& call, const Frame& table) {
  const std::vector<std::string> names = call.texts("columns"),
                                 groups = call.given("groups") ? call.texts("groups")
                                                               : std::vector<std::string>();
  if (!groups.empty() && groups.size() != names.size())
    return fail(Code::invalid_argument, "`groups` has {} names and `columns` {}", groups.size(),
                names.size());
  if (names.size() > kMostStrips)
    return fail(Code::invalid_argument, "{} strips cannot be read; at most {}", names.size(),
                kMostStrips);
  std::vector<StripSource> strips;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto column = timeline_numbers(table, names[i]);
    if (!column) return fail(column.error());
    StripSource strip{
        in_words(names[i]), groups.empty() ? "" : groups[i], (*column)->unit(), {}, *column};
    for (std::size_t row = 0; row < table.rows(); ++row) strip.rows.push_back(row);
    strips.push_back(std::move(strip));
  }
  return strips;
}

Result<std::vector<StripSource>> long_strips(const StepCall& call, const Frame& table) {
  auto y = timeline_numbers(table, call.text("y"));
  if (!y) return fail(y.error());
  auto by = named_or_usual(call, table, "by", nullptr),
       group = named_or_usual(call, table, "group", nullptr),
       unit = named_or_usual(call, table, "unit", "unit");
  for (const auto* column : {&by, &group, &unit})
    if (!*column) return fail(column->error());
  std::vector<StripSource> strips;
  std::map<std::string, std::size_t> place;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name = *by ? cell_or(*by, row) : in_words(call.text("y"));
    const auto [at, fresh] = place.emplace(name, strips.size());
    if (fresh)
      strips.push_back({in_words(name),
                        *group ? in_words(cell_or(*group, row)) : "",
                        *unit ? cell_or(*unit, row) : (*y)->unit(),
                        {},
                        *y});
    strips[at->second].rows.push_back(row);
    if (strips.size() > kMostStrips)
      return fail(Code::invalid_argument,
                  "`{}` has more than {} values; so many strips cannot be read: filter the table "
                  "first",
                  call.text("by"), kMostStrips);
  }
  return strips;
}

void stand_together(std::vector<StripSource>& strips) {
  std::vector<std::string> groups;
  for (const StripSource& strip : strips)
    if (std::find(groups.begin(), groups.end(), strip.group) == groups.end())
      groups.push_back(strip.group);
  const auto rank = [&groups](const StripSource& strip) {
    return std::find(groups.begin(), groups.end(), strip.group) - groups.begin();
  };
  std::stable_sort(strips.begin(), strips.end(),
                   [&](const StripSource& a, const StripSource& b) { return rank(a) < rank(b); });
}

}  // namespace

Result<std::vector<StripSource>> timeline_strips(const StepCall& call, const Frame& table) {
  auto strips = call.given("columns") ? wide_strips(call, table) : long_strips(call, table);
  if (strips) stand_together(*strips);
  return strips;
}

}  // namespace rehearse::steps
