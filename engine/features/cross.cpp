// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/cross.hpp"

#include <algorithm>
#include <cmath>

#include "engine/features/columns.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

double quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

// Numbered, so that names sort as bins do and no two are alike.
std::vector<std::string> bin_names(const std::vector<double>& edges) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= edges.size(); ++i)
    names.push_back(fmt::format("{:02} {}", i + 1,
                                edges.empty() ? "all"
                                : i == 0      ? fmt::format("< {:.4g}", edges.front())
                                : i == edges.size()
                                    ? fmt::format("≥ {:.4g}", edges.back())
                                    : fmt::format("{:.4g} – {:.4g}", edges[i - 1], edges[i])));
  return names;
}

// Of values in order; every bin between quantiles holds one at least.
std::vector<double> bin_means(const std::vector<double>& sorted, const std::vector<double>& edges) {
  std::vector<double> means;
  auto begin = sorted.begin();
  for (std::size_t i = 0; i <= edges.size(); ++i) {
    const auto end =
        i < edges.size() ? std::lower_bound(begin, sorted.end(), edges[i]) : sorted.end();
    double sum = 0;
    for (auto it = begin; it != end; ++it) sum += *it;
    means.push_back(end == begin ? edges[i < edges.size() ? i : i - 1]
                                 : sum / static_cast<double>(end - begin));
    begin = end;
  }
  return means;
}

// The mean of each row's bin; a code past the last is missing.
Column means_of(std::string name, const std::vector<std::int32_t>& codes,
                const std::vector<double>& means, const ColumnInfo& info) {
  std::vector<double> values(codes.size());
  std::vector<std::uint8_t> valid(codes.size(), 1);
  bool gaps = false;
  for (std::size_t row = 0; row < codes.size(); ++row) {
    const auto code = static_cast<std::size_t>(codes[row]);
    if (code < means.size())
      values[row] = means[code];
    else
      valid[row] = 0, gaps = true;
  }
  if (!gaps) valid.clear();
  return made(std::move(name), std::move(values), info, std::move(valid));
}

}  // namespace

Result<Frame> cross(const Frame& rows, const CrossOptions& options) {
  Privacy privacy = Privacy::open;
  std::vector<const Column*> parts;
  for (const std::string& name : options.columns) {
    auto column = encodable(rows, name);
    if (!column) return fail(column.error());
    privacy = std::max(privacy, (*column)->privacy());
    parts.push_back(*column);
  }
  const Frame tables[] = {rows};
  auto keys = Keys::of(tables, options.columns);
  if (!keys) return fail(keys.error());
  if (keys->count() > options.most)
    return fail(Code::limit,
                "{} have {} combinations, and {} are allowed: cross columns of fewer values",
                joined(options.columns, " × "), keys->count(), options.most);
  auto names = std::make_shared<std::vector<std::string>>();
  names->reserve(keys->count());
  for (std::size_t k = 0; k < keys->count(); ++k) {
    std::vector<std::string> texts;
    for (const Column* part : parts)
      texts.push_back(level_text(*part, keys->first(static_cast<std::int32_t>(k)).row));
    names->push_back(joined(texts, " × "));
  }
  Frame::Builder builder;
  builder.add_dictionary(options.name.empty() ? joined(options.columns, "_x_") : options.name,
                         {keys->table(0).begin(), keys->table(0).end()}, names,
                         {.role = Role::feature, .privacy = privacy});
  auto made = std::move(builder).build();
  if (!made) return made;
  return rows.with(made->column(0));
}

Result<Binner> Binner::fit(const Frame& rows, const BinOptions& options) {
  if (options.bins < 2 || options.columns.empty())
    return fail(Code::invalid_argument, "bins are two at least, of columns that are named");
  Binner binner;
  binner.means_ = options.means;
  for (const std::string& name : options.columns) {
    auto column = encodable(rows, name);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; bins are of numbers", name);
    std::vector<double> values = (*column)->numbers();
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty())
      return fail(Code::bad_data, "the column `{}` has no finite value to cut into bins", name);
    std::sort(values.begin(), values.end());
    Cut cut{name, {}, {}, {}};
    for (int b = 1; b < options.bins; ++b) {
      const double edge = quantile(values, static_cast<double>(b) / options.bins);
      if (edge > values.front() && (cut.edges.empty() || edge > cut.edges.back()))
        cut.edges.push_back(edge);
    }
    cut.names = bin_names(cut.edges);
    cut.means = bin_means(values, cut.edges);
    binner.columns_.push_back(std::move(cut));
  }
  return binner;
}

Result<Frame> Binner::apply(const Frame& rows) const {
  std::vector<Column> added;
  for (const Cut& cut : columns_) {
    auto column = rows.require(cut.column);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the column `{}` holds texts; bins are of numbers", cut.column);
    std::vector<std::int32_t> codes(rows.rows(), static_cast<std::int32_t>(cut.names.size()));
    for (std::size_t row = 0; row < codes.size(); ++row) {
      const double value = (*column)->number(row);
      if (std::isnan(value)) continue;
      const auto edge = std::upper_bound(cut.edges.begin(), cut.edges.end(), value);
      codes[row] = static_cast<std::int32_t>(edge - cut.edges.begin());
    }
    const ColumnInfo info{.role = Role::feature, .privacy = (*column)->privacy()};
    if (means_) {
      added.push_back(means_of(cut.column + "_bin", codes, cut.means, info));
      continue;
    }
    auto names = std::make_shared<std::vector<std::string>>(cut.names);
    names->push_back("missing");
    Frame::Builder builder;
    builder.add_dictionary(cut.column + "_bin", std::move(codes), names, info);
    auto made = std::move(builder).build();
    if (!made) return made;
    added.push_back(made->column(0));
  }
  return with_all(rows, added);
}

}  // namespace rehearse::features
