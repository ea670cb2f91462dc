// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signals of one system stacked on one time axis, a strip for each, with what happened as marks.
// Two forms of table are drawn: long (a row a time and signal: y, by) and wide (a row a time, a
// column a signal: columns). Rows of one strip, series and time are averaged.
#include <cmath>
#include <map>
#include <set>

#include "engine/steps/timeline_rows.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostStripSeries = 6;

struct TimelinePoint {
  double sum = 0, count = 0, truth = 0, truths = 0, low = 0, high = 0, bands = 0;
  bool alarm = false, broken = false;
  void add(double value) {
    if (std::isfinite(value)) sum += value, count += 1;
  }
};

// The columns beside the values, null where absent.
struct TimelineColumns {
  const Column *x = nullptr, *series = nullptr, *truth = nullptr, *low = nullptr, *high = nullptr,
               *alarm = nullptr, *broken = nullptr;
};

Result<TimelineColumns> timeline_columns(const StepCall& call, const Frame& table) {
  TimelineColumns columns;
  auto x = timeline_numbers(table, call.text("x"));
  if (!x) return fail(x.error());
  columns.x = *x;
  struct Wanted {
    const Column** into;
    const char *parameter, *usual;
  };
  for (const Wanted& wanted : {Wanted{&columns.series, "series", "series"},
                               {&columns.truth, "truth", nullptr},
                               {&columns.low, "low", nullptr},
                               {&columns.high, "high", nullptr},
                               {&columns.alarm, "alarm", "alarm"},
                               {&columns.broken, "broken", "broken"}}) {
    auto column = named_or_usual(call, table, wanted.parameter, wanted.usual);
    if (!column) return fail(column.error());
    if (*column && wanted.into != &columns.series && wanted.into != &columns.broken &&
        !(*column)->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; a strip needs numbers",
                  (*column)->name());
    *wanted.into = *column;
  }
  return columns;
}

// What was broken there, in words; empty where nothing was.
std::string broken_words(const Column* broken, std::size_t row) {
  if (!broken || broken->missing(row)) return {};
  if (!broken->numeric()) return broken->cell(row) == "none" ? std::string() : broken->cell(row);
  return broken->number(row) != 0 ? "broken" : "";
}

// Spans of consecutive times at which the same thing was broken.
void add_broken_spans(TimelineRows& view, const StripSource& strip,
                      const TimelineColumns& columns) {
  std::map<double, std::set<std::string>> at;
  for (const std::size_t row : strip.rows) {
    const double x = columns.x->number(row);
    if (!std::isfinite(x)) continue;
    auto& words = at[x];
    if (const std::string found = broken_words(columns.broken, row); !found.empty())
      words.insert(found);
  }
  std::map<std::string, double> open;  // what is broken, and since when
  const auto close = [&](const std::string& words, double begin, double end) {
    TimelineRows::Row span;
    span.strip = strip.name, span.group = strip.group, span.style = view_data::kSpan;
    span.x = begin, span.end = end;
    span.label = words == "broken" ? "truth: broken" : "truth: " + in_words(words);
    view.add(span);
  };
  double last = std::nan("");
  for (const auto& [x, words] : at) {
    for (auto held = open.begin(); held != open.end();)
      if (words.count(held->first) == 0) {
        close(held->first, held->second, x);
        held = open.erase(held);
      } else {
        ++held;
      }
    for (const std::string& word : words) open.emplace(word, x);
    last = x;
  }
  for (const auto& [words, begin] : open) close(words, begin, last);
}

void add_strip_points(TimelineRows& view, const TimelineRows::Row& like, const std::string& series,
                      const std::map<double, TimelinePoint>& points, bool& first_alarm) {
  TimelineRows::Row row = like;
  row.series = series;
  const bool known = series.rfind("truth", 0) == 0 || series.rfind("best possible", 0) == 0;
  for (const auto& [x, point] : points) {
    row.x = x, row.low = row.high = std::nan("");
    row.style = known ? view_data::kTruth : view_data::kSeries, row.label.clear();
    row.y = point.count > 0 ? point.sum / point.count : std::nan("");
    view.add(row);
    if (point.bands > 0) {
      TimelineRows::Row band = row;
      band.style = view_data::kBand, band.y = std::nan("");
      band.low = point.low / point.bands, band.high = point.high / point.bands;
      view.add(band);
    }
    if (point.truths > 0) {
      TimelineRows::Row truth = row;
      truth.style = view_data::kTruth, truth.series = "truth (known: the site is simulated)";
      truth.y = point.truth / point.truths;
      view.add(truth);
    }
    if (!point.alarm) continue;
    TimelineRows::Row ring = row;
    ring.style = view_data::kAlarm, ring.series.clear();
    ring.label = first_alarm ? "first alarm" : "";
    first_alarm = false;
    view.add(ring);
  }
}

Result<void> add_strip(TimelineRows& view, const StripSource& strip,
                       const TimelineColumns& columns) {
  std::vector<std::string> order;
  std::map<std::string, std::map<double, TimelinePoint>> series;
  for (const std::size_t row : strip.rows) {
    const double x = columns.x->number(row);
    if (!std::isfinite(x)) continue;
    const std::string name = cell_or(columns.series, row);
    if (series.count(name) == 0) order.push_back(name);
    TimelinePoint& point = series[name][x];
    point.add(strip.y->number(row));
    if (columns.truth && std::isfinite(columns.truth->number(row)))
      point.truth += columns.truth->number(row), point.truths += 1;
    if (columns.low && columns.high && std::isfinite(columns.low->number(row)) &&
        std::isfinite(columns.high->number(row)))
      point.low += columns.low->number(row), point.high += columns.high->number(row),
          point.bands += 1;
    point.alarm = point.alarm || (columns.alarm && columns.alarm->number(row) == 1);
  }
  if (order.size() > kMostStripSeries)
    return fail(Code::invalid_argument,
                "the strip `{}` has {} series; at most {} can be told apart", strip.name,
                order.size(), kMostStripSeries);
  TimelineRows::Row like;
  like.strip = strip.name, like.group = strip.group, like.unit = strip.unit;
  bool first_alarm = true;
  for (const std::string& name : order)
    add_strip_points(view, like, name, series[name], first_alarm);
  add_broken_spans(view, strip, columns);
  return {};
}

// Events of a table of their own: a time, words, perhaps the strip that they belong to, and whether
// they are alarms.
Result<void> add_events(TimelineRows& view, const StepCall& call) {
  if (!call.has("events")) return {};
  const Frame& events = call.input("events")->as_frame();
  auto x = timeline_numbers(events, call.text("x"));
  if (!x) return fail(x.error());
  const Column *words = events.find("event"), *alarm = events.find("alarm"),
               *strip = call.given("by") ? events.find(call.text("by")) : nullptr;
  if (!words) words = events.find("label");
  for (std::size_t row = 0; row < events.rows(); ++row) {
    if (!std::isfinite((*x)->number(row))) continue;
    TimelineRows::Row mark;
    mark.strip = strip && !strip->missing(row) ? in_words(strip->cell(row)) : "";
    mark.x = (*x)->number(row), mark.label = cell_or(words, row);
    mark.style =
        alarm && alarm->numeric() && alarm->number(row) == 1 ? view_data::kAlarm : view_data::kMark;
    view.add(mark);
  }
  return {};
}

// Marks that stand in a column `event` of the table itself: each once, at its first time.
void add_own_events(TimelineRows& view, const Frame& table, const Column& x) {
  const Column* event = table.find("event");
  if (!event || event->numeric()) return;
  std::set<std::pair<double, std::string>> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string words = cell_or(event, row);
    if (words.empty() || !std::isfinite(x.number(row))) continue;
    if (!seen.emplace(x.number(row), words).second) continue;
    TimelineRows::Row mark;
    mark.style = view_data::kMark, mark.x = x.number(row), mark.label = words;
    view.add(mark);
  }
}

Result<Outputs> run_view_timeline(const StepCall& call, const StepContext&) {
  const Frame& table = call.input("table")->as_frame();
  auto columns = timeline_columns(call, table);
  if (!columns) return fail(columns.error());
  auto strips = timeline_strips(call, table);
  if (!strips) return fail(strips.error());
  TimelineRows view;
  for (const StripSource& strip : *strips)
    if (auto added = add_strip(view, strip, *columns); !added) return fail(added.error());
  add_own_events(view, table, *columns->x);
  if (auto added = add_events(view, call); !added) return fail(added.error());
  if (call.given("mark_at") && call.boolean("mark")) {
    TimelineRows::Row mark;
    mark.style = view_data::kMark, mark.x = call.number("mark_at");
    mark.label = call.text("mark_label");
    view.add(mark);
  }
  return one(std::move(view).build());
}

std::vector<plan::Parameter> timeline_parameters() {
  const auto column = [](const char* name, const char* sentence) {
    return plan::Parameter{
        .name = name, .type = ParameterType::text, .sentence = sentence, .optional = true};
  };
  return {
      {.name = "x",
       .type = ParameterType::text,
       .initial = std::string("hour"),
       .sentence = "the column of the time axis"},
      {.name = "y",
       .type = ParameterType::text,
       .initial = std::string("value"),
       .sentence = "the column to draw; rows of one time are averaged"},
      column("by", "the column that names the signal: a strip for each, at most 16"),
      {.name = "columns",
       .type = ParameterType::texts,
       .sentence = "instead of y and by: columns of the table, a strip for each",
       .optional = true},
      column("group", "the column that names the layer; its strips stand together"),
      {.name = "groups",
       .type = ParameterType::texts,
       .sentence = "the layers of `columns`, one for each",
       .optional = true},
      column("unit", "the column that says what a strip's numbers mean; `unit` if there is one"),
      column("series", "the column that names the lines of a strip; `series` if there is one"),
      column("truth", "the column that holds the truth of y"),
      column("broken",
             "the column that is 1, or has words, while something was broken (truth, shaded); "
             "`broken` if there is one"),
      column("alarm", "the column that is 1 where an alarm rang; `alarm` if there is one"),
      column("low", "the column of the lower end of a band"),
      column("high", "the column of the upper end of a band"),
      {.name = "mark_at",
       .type = ParameterType::number,
       .sentence = "a vertical line at this time",
       .optional = true},
      {.name = "mark_label",
       .type = ParameterType::text,
       .initial = std::string("truth: it began here"),
       .sentence = "the words at that line"},
      {.name = "mark",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "whether that line is drawn"}};
}

const StepRegistration kViewTimeline{{
    .name = "view.timeline",
    .sentence = "Signals stacked on one time axis, with what happened as marks.",
    .example = "show.timeline { signals, x = \"hour\", y = \"value\", by = \"signal\", "
               "group = \"layer\" }",
    .inputs = {{.name = "table", .kind = Kind::frame, .sentence = "the signals"},
               {.name = "events",
                .kind = Kind::frame,
                .sentence = "what happened: the time axis' column, `event` in words, perhaps the "
                            "column of `by`, and `alarm` = 1 for what rang",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = timeline_parameters(),
    .run = run_view_timeline,
}};

}  // namespace
}  // namespace rehearse::steps
