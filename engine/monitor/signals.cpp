// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/signals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "engine/metrics/reliability.hpp"
#include "engine/monitor/label_maturity.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

struct Bucket {
  std::vector<std::uint32_t> rows;
};
using Buckets = std::map<std::pair<double, std::string>, Bucket>;

struct Columns {
  const Column *bucket = nullptr, *segment = nullptr, *input = nullptr;
};

Result<Columns> columns_of(const Frame& log, const SignalOptions& o) {
  Columns c;
  const auto ask = [&](const std::string& name, const Column*& into) -> Result<void> {
    if (name.empty()) return {};
    auto found = log.require(name);
    if (!found) return fail(found.error());
    into = *found;
    return {};
  };
  if (auto r = ask(o.bucket, c.bucket); !r) return fail(r.error());
  if (auto r = ask(o.segment, c.segment); !r) return fail(r.error());
  if (auto r = ask(o.column, c.input); !r) return fail(r.error());
  if (!c.bucket || !c.bucket->numeric())
    return fail(Code::invalid_argument,
                "a bucket of time is a numeric column, as day or hour; `{}` is not", o.bucket);
  return c;
}

double mean_of(std::span<const double> all, const Bucket& b) {
  double sum = 0;
  for (const std::uint32_t row : b.rows) sum += all[row];
  return sum / static_cast<double>(b.rows.size());
}

class Table {
 public:
  Table(const Columns& columns, std::span<const double> scores, std::span<const double> outcomes,
        const SignalOptions& o)
      : c_(columns), scores_(scores), outcomes_(outcomes), o_(o) {}

  void learn_levels(const Buckets& buckets) {
    if (!c_.input || c_.input->numeric()) return;
    for (const auto& [key, bucket] : buckets)
      if (key.first < o_.reference_until)
        for (const std::uint32_t row : bucket.rows) known_.emplace(c_.input->text(row));
  }

  void add(double at, const std::string& segment, const Bucket& b) {
    at_.push_back(at), series_.push_back(segment);
    put("rows", static_cast<double>(b.rows.size()));
    if (c_.input) c_.input->numeric() ? number(b) : text(b);
    if (!scores_.empty()) score(b);
    if (outcomes_.empty()) return;
    put("rate", mean_of(outcomes_, b));
    if (!scores_.empty()) calibration(b);
  }

  Result<Frame> build() && {
    Frame::Builder b;
    b.add(o_.bucket, std::move(at_)).add("series", series_);
    for (const std::string& name : order_) b.add(name, std::move(values_[name]));
    return std::move(b).build();
  }

 private:
  void put(const std::string& name, double value) {
    if (!values_.count(name)) order_.push_back(name);
    values_[name].push_back(value);
  }

  void number(const Bucket& b) {
    double n = 0, sum = 0, squares = 0;
    for (const std::uint32_t row : b.rows) {
      const double x = c_.input->number(row);
      if (!std::isnan(x)) n += 1, sum += x;
    }
    for (const std::uint32_t row : b.rows) {
      const double x = c_.input->number(row);
      if (!std::isnan(x)) squares += (x - sum / n) * (x - sum / n);
    }
    put("mean", n > 0 ? sum / n : kNoValue);
    put("sd", n > 1 ? std::sqrt(squares / (n - 1)) : kNoValue);
    put("missing_rate", 1 - n / static_cast<double>(b.rows.size()));
  }

  void text(const Bucket& b) {
    std::set<std::string_view> levels;
    double missing = 0, strangers = 0;
    for (const std::uint32_t row : b.rows) {
      if (c_.input->missing(row)) {
        missing += 1;
        continue;
      }
      const std::string_view level = c_.input->text(row);
      levels.insert(level), strangers += known_.find(level) == known_.end();
    }
    const auto n = static_cast<double>(b.rows.size());
    put("missing_rate", missing / n), put("cardinality", static_cast<double>(levels.size()));
    put("new_levels", strangers / n);
  }

  void score(const Bucket& b) {
    std::vector<double> sorted;
    for (const std::uint32_t row : b.rows) sorted.push_back(scores_[row]);
    std::sort(sorted.begin(), sorted.end());
    put("score_mean", mean_of(scores_, b));
    put("score_p10", metrics::quantile_sorted(sorted, 0.1));
    put("score_p50", metrics::quantile_sorted(sorted, 0.5));
    put("score_p90", metrics::quantile_sorted(sorted, 0.9));
  }

  void calibration(const Bucket& b) {
    const auto n = static_cast<double>(b.rows.size());
    const double expected = mean_of(scores_, b) * n, seen = mean_of(outcomes_, b) * n;
    const PoissonInterval interval = poisson_interval(seen);
    put("calibration_ratio", seen > 0 ? expected / seen : kNoValue);
    put("calibration_low", expected / interval.high);
    put("calibration_high", interval.low > 0 ? expected / interval.low : kNoValue);
  }

  const Columns& c_;
  std::span<const double> scores_, outcomes_;
  const SignalOptions& o_;
  std::set<std::string, std::less<>> known_;
  std::vector<double> at_;
  std::vector<std::string> series_, order_;
  std::map<std::string, std::vector<double>> values_;
};

}  // namespace

Result<Frame> signals_of(const Frame& log, std::span<const double> scores,
                         std::span<const double> outcomes, const SignalOptions& options) {
  auto columns = columns_of(log, options);
  if (!columns) return fail(columns.error());
  if (log.rows() == 0) return fail(Code::bad_data, "the log has no rows: no signals");
  for (const auto& given : {scores, outcomes})
    if (!given.empty() && given.size() != log.rows())
      return fail(Code::invalid_argument, "{} rows and {} scores or outcomes", log.rows(),
                  given.size());
  Buckets buckets;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double at = columns->bucket->number(row);
    if (!std::isfinite(at))
      return fail(Code::bad_data, "row {}: the bucket `{}` has no value", row + 1, options.bucket);
    const Column* segment = columns->segment;
    const std::string name = !segment                ? "all"
                             : segment->missing(row) ? "(missing)"
                                                     : segment->cell(row);
    buckets[{at, name}].rows.push_back(static_cast<std::uint32_t>(row));
  }
  Table table(*columns, scores, outcomes, options);
  table.learn_levels(buckets);
  for (const auto& [key, bucket] : buckets) table.add(key.first, key.second, bucket);
  return std::move(table).build();
}

}  // namespace rehearse::monitor
