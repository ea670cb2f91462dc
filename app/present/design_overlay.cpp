// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_overlay.hpp"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "app/present/figure_numbers.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::present {
namespace {

using Names = std::vector<std::string>;

void say(Figure& figure, const QString& sentence) {
  figure.see += (figure.see.empty() ? "" : ". ") + utf8(sentence);
}

std::vector<std::uint32_t> rowsOf(const Frame& frame, const char* wanted) {
  std::vector<std::uint32_t> rows;
  const Column* style = frame.find("style");
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (style ? style->text(row) == wanted : wanted == std::string(view_data::kSeries))
      rows.push_back(static_cast<std::uint32_t>(row));
  return rows;
}

void addSeries(const Frame& frame, Names& names) {
  const Column* series = frame.find("series");
  for (const std::uint32_t row : rowsOf(frame, view_data::kSeries)) {
    const std::string name = series ? series->cell(row) : "";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

std::uint64_t truthOf(const Frame& frame) {
  return frame.take(rowsOf(frame, view_data::kTruth)).hash();
}

// Equal for runs that lie on each other, truth and all: a knob need not reach every view.
std::uint64_t linesOf(const Frame& frame) {
  std::vector<std::uint32_t> rows = rowsOf(frame, view_data::kSeries);
  for (const std::uint32_t row : rowsOf(frame, view_data::kTruth)) rows.push_back(row);
  return frame.take(rows).hash();
}

// How the rows of one run are called and drawn.
struct Dress {
  std::string label;
  int look = 0;
  const Names& series;
  bool single() const { return series.size() <= 1; }
  std::string named(const std::string& name) const {
    return single() || name.empty() ? label : name + ", " + label;
  }
  double colour(const std::string& name) const {
    const auto at = std::find(series.begin(), series.end(), name);
    return single() ? look : static_cast<double>(at - series.begin());
  }
};

Result<Frame> dressed(const Frame& frame, const Dress& dress) {
  const Column *series = frame.find("series"), *style = frame.find("style");
  Names names;
  std::vector<double> colours, dashes;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string name = series ? series->cell(row) : "",
                      how = style ? style->cell(row) : view_data::kSeries;
    const bool drawn = how == view_data::kSeries || how == view_data::kBand;
    const bool theirs = how == view_data::kTruth && dress.look > 0;
    names.push_back(drawn    ? dress.named(name)
                    : theirs ? utf8(QObject::tr("truth, %1").arg(qs(dress.label)))
                             : name);
    colours.push_back(drawn ? dress.colour(name) : std::nan(""));
    dashes.push_back(drawn ? dress.look : std::nan(""));
  }
  Frame::Builder builder;
  builder.add("series", names).add("colour", std::move(colours)).add("dash", std::move(dashes));
  auto more = std::move(builder).build();
  if (!more) return more;
  Result<Frame> with = frame;
  for (std::size_t column = 0; column < more->columns() && with; ++column)
    with = with->with(more->column(column));
  return with;
}

// Runs that differ in this view, and how many more each of them stands for.
struct Distinct {
  std::vector<OverlaidRun> others;
  std::map<std::uint64_t, int> alike;
  std::string with(const std::string& label, const Frame& frame) const {
    const auto more = alike.find(linesOf(frame));
    if (more == alike.end() || more->second == 0) return label;
    return utf8(QObject::tr("%1 (and %2 alike)").arg(qs(label)).arg(more->second));
  }
};

Distinct distinct(const Frame& now, const std::vector<OverlaidRun>& others) {
  Distinct found;
  found.alike[linesOf(now)] = 0;
  for (const OverlaidRun& run : others) {
    const auto [place, fresh] = found.alike.emplace(linesOf(run.figure->data), 0);
    if (fresh)
      found.others.push_back(run);
    else
      ++place->second;
  }
  return found;
}

Figure curves(const Figure& now, const std::string& nowLabel,
              const std::vector<OverlaidRun>& pinned) {
  const Distinct runs = distinct(now.data, pinned);
  const std::vector<OverlaidRun>& others = runs.others;
  Names series;
  addSeries(now.data, series);
  for (const OverlaidRun& run : others) addSeries(run.figure->data, series);
  Figure figure = now;
  if (series.size() * (others.size() + 1) > kMostLines) {
    say(figure, QObject::tr("Pinned runs are not drawn here: with them there would be too many "
                            "lines to tell apart"));
    return figure;
  }
  const bool single = series.size() <= 1;
  const std::string present = !single || nowLabel.empty()
                                  ? utf8(QObject::tr("now"))
                                  : utf8(QObject::tr("now: %1").arg(qs(nowLabel)));
  auto all = dressed(now.data, {runs.with(present, now.data), 0, series});
  bool left = !all;
  std::set<std::uint64_t> truths{truthOf(now.data)};
  for (const OverlaidRun& run : others) {
    std::vector<std::uint32_t> rows = rowsOf(run.figure->data, view_data::kSeries);
    if (truths.insert(truthOf(run.figure->data)).second)
      for (const std::uint32_t row : rowsOf(run.figure->data, view_data::kTruth))
        rows.push_back(row);
    auto theirs =
        dressed(run.figure->data.take(rows),
                {runs.with(single ? run.label : run.brief, run.figure->data), run.look, series});
    auto joined = all && theirs ? all->append(*theirs) : Result<Frame>(Frame());
    if (all && theirs && joined)
      all = std::move(joined);
    else
      left = true;
  }
  if (all) figure.data = *std::move(all);
  if (left)
    say(figure, QObject::tr("A pinned run whose rows are of another form is not drawn here"));
  return figure;
}

// The values of these names, which stand in the same order; a name may stand twice.
std::vector<double> valuesBy(const Names& names, const Figure& figure) {
  std::vector<double> values(names.size(), std::numeric_limits<double>::quiet_NaN());
  std::size_t place = 0;
  for (const NamedNumber& number : numbersIn(figure)) {
    const auto at =
        std::find(names.begin() + static_cast<std::ptrdiff_t>(place), names.end(), number.name);
    if (at == names.end()) continue;
    place = static_cast<std::size_t>(at - names.begin());
    values[place++] = number.value;
  }
  return values;
}

Figure numbers(const Figure& now, const std::vector<OverlaidRun>& others) {
  Names names;
  for (const NamedNumber& number : numbersIn(now)) names.push_back(number.name);
  const std::string numberWord = utf8(QObject::tr("number")), nowWord = utf8(QObject::tr("now"));
  Frame::Builder builder;
  builder.add(numberWord, names).add(nowWord, valuesBy(names, now));
  std::set<std::string> taken{numberWord, nowWord};
  for (const OverlaidRun& run : others) {
    std::string label = others.size() > 1 ? run.brief : run.label;
    while (!taken.insert(label).second) label += "′";
    builder.add(label, valuesBy(names, *run.figure));
  }
  auto table = std::move(builder).build();
  if (!table) return now;
  Figure figure = now;
  figure.kind = "table";
  figure.data = *std::move(table);
  return figure;
}

}  // namespace

bool canOverlay(const std::string& kind) {
  static const std::set<std::string> kinds = {"line", "reliability", "roc",     "pr",
                                              "ecdf", "histogram",   "scatter", "pareto"};
  return kinds.count(kind) > 0;
}

Figure overlaid(const Figure& now, const std::string& nowLabel,
                const std::vector<OverlaidRun>& others) {
  if (others.empty() || now.data.columns() == 0) return now;
  if (canOverlay(now.kind)) return curves(now, nowLabel, others);
  if (now.kind == "number") return numbers(now, others);
  Figure figure = now;
  say(figure, QObject::tr("Pinned runs are not drawn here: this view shows one run"));
  return figure;
}

}  // namespace rehearse::present
