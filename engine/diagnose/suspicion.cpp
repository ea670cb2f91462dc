// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/suspicion.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

constexpr double kLeakAuc = 0.98, kRareValue = 0.005, kRareClass = 0.01, kNearlyEmpty = 0.95;
constexpr std::size_t kLeastRowsForIds = 50, kLeastRowsForJumps = 200;

bool same_cells(const Column& a, const Column& b) {
  if (a.type() != b.type()) return false;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (a.missing(row) != b.missing(row)) return false;
    if (a.missing(row)) continue;
    if (a.numeric()) {
      const double x = a.number(row), y = b.number(row);
      if (x != y && !(std::isnan(x) && std::isnan(y))) return false;
    } else if (a.text(row) != b.text(row)) {
      return false;
    }
  }
  return true;
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

std::string folded(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != ' ' && c != '_' && c != '-')
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

// Levels that actually stand in some row.
std::vector<bool> used_levels(const Column& column) {
  std::vector<bool> used(column.dictionary().size(), false);
  const auto codes = column.values<std::int32_t>();
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.missing(row) && codes[row] >= 0) used[static_cast<std::size_t>(codes[row])] = true;
  return used;
}

std::string casing_of(const Column& column, const std::vector<bool>& used) {
  std::map<std::string, std::string> first;
  for (std::size_t code = 0; code < used.size(); ++code) {
    if (!used[code]) continue;
    const std::string& level = column.dictionary()[code];
    const auto [known, fresh] = first.emplace(folded(level), level);
    if (!fresh)
      return fmt::format("`{}` and `{}` differ by case or spaces alone",
                         abbreviated(known->second, 24), abbreviated(level, 24));
  }
  return {};
}

// A value that codes "none", far from the others.
std::string sentinel_of(std::span<const double> sorted) {
  constexpr double kCodes[] = {-1, -9, -99, -999, -9999, 99, 999, 9999, 99999, 999999, 2147483647};
  const auto n = static_cast<double>(sorted.size());
  for (const double code : kCodes) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), code);
    const auto count = static_cast<double>(last - first);
    if (count < kRareValue * n || count > 0.9 * n) continue;
    const bool lowest = first == sorted.begin(), highest = last == sorted.end();
    if (!lowest && !highest) continue;
    // The gap to the nearest other value, against the width of the middle half of the others.
    const std::span<const double> rest =
        lowest ? sorted.subspan(static_cast<std::size_t>(count))
               : sorted.first(sorted.size() - static_cast<std::size_t>(count));
    if (rest.empty() || (lowest && rest.front() < 0)) continue;
    const double gap = lowest ? rest.front() - code : code - rest.back();
    const double width = rest[rest.size() * 3 / 4] - rest[rest.size() / 4];
    if (lowest ? rest.front() >= 0 : gap > 3 * std::max(width, 1e-12))
      return fmt::format(
          "the value {:g} stands in {:.2g}% of the rows, and the others lie between {:g} and {:g}",
          code, 100 * count / n, rest.front(), rest.back());
  }
  return {};
}

std::string jump_words(double ratio) {
  constexpr std::pair<double, const char*> kUnits[] = {
      {100, "percent and shares, or cents"}, {1000, "milliseconds and seconds, or thousands"},
      {1024, "bytes and kilobytes"},         {3600, "seconds and hours"},
      {86400, "seconds and days"},           {1e6, "microseconds and seconds, or millions"}};
  std::string best;
  double nearest = 0.15;
  for (const auto& [unit, words] : kUnits)
    if (const double off = std::abs(std::log10(ratio / unit)); off < nearest)
      nearest = off, best = words;
  return best.empty() ? "two units" : best;
}

}  // namespace

UnitJump unit_jump(std::span<const double> ascending) {
  constexpr double kBinsPerDecade = 5, kLeastDecades = 1.5;
  const auto positive = std::upper_bound(ascending.begin(), ascending.end(), 0.0);
  const std::span<const double> values =
      ascending.subspan(static_cast<std::size_t>(positive - ascending.begin()));
  if (values.size() < kLeastRowsForJumps) return {};
  std::map<long, double> bins;
  for (const double v : values)
    ++bins[static_cast<long>(std::floor(std::log10(v) * kBinsPerDecade))];
  const long low = bins.begin()->first, high = bins.rbegin()->first;
  if (high - low > 4000) return {};
  std::vector<double> counts(static_cast<std::size_t>(high - low + 1), 0);
  for (const auto& [bin, count] : bins) counts[static_cast<std::size_t>(bin - low)] = count;
  // Each cut between two heaps: the valley must hold a tenth of the lower peak at most.
  UnitJump best;
  double before = 0, peak_before = 0;
  const auto n = static_cast<double>(values.size());
  std::vector<double> peak_after(counts.size() + 1, 0);
  for (std::size_t i = counts.size(); i > 0; --i)
    peak_after[i - 1] = std::max(peak_after[i], counts[i - 1]);
  double shallowest = 0.1;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double peak = std::min(peak_before, peak_after[i + 1]);
    const double after = n - before - counts[i];
    if (peak > 0 && counts[i] <= shallowest * peak && before >= kRareValue * n &&
        after >= kRareValue * n) {
      const auto cut = static_cast<std::size_t>(before + counts[i]);
      const double lower = values[static_cast<std::size_t>(before) / 2],
                   upper = values[cut + (values.size() - cut) / 2];
      if (std::log10(upper / lower) >= kLeastDecades + 0.5) {
        shallowest = counts[i] / peak;
        best = {upper / lower, after / n};
      }
    }
    before += counts[i];
    peak_before = std::max(peak_before, counts[i]);
  }
  return best;
}

void SuspicionFinder::look(const ColumnProfile& p, const Column& column,
                           std::span<const double> sorted, std::vector<Suspicion>& into) {
  const std::size_t index = next_++;
  const auto suspect = [&](const char* kind, std::string why) {
    into.push_back({p.name, kind, std::move(why)});
  };
  const std::size_t present = p.rows - p.missing;
  const auto share = [&](std::size_t n) {
    return 100.0 * static_cast<double>(n) / static_cast<double>(p.rows);
  };
  if (p.rows == 0) return;
  if (present == 0 || static_cast<double>(p.missing) > kNearlyEmpty * static_cast<double>(p.rows))
    suspect("empty", present == 0
                         ? "no row has a value"
                         : fmt::format("{:.1f}% of the rows have no value", share(p.missing)));
  if (p.not_finite > 0)
    suspect("not finite", fmt::format("{} rows hold NaN or infinity", p.not_finite));
  if (p.distinct == 1 && present > 1)
    suspect("constant", "every row that has a value has the same");
  const bool could_be_id = column.type() == Type::dictionary || column.type() == Type::int64 ||
                           column.type() == Type::int32;
  if (could_be_id && p.rows >= kLeastRowsForIds &&
      static_cast<double>(p.distinct) >= 0.99 * static_cast<double>(present) &&
      present >= kLeastRowsForIds)
    suspect("id-like",
            fmt::format("{} different values in {} rows: a model can only learn it by heart",
                        p.distinct, present));
  const std::uint64_t key = column.renamed("").with_info({}).hash();
  if (const auto [known, fresh] = seen_.emplace(key, index);
      !fresh && same_cells(column, table_.column(known->second)))
    suspect("duplicate",
            fmt::format("the same cells as `{}`", table_.column(known->second).name()));
  if (column.type() == Type::dictionary && present > 0) {
    const auto used = used_levels(column);
    std::size_t numbers = 0;
    const auto codes = column.values<std::int32_t>();
    for (std::size_t row = 0; row < column.size(); ++row)
      if (!column.missing(row) && codes[row] >= 0) numbers += is_number(column.text(row));
    if (numbers >= 3 && static_cast<double>(numbers) >= 0.95 * static_cast<double>(present) &&
        numbers < present)
      suspect("numbers as text",
              fmt::format("{} of {} texts are numbers; the others make the column text", numbers,
                          present));
    else if (numbers == present && present >= 3)
      suspect("numbers as text", "every text is a number");
    if (p.distinct < present || p.distinct <= 1000)
      if (const std::string why = casing_of(column, used); !why.empty()) suspect("casing", why);
  }
  if (!sorted.empty() && column.type() != Type::time && p.distinct > 2) {
    if (const std::string why = sentinel_of(sorted); !why.empty()) suspect("sentinel", why);
    if (const UnitJump jump = unit_jump(sorted); jump.ratio > 0)
      suspect("unit jump",
              fmt::format("{:.2g}% of the values lie about {:.3g} times above the others: {}?",
                          100 * jump.share, jump.ratio, jump_words(jump.ratio)));
  }
  if (!std::isnan(p.auc) && (p.auc >= kLeakAuc || p.auc <= 1 - kLeakAuc) && present >= 20)
    suspect("leak",
            fmt::format("alone it ranks `{}` with AUC {:.3f}: was it known before the outcome?",
                        label_, std::max(p.auc, 1 - p.auc)));
  const bool is_label = p.name == label_ || (label_.empty() && column.role() == Role::label);
  if (is_label && p.distinct == 2 && p.imbalance_ratio > 1 / kRareClass - 1)
    suspect("imbalance",
            fmt::format("one class is {:.4g} times as common as the other", p.imbalance_ratio));
}

}  // namespace rehearse::diagnose
