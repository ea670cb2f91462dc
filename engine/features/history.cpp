// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/history.hpp"

#include <algorithm>
#include <numeric>

namespace rehearse::features {
namespace {

constexpr std::size_t kReportEvery = 1 << 16;

// Rows in order of the moment at which something happens to them.
struct Queue {
  std::vector<std::pair<std::int64_t, std::uint32_t>> entries;
  std::size_t next = 0;

  void order() {
    if (!std::is_sorted(entries.begin(), entries.end())) std::sort(entries.begin(), entries.end());
  }
  // Calls `each` for the rows whose moment has come.
  template <class Each>
  void until(std::int64_t now, Each each) {
    for (; next < entries.size() && entries[next].first <= now; ++next) each(entries[next].second);
  }
};

class Sweep {
 public:
  Sweep(const HistoryLog& log, const HistoryOptions& options)
      : log_(log), rows_(log.keys), sum_(log.keys), last_(log.keys, kNoRowBefore) {
    for (std::uint32_t j = 0; j < log.time.size(); ++j) plan(j, options);
    for (Queue* queue : {&shown_, &known_, &rows_gone_, &values_gone_}) queue->order();
  }

  void advance(std::int64_t now) {
    shown_.until(now, [&](std::uint32_t j) {
      rows_[key(j)] += 1, all_rows_ += 1;
      last_[key(j)] = std::max(last_[key(j)], log_.time[j]);
    });
    known_.until(now, [&](std::uint32_t j) { add(j, log_.value[j]); });
    rows_gone_.until(now, [&](std::uint32_t j) { rows_[key(j)] -= 1, all_rows_ -= 1; });
    values_gone_.until(now, [&](std::uint32_t j) { add(j, -log_.value[j]); });
  }

  void write(std::uint32_t row, History& out) const {
    out.rows[row] = rows_[key(row)], out.sum[row] = sum_[key(row)];
    out.all_rows[row] = all_rows_, out.all_sum[row] = all_sum_;
    out.last[row] = last_[key(row)];
  }

 private:
  std::size_t key(std::uint32_t j) const { return static_cast<std::size_t>(log_.key[j]); }
  void add(std::uint32_t j, double value) { sum_[key(j)] += value, all_sum_ += value; }

  // Whole microseconds: "before t" is "from the next microsecond on".
  void plan(std::uint32_t j, const HistoryOptions& options) {
    const std::int64_t shown = log_.time[j] + options.wait + 1,
                       known = log_.known[j] == kNeverKnown ? kNeverKnown
                                                            : std::max(log_.known[j], shown),
                       gone = options.window > 0 ? log_.time[j] + options.window + 1 : kNeverKnown;
    shown_.entries.emplace_back(shown, j);
    if (options.window > 0) rows_gone_.entries.emplace_back(std::max(gone, shown), j);
    if (log_.value[j] == 0 || known == kNeverKnown || known >= gone) return;
    known_.entries.emplace_back(known, j);
    if (options.window > 0) values_gone_.entries.emplace_back(gone, j);
  }

  const HistoryLog& log_;
  Queue shown_, known_, rows_gone_, values_gone_;
  std::vector<double> rows_, sum_;
  std::vector<std::int64_t> last_;
  double all_rows_ = 0, all_sum_ = 0;
};

}  // namespace

Result<History> known_before(const HistoryLog& log, const HistoryOptions& options,
                             const Progress& progress) {
  const std::size_t n = log.time.size();
  History out;
  for (auto* column : {&out.rows, &out.sum, &out.all_rows, &out.all_sum}) column->resize(n);
  out.last.assign(n, kNoRowBefore);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  if (!std::is_sorted(log.time.begin(), log.time.end()))
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return log.time[a] < log.time[b]; });
  Sweep sweep(log, options);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % kReportEvery == 0 && !progress.report(static_cast<double>(i) / static_cast<double>(n)))
      return cancelled();
    sweep.advance(log.time[order[i]]);
    sweep.write(order[i], out);
  }
  return out;
}

}  // namespace rehearse::features
