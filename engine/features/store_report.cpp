// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/features/columns.hpp"
#include "engine/features/store.hpp"

namespace rehearse::features {
namespace {

constexpr double kDayMicros = 86400e6;

// The nearest-rank percentile and the order statistics that bound it at 95%; NaN where the bound
// lies beyond the largest or smallest value.
struct Percentile {
  double value = std::nan(""), low = std::nan(""), high = std::nan("");
};
Percentile percentile(const std::vector<double>& sorted, double p) {
  Percentile out;
  const auto n = static_cast<double>(sorted.size());
  const auto ranked = [&](double rank) { return sorted[static_cast<std::size_t>(rank) - 1]; };
  const double half = kNormal975 * std::sqrt(n * p * (1 - p));
  const double low = std::floor(n * p - half), high = std::ceil(n * p + half);
  if (sorted.empty() || low < 1 || high > n) return out;
  out.value = ranked(std::ceil(n * p)), out.low = ranked(low), out.high = ranked(high);
  return out;
}

double share_of(const Column& status, const char* name) {
  double count = 0;
  for (std::size_t row = 0; row < status.size(); ++row) count += status.text(row) == name;
  return status.size() ? count / static_cast<double>(status.size()) : std::nan("");
}

double mean_of_present(const Column& column) {
  double sum = 0, count = 0;
  for (const double value : column.numbers())
    if (!std::isnan(value)) sum += value, count += 1;
  return count > 0 ? sum / count : std::nan("");
}

double days_of(const std::vector<std::int64_t>& time) {
  if (time.empty()) return 0;
  const auto [first, last] = std::minmax_element(time.begin(), time.end());
  return std::max(1.0, std::ceil(static_cast<double>(*last - *first) / kDayMicros));
}

}  // namespace

Result<StoreFallback> parse_store_fallback(const std::string& name) {
  if (name == "missing") return StoreFallback::missing;
  if (name == "zero") return StoreFallback::zero;
  if (name == "mean") return StoreFallback::mean;
  return fail(Code::invalid_argument, "`{}` is no fallback of a store: missing, zero, mean", name);
}

Result<Frame> store_report(const Frame& served, const std::string& time) {
  const Column *status = served.find("store_status"), *read = served.find("store_read_ms"),
               *age = served.find("store_age_hours"), *differs = served.find("store_differs"),
               *writes = served.find("store_writes");
  if (!status || !read || !age || !differs || !writes)
    return fail(Code::invalid_argument,
                "the table has no columns store_status, store_read_ms …: report on what "
                "serve.store gave");
  auto moments = times_of(served, time);
  if (!moments) return fail(moments.error());
  std::vector<double> read_ms = read->numbers();
  std::erase_if(read_ms, [](double value) { return std::isnan(value); });
  std::sort(read_ms.begin(), read_ms.end());
  const Percentile p50 = percentile(read_ms, 0.5), p99 = percentile(read_ms, 0.99);
  double written = 0;
  for (const double mark : writes->numbers()) written += mark;
  const std::vector<std::pair<const char*, double>> figures = {
      {"rows", static_cast<double>(served.rows())},
      {"reads", static_cast<double>(read_ms.size())},
      {"cache", share_of(*status, "cache")},
      {"store", share_of(*status, "store")},
      {"expired", share_of(*status, "expired")},
      {"absent", share_of(*status, "absent")},
      {"lost", share_of(*status, "lost")},
      {"timeout", share_of(*status, "timeout")},
      {"differs", mean_of_present(*differs)},
      {"age_hours", mean_of_present(*age)},
      {"p50_ms", p50.value},
      {"p99_ms", p99.value},
      {"p99_low", p99.low},
      {"p99_high", p99.high},
      {"writes_per_day", served.rows() ? written / days_of(*moments) : std::nan("")}};
  Frame::Builder builder;
  for (const auto& [name, value] : figures) {
    builder.add(name, std::vector<double>{value});
    if (std::isnan(value)) builder.missing({0});
  }
  return std::move(builder).build();
}

}  // namespace rehearse::features
