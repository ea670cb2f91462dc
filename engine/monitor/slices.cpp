// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/slices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "engine/base/normal.hpp"
#include "engine/metrics/distance.hpp"

namespace rehearse::monitor {
namespace {

constexpr int kQuartiles = 4;

// A segment column as codes 0 … levels - 1.
struct Segment {
  std::string name;
  std::vector<std::string> levels;
  std::vector<std::uint32_t> code;
};

Segment text_segment(const Column& column) {
  Segment s{column.name(), column.dictionary(), {}};
  s.levels.emplace_back("(missing)");
  const auto missing = static_cast<std::uint32_t>(column.dictionary().size());
  std::unordered_map<std::string_view, std::uint32_t> code_of;
  for (std::uint32_t i = 0; i < missing; ++i) code_of.emplace(column.dictionary()[i], i);
  for (std::size_t row = 0; row < column.size(); ++row)
    s.code.push_back(column.missing(row) ? missing : code_of.at(column.text(row)));
  return s;
}

Segment number_segment(const Column& column) {
  Segment s{column.name(), {}, {}};
  std::vector<double> present;
  for (const double x : column.numbers())
    if (!std::isnan(x)) present.push_back(x);
  std::sort(present.begin(), present.end());
  const auto edges =
      present.empty() ? std::vector<double>() : metrics::decile_edges(present, kQuartiles);
  for (std::size_t b = 0; b <= edges.size(); ++b)
    s.levels.push_back(edges.empty()       ? "any"
                       : b == 0            ? fmt::format("up to {:g}", edges[0])
                       : b == edges.size() ? fmt::format("above {:g}", edges[b - 1])
                                           : fmt::format("{:g} to {:g}", edges[b - 1], edges[b]));
  s.levels.emplace_back("(missing)");
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double x = column.number(row);
    s.code.push_back(static_cast<std::uint32_t>(
        std::isnan(x) ? s.levels.size() - 1
                      : static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), x) -
                                                 edges.begin())));
  }
  return s;
}

struct Sums {
  double rows = 0, expected = 0, observed = 0, variance = 0, truth = 0;
};

// What every search needs, rows in order of owner: expectations, outcomes, owners as dense numbers,
// rows still in play.
struct Search {
  std::vector<Segment> segments;
  std::vector<double> expected, truth, outcomes;
  std::vector<std::uint32_t> owner;
  std::vector<std::uint8_t> in_play;
};

// One grid of cells: the levels of one column, or the pairs of two.
struct Grid {
  std::size_t first = 0, second = 0;
  bool pair = false;
  std::vector<Sums> cells;
};

std::size_t cell_of(const Search& s, const Grid& grid, std::size_t row) {
  const std::size_t a = s.segments[grid.first].code[row];
  return grid.pair ? a * s.segments[grid.second].levels.size() + s.segments[grid.second].code[row]
                   : a;
}

void fill(const Search& s, Grid& grid) {
  grid.cells.assign(s.segments[grid.first].levels.size() *
                        (grid.pair ? s.segments[grid.second].levels.size() : 1),
                    {});
  // Residuals of one owner in a cell are summed before they are squared.
  std::vector<double> sum(grid.cells.size(), 0), binomial(grid.cells.size(), 0);
  std::vector<std::size_t> touched;
  const auto settle = [&] {
    for (const std::size_t cell : touched)
      grid.cells[cell].variance += sum[cell] * sum[cell], sum[cell] = 0;
    touched.clear();
  };
  std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t row = 0; row < s.expected.size(); ++row) {
    if (!s.in_play[row]) continue;
    if (s.owner[row] != last) settle(), last = s.owner[row];
    const std::size_t cell = cell_of(s, grid, row);
    Sums& sums = grid.cells[cell];
    const double p = s.expected[row];
    sums.rows += 1, sums.expected += p, sums.observed += s.outcomes[row];
    if (!s.truth.empty()) sums.truth += s.truth[row];
    touched.push_back(cell), sum[cell] += s.outcomes[row] - p;
    binomial[cell] += p * (1 - p);
  }
  settle();
  for (std::size_t c = 0; c < grid.cells.size(); ++c)
    grid.cells[c].variance = std::max(grid.cells[c].variance, binomial[c]);
}

std::string slice_name(const Search& s, const Grid& grid, std::size_t cell) {
  const Segment& a = s.segments[grid.first];
  if (!grid.pair) return a.name + " = " + a.levels[cell];
  const Segment& b = s.segments[grid.second];
  return a.name + " = " + a.levels[cell / b.levels.size()] + ", " + b.name + " = " +
         b.levels[cell % b.levels.size()];
}

struct Candidate {
  Slice slice;
  std::size_t grid = 0, cell = 0;
  double variance = 0;  // of the gap
};

Candidate candidate_of(const Search& s, const std::vector<Grid>& grids, std::size_t g,
                       std::size_t cell) {
  const Sums& sums = grids[g].cells[cell];
  Candidate c;
  c.grid = g, c.cell = cell;
  c.slice.name = slice_name(s, grids[g], cell);
  c.slice.rows = static_cast<std::size_t>(sums.rows);
  c.slice.expected = sums.expected, c.slice.observed = sums.observed;
  c.slice.gap = (sums.observed - sums.expected) / sums.rows;
  const double se = std::sqrt(sums.variance) / sums.rows;
  c.variance = se * se;
  c.slice.low = c.slice.gap - kNormal975 * se, c.slice.high = c.slice.gap + kNormal975 * se;
  c.slice.ratio = sums.expected > 0 ? sums.observed / sums.expected : std::nan("");
  c.slice.z = se > 0 ? c.slice.gap / se : 0;
  c.slice.p = normal_two_sided(c.slice.z);
  c.slice.true_gap = s.truth.empty() ? std::nan("") : (sums.truth - sums.expected) / sums.rows;
  return c;
}

// All slices of enough rows, adjusted and shrunk.
std::vector<Candidate> search(const Search& s, std::vector<Grid>& grids, const SliceOptions& o,
                              double* spread) {
  std::vector<Candidate> all;
  for (std::size_t g = 0; g < grids.size(); ++g) {
    fill(s, grids[g]);
    for (std::size_t cell = 0; cell < grids[g].cells.size(); ++cell)
      if (grids[g].cells[cell].rows >= o.least_rows) all.push_back(candidate_of(s, grids, g, cell));
  }
  std::vector<double> p;
  double weight = 0, squares = 0, sum = 0, q = 0;
  for (const Candidate& c : all) {
    p.push_back(c.slice.p);
    if (!(c.variance > 0)) continue;
    weight += 1 / c.variance, squares += 1 / c.variance / c.variance,
        sum += c.slice.gap / c.variance;
  }
  for (const Candidate& c : all)
    if (c.variance > 0) q += std::pow(c.slice.gap - sum / weight, 2) / c.variance;
  const double free = static_cast<double>(all.size()) - 1, below = weight - squares / weight;
  const double tau2 = weight > 0 && below > 0 ? std::max(0.0, (q - free) / below) : 0;
  const auto adjusted = metrics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].slice.adjusted_p = adjusted[i];
    all[i].slice.significant = adjusted[i] <= o.false_discovery_rate;
    all[i].slice.shrunk_gap =
        tau2 + all[i].variance > 0 ? all[i].slice.gap * tau2 / (tau2 + all[i].variance) : 0;
  }
  if (spread) *spread = std::sqrt(tau2);
  return all;
}

Result<void> check(const SliceOptions& o) {
  if (o.columns.empty() || o.columns.size() > 12)
    return fail(Code::invalid_argument, "1 to 12 segment columns are searched, not {}",
                o.columns.size());
  if (o.depth < 1 || o.depth > 2)
    return fail(Code::invalid_argument, "depth is 1 or 2, not {}", o.depth);
  if (o.most < 1 || o.most > 100 || !(o.least_rows >= 1))
    return fail(
        Code::invalid_argument,
        "1 to 100 slices are listed and each has at least a row; asked were {} of {:g} rows",
        o.most, o.least_rows);
  return {};
}

Result<double> ratio_of(std::span<const double> scores, std::span<const double> outcomes,
                        std::size_t rows) {
  if (scores.size() != rows || outcomes.size() != rows || rows == 0)
    return fail(Code::bad_data, "{} rows, {} scores and {} outcomes", rows, scores.size(),
                outcomes.size());
  double expected = 0, observed = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (!(scores[row] >= 0 && scores[row] <= 1))
      return fail(Code::bad_data, "row {}: the score {:g} is no probability", row + 1, scores[row]);
    if (outcomes[row] != 0 && outcomes[row] != 1)
      return fail(Code::bad_data, "row {}: the outcome {:g} is not 0 or 1", row + 1, outcomes[row]);
    expected += scores[row], observed += outcomes[row];
  }
  if (expected == 0 || observed == 0)
    return fail(Code::bad_data,
                "{:g} outcomes and {:g} expected: with none of either no slice can be judged",
                observed, expected);
  return observed / expected;
}

template <class T>
void reorder(std::vector<T>& values, const std::vector<std::uint32_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) sorted.push_back(values[order[i]]);
  values = std::move(sorted);
}

// Rows of one owner stand together from here on.
void sort_by_owner(Search& s, std::span<const std::int64_t> owner) {
  const std::size_t rows = s.expected.size();
  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  s.owner = order;
  if (owner.empty()) return;
  std::unordered_map<std::int64_t, std::uint32_t> dense;
  for (std::size_t row = 0; row < rows; ++row)
    s.owner[row] =
        dense.emplace(owner[row], static_cast<std::uint32_t>(dense.size())).first->second;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return s.owner[a] < s.owner[b]; });
  for (Segment& segment : s.segments) reorder(segment.code, order);
  reorder(s.expected, order), reorder(s.outcomes, order), reorder(s.owner, order);
  if (!s.truth.empty()) reorder(s.truth, order);
}

bool worse(const Candidate& a, const Candidate& b) {
  return std::fabs(a.slice.z) > std::fabs(b.slice.z);
}

std::vector<Slice> largest_levels(const std::vector<Candidate>& all, const std::vector<Grid>& grids,
                                  std::size_t most) {
  std::vector<Slice> single;
  for (const Candidate& c : all)
    if (!grids[c.grid].pair) single.push_back(c.slice);
  std::stable_sort(single.begin(), single.end(),
                   [](const Slice& a, const Slice& b) { return a.rows > b.rows; });
  if (single.size() > most) single.resize(most);
  return single;
}

}  // namespace

Result<SliceReport> find_slices(const Frame& rows, std::span<const double> scores,
                                std::span<const double> outcomes, std::span<const double> truth,
                                std::span<const std::int64_t> owner, const SliceOptions& options,
                                const Progress& progress) {
  if (auto fine = check(options); !fine) return fail(fine.error());
  auto ratio = ratio_of(scores, outcomes, rows.rows());
  if (!ratio) return fail(ratio.error());
  if ((!truth.empty() && truth.size() != rows.rows()) ||
      (!owner.empty() && owner.size() != rows.rows()))
    return fail(Code::bad_data, "{} rows, {} true probabilities and {} owners", rows.rows(),
                truth.size(), owner.size());
  Search s;
  for (const std::string& name : options.columns) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    s.segments.push_back((*column)->numeric() ? number_segment(**column) : text_segment(**column));
  }
  const double c = options.relative ? *ratio : 1;
  for (const double p : scores) s.expected.push_back(std::min(1.0, c * p));
  s.truth.assign(truth.begin(), truth.end());
  s.outcomes.assign(outcomes.begin(), outcomes.end());
  s.in_play.assign(rows.rows(), 1);
  sort_by_owner(s, owner);
  std::vector<Grid> grids;
  for (std::size_t a = 0; a < s.segments.size(); ++a) {
    grids.push_back({a, 0, false, {}});
    for (std::size_t b = a + 1; options.depth == 2 && b < s.segments.size(); ++b)
      grids.push_back({a, b, true, {}});
  }
  SliceReport report;
  for (int turn = 0; turn < options.most; ++turn) {
    auto all = search(s, grids, options, turn == 0 ? &report.spread : nullptr);
    if (turn == 0) {
      if (all.empty())
        return fail(Code::bad_data, "no slice has {:g} rows; lower least_rows", options.least_rows);
      report.candidates = all.size();
      report.by_size = largest_levels(all, grids, static_cast<std::size_t>(options.most));
    }
    if (all.empty()) break;
    const Candidate& worst = *std::min_element(all.begin(), all.end(), worse);
    report.peeled.push_back(worst.slice);
    for (std::size_t row = 0; row < rows.rows(); ++row)
      if (cell_of(s, grids[worst.grid], row) == worst.cell) s.in_play[row] = 0;
    if (!progress.report(static_cast<double>(turn + 1) / options.most)) return cancelled();
  }
  return report;
}

}  // namespace rehearse::monitor
