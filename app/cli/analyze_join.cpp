// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/join.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"
#include "engine/features/join.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeJoinOptions {
  std::string events, features, ttl, mode = "known", report;
  features::JoinOptions join;
  ReadFlags reading;
};

Result<double> ttl_of(const std::string& text) {
  if (text.empty()) return -1;
  const auto seconds = analysis::parsed_number(text);
  if (seconds && std::isfinite(*seconds) && *seconds >= 0) return *seconds;
  return fail(Code::invalid_argument, "--ttl {}: a number of seconds, 0 or more, is due", text);
}

// A cell as JSON; what has no JSON (missing, NaN, infinite) is null.
std::string json_cell(const Column& column, std::size_t row) {
  if (column.missing(row)) return "null";
  if (column.type() == Type::dictionary || column.type() == Type::time)
    return Json(column.cell(row)).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (!std::isfinite(column.number(row))) return "null";
  return column.cell(row);
}

// Written row by row: a document of a million rows as a tree of values takes gigabytes.
std::string json_of(const features::Joined& joined) {
  std::vector<std::string> keys;
  for (const std::string& name : joined.rows.names()) keys.push_back(Json(name).dump() + ":");
  std::string out = "{\"rows\":[";
  for (std::size_t row = 0; row < joined.rows.rows(); ++row) {
    out += row ? ",\n{" : "\n{";
    for (std::size_t c = 0; c < keys.size(); ++c) {
      if (c) out += ',';
      out += keys[c];
      out += json_cell(joined.rows.column(c), row);
    }
    out += '}';
  }
  out += "],\n\"leaks\":[";
  for (std::size_t i = 0; i < joined.leaks.size(); ++i)
    out += fmt::format("{}{{\"row\":{},\"kind\":\"{}\"}}", i ? ",\n" : "\n", joined.leaks[i].event,
                       name_of(joined.leaks[i].kind));
  return out + "]}\n";
}

std::string text_of(const features::Joined& joined, const AnalyzeJoinOptions& options) {
  return to_text(joined.rows, 20) + "\n" + wrapped(analysis::summary_of(joined, options.join));
}

Result<std::pair<Frame, Frame>> read_both(const Context& context,
                                          const AnalyzeJoinOptions& options) {
  auto events = read_user_table(context, options.events, options.reading);
  if (!events) return fail(events.error());
  auto features = read_user_table(context, options.features, options.reading);
  if (!features) return fail(features.error());
  return std::pair{std::move(*events), std::move(*features)};
}

int analyze_join(Context& context, AnalyzeJoinOptions options) {
  auto ttl = ttl_of(options.ttl);
  if (!ttl) return context.report(ttl.error());
  options.join.ttl_seconds = *ttl;
  auto mode = features::parse_join_mode(options.mode);
  if (!mode) return context.report(mode.error());
  options.join.mode = *mode;
  auto tables = read_both(context, options);
  if (!tables) return context.report(tables.error());
  auto joined = features::point_in_time_join(tables->first, tables->second, options.join);
  if (!joined) return context.report(joined.error());
  context.print(context.json ? json_of(*joined) : text_of(*joined, options));
  if (!options.report.empty()) {
    if (auto written =
            render(analysis::document_of(options.events, options.features, *joined, options.join),
                   options.report);
        !written)
      return context.report(written.error());
    context.warn("wrote " + options.report);
  }
  return kDone;
}

Action declare_analyze_join(Arguments& app) {
  auto o = std::make_shared<AnalyzeJoinOptions>();
  app.add_option("events", o->events, "the events (CSV or JSONL); each keeps its row").required();
  app.add_option("features", o->features, "the values over time (CSV or JSONL)").required();
  app.add_option("--entity", o->join.entity, "the column that both share, such as user").required();
  app.add_option("--event-time", o->join.event_time, "the column with an event's time").required();
  app.add_option("--feature-time", o->join.feature_time,
                 "the column with the time that a value is of")
      .required();
  app.add_option("--arrival", o->join.arrival, "the column with the time a value became known");
  app.add_option("--ttl", o->ttl, "seconds after which a value is too old");
  app.add_option("--mode", o->mode, "what is visible: arrived by then, of then, or before then")
      .one_of({"known", "event-time", "strict"})
      .shows_default();
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_join(context, *o); };
}

const VerbRegistration kJoin{
    {"analyze join", "which values were known at the time of each event?",
     "rehearse analyze join events.csv features.csv --entity user --event-time time "
     "--feature-time updated --arrival arrived",
     declare_analyze_join}};

}  // namespace
}  // namespace rehearse::cli
