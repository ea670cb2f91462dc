// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/parity.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"

namespace rehearse::monitor {
namespace {

struct MatchedRow {
  std::uint32_t offline, online;
};

bool is_whole(Type type) {
  return type == Type::int64 || type == Type::int32 || type == Type::uint8;
}

Result<const Column*> key_of(const Frame& table, const std::string& key) {
  auto column = table.require(key);
  if (!column) return column;
  if (!is_whole((*column)->type()) || (*column)->missing_count() > 0)
    return fail(Code::bad_data, "the key `{}` must be whole numbers without gaps", key);
  return column;
}

bool sampled_key(double key, const ParityOptions& options, StreamKey stream) {
  return options.sample >= 1 ||
         Stream(stream, 0, static_cast<std::uint64_t>(static_cast<std::int64_t>(key))).uniform() <
             options.sample;
}

Result<std::vector<MatchedRow>> matched(Parity& result, const Frame& offline, const Frame& online,
                                        const ParityOptions& options) {
  auto before = key_of(offline, options.key), after = key_of(online, options.key);
  if (!before) return fail(before.error());
  if (!after) return fail(after.error());
  const StreamKey stream = stream_key(options.seed, "monitor.parity_sample");
  std::unordered_map<std::int64_t, std::uint32_t> where;
  for (std::size_t row = 0; row < offline.rows(); ++row) {
    const double key = (*before)->number(row);
    if (!sampled_key(key, options, stream)) continue;
    if (!where.emplace(static_cast<std::int64_t>(key), static_cast<std::uint32_t>(row)).second)
      return fail(Code::bad_data, "the key {:g} stands twice in `{}`", key, options.key);
  }
  std::vector<MatchedRow> rows;
  std::vector<bool> met(offline.rows(), false);
  for (std::size_t row = 0; row < online.rows(); ++row) {
    const double key = (*after)->number(row);
    if (!sampled_key(key, options, stream)) continue;
    const auto found = where.find(static_cast<std::int64_t>(key));
    if (found == where.end()) {
      result.online_only += 1;
      continue;
    }
    if (met[found->second])
      return fail(Code::bad_data, "the key {:g} stands twice in `{}`", key, options.key);
    met[found->second] = true;
    rows.push_back({found->second, static_cast<std::uint32_t>(row)});
  }
  result.joined = static_cast<double>(rows.size());
  result.offline_only = static_cast<double>(where.size() - rows.size());
  if (rows.empty())
    return fail(Code::bad_data,
                "no sampled row of `{}` stands in both tables; sample more, or check that both log "
                "the same events",
                options.key);
  return rows;
}

bool cells_differ(const Column& a, std::size_t i, const Column& b, std::size_t j,
                  double tolerance) {
  const bool gone = a.missing(i) || (a.numeric() && std::isnan(a.number(i))),
             lost = b.missing(j) || (b.numeric() && std::isnan(b.number(j)));
  if (gone || lost) return gone != lost;
  if (a.numeric() != b.numeric()) return true;
  if (!a.numeric()) return a.text(i) != b.text(j);
  const double x = a.number(i), y = b.number(j);
  return std::abs(x - y) > tolerance * std::max(std::abs(x), std::abs(y));
}

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

// Whether every differing cell differs in casing alone.
bool only_casing(const Column& a, const Column& b, const std::vector<MatchedRow>& rows) {
  return std::all_of(rows.begin(), rows.end(), [&](const MatchedRow& row) {
    return lowered(a.text(row.offline)) == lowered(b.text(row.online));
  });
}

// The ratio that most differing numbers share, or 0.
double common_ratio(const Column& a, const Column& b, const std::vector<MatchedRow>& rows,
                    double tolerance) {
  std::map<double, int> votes;
  int differing = 0;
  for (const MatchedRow& row : rows) {
    if (!cells_differ(a, row.offline, b, row.online, tolerance)) continue;
    const double x = a.number(row.offline), y = b.number(row.online);
    ++differing;
    if (x != 0 && std::isfinite(y / x)) ++votes[std::round(y / x * 1e4) / 1e4];
  }
  for (const auto& [ratio, count] : votes)
    if (count * 10 >= differing * 9 && ratio != 0) return ratio;
  return 0;
}

std::string difference_in_words(const ColumnParity& p, const Column& a, const Column& b,
                                const std::vector<MatchedRow>& rows, double tolerance) {
  if (p.differs == 0) return "";
  if (a.numeric() != b.numeric()) return "numbers on one side, texts on the other";
  if (p.online_missing > p.offline_missing && p.online_missing >= p.differs)
    return "missing online";
  if (!a.numeric()) return only_casing(a, b, rows) ? "another casing" : "other texts";
  if (const double ratio = common_ratio(a, b, rows, tolerance); ratio != 0)
    return fmt::format("{:g} times as large online", ratio);
  return "other values";
}

std::uint64_t cells_hash(const Column& column, const std::vector<MatchedRow>& rows, bool online) {
  Hasher hasher;
  for (const MatchedRow& row : rows) hasher.add(column.cell(online ? row.online : row.offline));
  return hasher.digest();
}

ColumnParity compare_column(const Column& a, const Column& b, const std::vector<MatchedRow>& rows,
                            const ParityOptions& options) {
  ColumnParity p;
  p.column = a.name();
  const double n = static_cast<double>(rows.size());
  p.compared = n;
  double sums[2] = {0, 0}, present[2] = {0, 0};
  for (const MatchedRow& row : rows) {
    p.differs += cells_differ(a, row.offline, b, row.online, options.tolerance);
    const std::pair<const Column*, std::size_t> sides[] = {{&a, row.offline}, {&b, row.online}};
    for (int side = 0; side < 2; ++side) {
      const auto& [column, at] = sides[side];
      if (column->missing(at) || (column->numeric() && std::isnan(column->number(at)))) continue;
      present[side] += 1;
      if (column->numeric()) sums[side] += column->number(at);
    }
  }
  p.differs /= n;
  p.offline_missing = (n - present[0]) / n, p.online_missing = (n - present[1]) / n;
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  p.offline_mean = a.numeric() && present[0] > 0 ? sums[0] / present[0] : undefined;
  p.online_mean = b.numeric() && present[1] > 0 ? sums[1] / present[1] : undefined;
  p.offline_hash = cells_hash(a, rows, false), p.online_hash = cells_hash(b, rows, true);
  p.why = difference_in_words(p, a, b, rows, options.tolerance);
  return p;
}

std::vector<std::string> columns_of(const Frame& table, const ParityOptions& options) {
  if (!options.columns.empty()) return options.columns;
  std::vector<std::string> names;
  for (std::size_t c = 0; c < table.columns(); ++c)
    if (table.column(c).role() == Role::feature) names.push_back(table.column(c).name());
  return names;
}

Frame parity_by_day(const Frame& offline, const Frame& online, const std::vector<MatchedRow>& rows,
                    const std::vector<std::string>& names, double tolerance) {
  const Column* day = offline.find("day");
  if (!day || !day->numeric()) return {};
  std::vector<double> days, compared, differs;
  std::vector<std::string> series;
  for (const std::string& name : names) {
    const Column &a = *offline.find(name), &b = *online.find(name);
    std::map<double, std::pair<double, double>> of_day;
    for (const MatchedRow& row : rows) {
      auto& [n, different] = of_day[day->number(row.offline)];
      n += 1, different += cells_differ(a, row.offline, b, row.online, tolerance);
    }
    for (const auto& [at, counts] : of_day) {
      days.push_back(at), series.push_back(name);
      compared.push_back(counts.first), differs.push_back(counts.second / counts.first);
    }
  }
  Frame::Builder builder;
  builder.add("day", std::move(days)).add("series", series);
  builder.add("compared", std::move(compared)).add("differs", std::move(differs));
  return std::move(builder).build().value_or(Frame());
}

std::string hash_in_words(std::uint64_t hash) {
  return fmt::format("{:08x}", static_cast<std::uint32_t>(hash >> 32));
}

}  // namespace

std::uint64_t schema_hash(const Frame& table, const std::vector<std::string>& columns) {
  Hasher hasher;
  for (const std::string& name : columns) {
    const Column* column = table.find(name);
    hasher.add(name);
    hasher.add(std::string_view(column ? type_name(column->type()) : "absent"));
  }
  return hasher.digest();
}

Result<Parity> parity(const Frame& offline, const Frame& online, const ParityOptions& options) {
  if (!(options.sample > 0 && options.sample <= 1))
    return fail(Code::invalid_argument, "a sample is a share above 0 and at most 1, not {:g}",
                options.sample);
  const auto names = columns_of(offline, options);
  if (names.empty())
    return fail(Code::invalid_argument, "the offline table has no features; name the columns");
  for (const std::string& name : names)
    for (const Frame* table : {&offline, &online})
      if (auto found = table->require(name); !found) return fail(found.error());
  Parity result;
  auto rows = matched(result, offline, online, options);
  if (!rows) return fail(rows.error());
  for (const std::string& name : names)
    result.columns.push_back(
        compare_column(*offline.find(name), *online.find(name), *rows, options));
  result.offline_schema = schema_hash(offline, names);
  result.online_schema = schema_hash(online, names);
  result.by_day = parity_by_day(offline, online, *rows, names, options.tolerance);
  return result;
}

Frame to_frame(const Parity& parity) {
  std::vector<std::string> name, offline_hash, online_hash, why;
  std::vector<double> compared, differs, offline_mean, online_mean;
  for (const ColumnParity& p : parity.columns) {
    name.push_back(p.column), why.push_back(p.why);
    compared.push_back(p.compared), differs.push_back(p.differs);
    offline_mean.push_back(p.offline_mean), online_mean.push_back(p.online_mean);
    offline_hash.push_back(hash_in_words(p.offline_hash));
    online_hash.push_back(hash_in_words(p.online_hash));
  }
  Frame::Builder builder;
  builder.add("column", name).add("compared", std::move(compared));
  builder.add("differs", std::move(differs))
      .add("offline_mean", std::move(offline_mean))
      .add("online_mean", std::move(online_mean));
  builder.add("offline_hash", offline_hash).add("online_hash", online_hash).add("what", why);
  return std::move(builder).build().value_or(Frame());
}

}  // namespace rehearse::monitor
