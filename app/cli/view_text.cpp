// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/view_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "app/cli/strip_text.hpp"
#include "app/cli/table.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::cli {
namespace {

constexpr std::size_t kMostTableRows = 32, kMostViewRows = 20, kMostGridColumns = 12;

// One drawn series: its points in order of x.
struct Curve {
  std::string name;
  std::vector<double> x, y, count;
};

std::string number_text(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : "-";
}

std::string range_text(double low, double high) {
  return number_text(low) + " to " + number_text(high);
}

double number_at(const Column* column, std::size_t row) {
  return column && column->numeric() ? column->number(row) : std::nan("");
}

std::vector<Curve> curves_of(const Frame& frame, const char* x_name = "x") {
  std::vector<Curve> curves;
  const Column *series = frame.find("series"), *style = frame.find("style"),
               *x = frame.find(x_name), *y = frame.find("y"), *count = frame.find("count");
  if (!x || !y || !x->numeric() || !y->numeric()) return curves;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string how = style ? style->cell(row) : view_data::kSeries;
    if ((how != view_data::kSeries && how != view_data::kTruth) || !std::isfinite(x->number(row)))
      continue;
    std::string name = series ? series->cell(row) : "";
    if (name.empty()) name = how == view_data::kTruth ? "truth" : "y";
    if (name.rfind("truth (", 0) == 0) name = "truth";
    auto found = std::find_if(curves.begin(), curves.end(),
                              [&](const Curve& curve) { return curve.name == name; });
    if (found == curves.end()) found = curves.insert(curves.end(), Curve{name, {}, {}, {}});
    found->x.push_back(x->number(row)), found->y.push_back(y->number(row));
    found->count.push_back(number_at(count, row));
  }
  return curves;
}

// `most` of the places 0 … size - 1, evenly, the first and the last among them.
std::vector<std::size_t> evenly(std::size_t size, std::size_t most) {
  std::vector<std::size_t> places;
  const std::size_t n = std::min(size, most);
  for (std::size_t i = 0; i < n; ++i)
    places.push_back(n < 2 ? 0 : (i * (size - 1) + (n - 1) / 2) / (n - 1));
  return places;
}

// The curve's y at `at`, along straight lines; NaN outside its range.
double read_off(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const auto above = std::lower_bound(x.begin(), x.end(), at);
  if (above == x.end() || x.empty() || at < x.front()) return std::nan("");
  const auto i = static_cast<std::size_t>(above - x.begin());
  if (x[i] == at) {
    // The upper end of a vertical jump.
    const auto end = std::upper_bound(above, x.end(), at);
    return y[static_cast<std::size_t>(end - x.begin()) - 1];
  }
  const double f = (at - x[i - 1]) / (x[i] - x[i - 1]);
  return y[i - 1] + f * (y[i] - y[i - 1]);
}

TextTable side_by_side(const std::string& first, const std::vector<Curve>& curves) {
  TextTable table{{first}, {}, {true}};
  for (const Curve& curve : curves) table.header.push_back(curve.name), table.right.push_back(true);
  return table;
}

std::string thinned_text(std::size_t shown, std::size_t all, const char* what) {
  return shown < all ? fmt::format("… {} of {} {}; --csv writes all\n", shown, all, what) : "";
}

std::string axis_name(const std::string& title, const char* otherwise) {
  return title.empty() ? otherwise : title;
}

// Marks and alarms, one sentence each.
std::string events_text(const Frame& frame) {
  const Column *style = frame.find("style"), *x = frame.find("x"), *label = frame.find("label");
  std::string out;
  for (std::size_t row = 0; style && x && row < frame.rows(); ++row) {
    const std::string how = style->cell(row), words = label ? label->cell(row) : "";
    if ((how != view_data::kMark && how != view_data::kAlarm) || words.empty()) continue;
    out += fmt::format("{} (at {})\n", words,
                       x->type() == Type::time ? x->cell(row) : number_text(x->number(row)));
  }
  return out;
}

std::string line_text(const Figure& figure) {
  const auto curves = curves_of(figure.data);
  std::map<double, std::map<std::size_t, double>> rows;
  for (std::size_t c = 0; c < curves.size(); ++c)
    for (std::size_t i = 0; i < curves[c].x.size(); ++i) rows[curves[c].x[i]][c] = curves[c].y[i];
  std::vector<double> xs;
  for (const auto& [x, values] : rows) xs.push_back(x);
  const Column* x_column = figure.data.find("x");
  const bool time = x_column && x_column->type() == Type::time;
  TextTable table = side_by_side(axis_name(figure.x_title, "x"), curves);
  for (const std::size_t i : evenly(xs.size(), kMostViewRows)) {
    table.rows.push_back(
        {time ? iso8601(Time{static_cast<std::int64_t>(xs[i])}) : number_text(xs[i])});
    for (std::size_t c = 0; c < curves.size(); ++c) {
      const auto value = rows[xs[i]].find(c);
      table.rows.back().push_back(value == rows[xs[i]].end() ? "-" : number_text(value->second));
    }
  }
  return to_text(table) + thinned_text(table.rows.size(), xs.size(), "places") +
         events_text(figure.data);
}

// Read off at round places of x.
std::string curve_text(const Figure& figure) {
  constexpr double kPlaces[] = {0,   0.01, 0.02, 0.05, 0.1, 0.2,  0.3, 0.4,
                                0.5, 0.6,  0.7,  0.8,  0.9, 0.95, 1};
  const auto curves = curves_of(figure.data);
  TextTable table = side_by_side(axis_name(figure.x_title, "x"), curves);
  for (const double at : kPlaces) {
    if (figure.kind == "pr" && at == 0) continue;  // where nothing is called, nothing is precise
    std::vector<std::string> cells{fmt::format("{:g}", at)};
    bool any = false;
    for (const Curve& curve : curves) {
      cells.push_back(number_text(read_off(curve.x, curve.y, at)));
      any = any || cells.back() != "-";
    }
    if (any) table.rows.push_back(std::move(cells));
  }
  return to_text(table);
}

// Quantiles: the least value at which the share is reached.
std::string ecdf_text(const Figure& figure) {
  constexpr double kShares[] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};
  const auto curves = curves_of(figure.data);
  TextTable table = side_by_side("share of rows", curves);
  for (const double share : kShares) {
    table.rows.push_back({fmt::format("{:g}%", share * 100)});
    for (const Curve& curve : curves) {
      const auto at = std::lower_bound(curve.y.begin(), curve.y.end(), share - 1e-12);
      table.rows.back().push_back(
          at == curve.y.end()
              ? "-"
              : number_text(curve.x[static_cast<std::size_t>(at - curve.y.begin())]));
    }
  }
  return to_text(table);
}

// Points in bins of about equal mass along x; points of one x stay together.
void append_bins(TextTable& table, const Curve& curve, std::size_t bins) {
  std::vector<std::size_t> order(curve.x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return curve.x[a] < curve.x[b]; });
  const std::size_t mass = (order.size() + bins - 1) / bins;
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    double sum = 0;
    while (end < order.size() &&
           (end - begin < mass || curve.x[order[end]] == curve.x[order[end - 1]]))
      sum += curve.y[order[end++]];
    const double low = curve.x[order[begin]], high = curve.x[order[end - 1]];
    table.rows.push_back({curve.name, low == high ? number_text(low) : range_text(low, high),
                          fmt::format("{}", end - begin),
                          number_text(sum / static_cast<double>(end - begin))});
  }
}

std::string scatter_text(const Figure& figure) {
  TextTable table{
      {"", axis_name(figure.x_title, "x"), "points", axis_name(figure.y_title, "y") + ", mean"},
      {},
      {false, true, true, true}};
  const auto curves = curves_of(figure.data);
  const std::size_t bins =
      std::clamp<std::size_t>(kMostViewRows / std::max<std::size_t>(1, curves.size()), 2, 8);
  for (const Curve& curve : curves) append_bins(table, curve, bins);
  return to_text(table);
}

// Neighbouring bins are added up until they are few.
std::string histogram_text(const Figure& figure) {
  const auto lower = curves_of(figure.data, "lower"), upper = curves_of(figure.data, "upper");
  TextTable table = side_by_side(axis_name(figure.x_title, "bin"), lower);
  if (lower.empty() || upper.size() != lower.size()) return to_text(figure.data, kMostViewRows);
  const std::size_t bins = lower.front().x.size();
  const std::size_t together = (bins + kMostViewRows - 1) / kMostViewRows;
  for (std::size_t begin = 0; begin < bins; begin += std::max<std::size_t>(1, together)) {
    const std::size_t end = std::min(bins, begin + together);
    table.rows.push_back({range_text(lower.front().x[begin], upper.front().x[end - 1])});
    for (const Curve& curve : lower) {
      double sum = 0;
      for (std::size_t i = begin; i < std::min(end, curve.y.size()); ++i) sum += curve.y[i];
      table.rows.back().push_back(number_text(sum));
    }
  }
  return to_text(table);
}

std::string reliability_text(const Figure& figure) {
  const auto curves = curves_of(figure.data);
  const std::size_t each =
      std::max<std::size_t>(4, kMostViewRows / std::max<std::size_t>(1, curves.size()));
  TextTable table{{"", "predicted", "observed", "rows"}, {}, {false, true, true, true}};
  for (const Curve& curve : curves)
    for (const std::size_t i : evenly(curve.x.size(), each))
      table.rows.push_back(
          {curve.name, number_text(curve.x[i]), number_text(curve.y[i]),
           std::isfinite(curve.count[i]) ? fmt::format("{:g}", curve.count[i]) : ""});
  return to_text(table);
}

std::string heatmap_text(const Figure& figure) {
  const Column *x = figure.data.find("x"), *y = figure.data.find("y"),
               *value = figure.data.find("value");
  if (!x || !y || !value || !value->numeric()) return to_text(figure.data, kMostViewRows);
  std::vector<std::string> xs, ys;
  std::map<std::pair<std::string, std::string>, double> cells;
  const auto remember = [](std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    remember(xs, x->cell(row)), remember(ys, y->cell(row));
    cells[{x->cell(row), y->cell(row)}] = value->number(row);
  }
  TextTable table{
      {axis_name(figure.y_title, "y") + " \\ " + axis_name(figure.x_title, "x")}, {}, {false}};
  const auto columns = evenly(xs.size(), kMostGridColumns);
  for (const std::size_t c : columns) table.header.push_back(xs[c]), table.right.push_back(true);
  for (const std::size_t r : evenly(ys.size(), kMostViewRows)) {
    table.rows.push_back({ys[r]});
    for (const std::size_t c : columns)
      table.rows.back().push_back(number_text(cells[{xs[c], ys[r]}]));
  }
  return to_text(table) + thinned_text(columns.size(), xs.size(), "columns") +
         thinned_text(table.rows.size(), ys.size(), "lines");
}

std::string numbers_text(const Frame& frame) {
  TextTable table{{"", "value"}, {}, {false, true}};
  const Column *name = frame.find("name"), *value = frame.find("value"), *why = frame.find("why");
  if (!name || !value) return to_text(frame);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const bool undefined = value->missing(row) || !std::isfinite(value->number(row));
    const std::string reason =
        undefined && why && !why->missing(row) ? " (" + why->cell(row) + ")" : "";
    table.rows.push_back(
        {"  " + name->cell(row),
         (undefined ? std::string("undefined") : fmt::format("{:.6g}", value->number(row))) +
             reason});
  }
  return to_text(table);
}

}  // namespace

std::string view_text(const Figure& figure) {
  if (figure.data.rows() == 0) return "(no rows)\n";
  if (figure.kind == "number") return numbers_text(figure.data);
  if (figure.kind == "line") return line_text(figure);
  if (figure.kind == "roc" || figure.kind == "pr") return curve_text(figure);
  if (figure.kind == "ecdf") return ecdf_text(figure);
  if (figure.kind == "scatter") return scatter_text(figure);
  if (figure.kind == "histogram") return histogram_text(figure);
  if (figure.kind == "reliability") return reliability_text(figure);
  if (figure.kind == "heatmap") return heatmap_text(figure);
  if (figure.kind == "timeline") return timeline_text(figure);
  if (figure.kind == "funnel") return funnel_text(figure);
  return to_text(figure.data, kMostTableRows);
}

}  // namespace rehearse::cli
