// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/analysis.hpp"
#include "app/analysis/stream.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

constexpr std::size_t kMostAlarmsShown = 30;

struct AnalyzeStreamOptions {
  std::string file, value, detector, arl, plot, report;
  std::vector<std::string> set;
  int baseline = 0;
  bool fail_on_alert = false;
  ReadFlags reading;
};

// A file of one column may lack its header: then the first line is a number.
bool starts_with_number(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string::npos) return false;
  auto line = text.substr(begin, text.find('\n', begin) - begin);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return analysis::parsed_number(line).has_value();
}

bool ends_in(const std::string& path, std::string_view ending) {
  return path.size() >= ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

Result<Frame> read_stream(const Context& context, const AnalyzeStreamOptions& options) {
  auto text = read_file(options.file);
  if (!text) return fail(text.error());
  ReadOptions reading;
  reading.skip_bad = options.reading.skip_bad;
  reading.separator = ends_in(options.file, ".tsv") ? '\t' : ',';
  reading.header = !starts_with_number(*text);
  const bool lines_of_json = ends_in(options.file, ".jsonl") || ends_in(options.file, ".ndjson") ||
                             (!ends_in(options.file, ".csv") && text->rfind('{', 0) == 0);
  auto table = lines_of_json ? parse_jsonl(*text, reading, options.file)
                             : parse_csv(*text, reading, options.file);
  if (!table) return fail(table.error());
  if (table->skipped)
    context.warn(fmt::format("{}: {} bad rows were left out; the first: {}", options.file,
                             table->skipped, table->first_skipped));
  return std::move(table->frame);
}

Result<analysis::StreamRequest> request_of(const AnalyzeStreamOptions& options) {
  analysis::StreamRequest request;
  request.detector = options.detector;
  request.baseline = static_cast<std::size_t>(options.baseline);
  for (const std::string& text : options.set) {
    const auto equal = text.find('=');
    if (equal == std::string::npos || equal == 0)
      return fail(Code::invalid_argument, "--set {}: write parameter=value, as in --set h=5", text);
    request.set[text.substr(0, equal)] = text.substr(equal + 1);
  }
  if (options.arl.empty()) return request;
  const auto arl = analysis::parsed_number(options.arl);
  if (!arl || !(*arl >= 2))
    return fail(Code::invalid_argument, "--arl {}: observations to a false alarm, 2 or more",
                options.arl);
  request.arl0 = *arl;
  return request;
}

std::string text_of(const analysis::WatchedStream& stream) {
  std::string text = monitor::name_of(stream.detector) + ":";
  for (const auto& [name, value] : monitor::parameters_of(stream.detector))
    text += fmt::format(" {}={}", name, value);
  text += "\n\n";
  TextTable table{{"alarm at", "direction"}, {}, {true, false}};
  const auto& report = stream.report;
  for (std::size_t i = 0; i < std::min(kMostAlarmsShown, report.alarms.size()); ++i)
    table.rows.push_back(
        {fmt::format("{}", report.alarms[i]), monitor::direction_name(report.directions[i])});
  if (!table.rows.empty()) text += to_text(table);
  if (report.alarms.size() > kMostAlarmsShown)
    text += fmt::format("… and {} more; --json has them all\n",
                        report.alarms.size() - kMostAlarmsShown);
  if (!report.warnings.empty())
    text += fmt::format("{} warnings, the first at {}\n", report.warnings.size(),
                        report.warnings.front());
  if (!report.alarms.empty() || !report.warnings.empty()) text += "\n";
  return text + wrapped(analysis::summary_of(stream));
}

// A level that the stream never had makes every observation an alarm.
void warn_of_level(const Context& context, const AnalyzeStreamOptions& options,
                   const analysis::WatchedStream& stream) {
  const bool chart = options.detector == "cusum" || options.detector == "ewma";
  if (!chart || options.baseline > 0) return;
  for (const std::string& text : options.set)
    if (text.rfind("mu=", 0) == 0 || text.rfind("sigma=", 0) == 0) return;
  context.warn(fmt::format(
      "{} expects a level of 0 and a deviation of 1, the defaults; say what is normal with --set "
      "mu=… --set sigma=…, or --baseline N to take both from the first N rows",
      monitor::name_of(stream.detector)));
}

int analyze_stream(Context& context, const AnalyzeStreamOptions& options) {
  auto request = request_of(options);
  if (!request) return context.report(request.error());
  // A wrong parameter is said before a large file is read.
  if (auto known = monitor::detector_options(request->detector, request->set); !known)
    return context.report(known.error());
  auto table = read_stream(context, options);
  if (!table) return context.report(table.error());
  std::size_t skipped = 0;
  auto values =
      analysis::stream_values(*table, options.value, options.reading.skip_bad ? &skipped : nullptr);
  if (!values)
    return context.report({values.error().code, options.file + ": " + values.error().message});
  if (skipped)
    context.warn(
        fmt::format("{}: {} missing values were left out; observations are counted without "
                    "them",
                    options.file, skipped));
  auto watched = analysis::watch(*std::move(values), *request);
  if (!watched)
    return context.report({watched.error().code, options.file + ": " + watched.error().message});
  warn_of_level(context, options, *watched);
  if (context.json)
    context.print(analysis::to_json(*watched));
  else
    context.print(text_of(*watched));
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(analysis::document_of(options.file, *watched), path); !written)
      return context.report(written.error());
    context.warn("wrote " + path);
  }
  return options.fail_on_alert && !watched->report.alarms.empty() ? kRefused : kDone;
}

Action declare_analyze_stream(Arguments& app) {
  auto o = std::make_shared<AnalyzeStreamOptions>();
  app.add_option("file", o->file,
                 "CSV (one column may lack its header) or JSONL; - for standard input")
      .required();
  app.add_option("--value", o->value, "the column; the only numeric one where it is left out");
  app.add_option("--detector", o->detector, "which detector")
      .one_of(monitor::detector_names())
      .required();
  app.add_option("--set", o->set, "a parameter, as h=5").one_value_each();
  app.add_option("--baseline", o->baseline, "level and deviation from the first N rows")
      .within(2, 1000000000);
  app.add_option("--arl", o->arl,
                 "choose the threshold: mean observations to a false alarm that you accept");
  app.add_flag("--fail-on-alert", o->fail_on_alert, "exit 1 when there was an alarm");
  app.add_option("--plot", o->plot, "draw the stream and its alarms: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_stream(context, *o); };
}

const VerbRegistration kStream{
    {"analyze stream", "has the level of a signal moved, and when?",
     "rehearse analyze stream rate.csv --detector cusum --baseline 200 --arl 1000\n\n"
     "Parameters: page-hinkley delta lambda alpha min direction; cusum mu sigma k h; ewma mu sigma "
     "lambda L; ddm warm warning drift; adwin delta\n"
     "JSON: alarms:[index…] (0-based), directions, warnings (ddm), rows, detector, parameters, "
     "in_control_run_length, delay",
     declare_analyze_stream}};

}  // namespace
}  // namespace rehearse::cli
