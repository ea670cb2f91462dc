// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/source.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "engine/base/hash.hpp"
#include "engine/base/read.hpp"

namespace rehearse::plan {
namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

bool ends_with_id(const std::string& name) {
  return name == "id" || (name.size() > 3 && name.compare(name.size() - 3, 3, "_id") == 0);
}

// What may happen to an impression beside the click: a label where the design asks for it by its
// schema, and never a feature.
const std::map<std::string, std::string, std::less<>> kTruthOfOutcome = {
    {"dwell_seconds", "dwell_expected"}, {"vote", "vote_probability"},
    {"comments", "comments_expected"},   {"subscribe", "subscribe_probability"},
    {"report", "report_probability"},    {"y", "y_mean"},
    {"click", "click_probability"}};

// The outcome whose expectation a column of this name holds; empty: of none.
std::string outcome_of(const std::string& truth) {
  for (const auto& [label, name] : kTruthOfOutcome)
    if (name == truth) return label;
  return {};
}

Role role_of(const Column& column, const std::vector<std::string>& schema) {
  const std::string& name = column.name();
  const bool asked = std::find(schema.begin(), schema.end(), name) != schema.end();
  if (name == "click" || name == "label") return Role::label;
  if (kTruthOfOutcome.count(name)) return asked ? Role::label : Role::none;
  if (!outcome_of(name).empty()) return Role::truth;
  if (column.type() == Type::time) return Role::time;
  if (ends_with_id(column.name())) return Role::id;
  return column.name() == "day" ? Role::none : Role::feature;
}

// Whole days since the first row's midnight.
Result<Frame> with_day(const Frame& table) {
  const Column* time = table.find("time");
  if (table.find("day") || !time || time->type() != Type::time || table.rows() == 0) return table;
  const auto micros = time->values<std::int64_t>();
  const std::int64_t start = micros[0] / kMicrosPerDay;
  std::vector<std::int32_t> days;
  for (const std::int64_t at : micros)
    days.push_back(static_cast<std::int32_t>(at / kMicrosPerDay - start));
  Frame::Builder builder;
  builder.add("day", std::move(days));
  auto day = std::move(builder).build();
  if (!day) return day;
  return table.with(day->column(0));
}

}  // namespace

Result<Frame> read_replacement(const std::string& path) {
  ReadOptions options;
  options.times_if_there = {"time"};
  auto table = read_table(path, options);
  if (!table) return fail(table.error());
  return std::move(table->frame);
}

Result<Frame> adopt(const Frame& table, const Source& source) {
  auto whole = with_day(table);
  if (!whole) return whole;
  std::vector<std::string> missing;
  for (const std::string& name : source.schema)
    if (!whole->find(name)) missing.push_back(name);
  if (!missing.empty())
    return fail(Code::bad_data,
                "the table given for `{}` lacks {} {}; a replacement needs the columns {}",
                source.name, missing.size() == 1 ? "the column" : "the columns",
                fmt::join(missing, ", "), fmt::join(source.schema, ", "));
  Frame adopted = *whole;
  for (std::size_t c = 0; c < whole->columns(); ++c) {
    const Column& column = whole->column(c);
    auto with = adopted.with(column.with_info(
        {role_of(column, source.schema), Privacy::open, column.unit(), outcome_of(column.name())}));
    if (!with) return with;
    adopted = std::move(*with);
  }
  return adopted;
}

Result<bool> GivenTables::add(const Plan& plan, const std::string& source, const Frame& table) {
  const auto named = std::find_if(plan.sources.begin(), plan.sources.end(),
                                  [&](const Source& one) { return one.name == source; });
  if (named == plan.sources.end())
    return fail(Code::invalid_argument, "`{}` has no source `{}`", plan.id, source);
  auto adopted = adopt(table, *named);
  if (!adopted) return fail(adopted.error());
  const bool truth = adopted->has_role(Role::truth);
  const std::uint64_t hash = Hasher().add("input").add(adopted->hash()).digest();
  given_[{named->ref.node, named->ref.output}] = {Artifact::of(std::move(*adopted)), hash};
  return truth;
}

const GivenTables::Given* GivenTables::at(const Ref& ref) const {
  const auto found = given_.find({ref.node, ref.output});
  return found == given_.end() ? nullptr : &found->second;
}

bool GivenTables::any_of(std::size_t node) const {
  const int wanted = static_cast<int>(node);
  const auto first = given_.lower_bound({wanted, 0});
  return first != given_.end() && first->first.first == wanted;
}

std::shared_ptr<const Outputs> GivenTables::placed(std::size_t node, Outputs outputs) const {
  for (const auto& [place, own] : given_)
    if (place.first == static_cast<int>(node))
      outputs[static_cast<std::size_t>(place.second)] = own.artifact;
  return std::make_shared<const Outputs>(std::move(outputs));
}

}  // namespace rehearse::plan
