// SPDX-License-Identifier: GPL-3.0-or-later
//
// Raw lines to a typed table and what was set aside. Truth columns of the lines and their day
// travel with the rows that come of them.
#include "engine/diagnose/ingest.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<diagnose::IngestOptions> ingest_options(const StepCall& call) {
  diagnose::IngestOptions options;
  if (call.given("schema")) options.schema = call.text("schema");
  options.cast = call.boolean("cast");
  if (call.given("unique")) options.unique = call.text("unique");
  if (call.given("explode")) options.flatten.explode = call.text("explode");
  options.flatten.arrays =
      call.text("arrays") == "count" ? diagnose::ArrayRule::count : diagnose::ArrayRule::join;
  if (call.given("rename"))
    for (const std::string& text : call.texts("rename")) {
      auto rename = diagnose::parse_rename(text);
      if (!rename) return fail(rename.error());
      options.renames.push_back(*std::move(rename));
    }
  if (call.given("rescale"))
    for (const std::string& text : call.texts("rescale")) {
      auto rescale = diagnose::parse_rescale(text);
      if (!rescale) return fail(rescale.error());
      options.rescales.push_back(*std::move(rescale));
    }
  return options;
}

// The lines' own columns, for each row of what they became.
Result<Frame> with_line_columns(Frame rows, const Frame& lines) {
  std::vector<std::uint32_t> from;
  const auto line = rows.find("line")->values<std::int64_t>();
  for (const std::int64_t number : line) from.push_back(static_cast<std::uint32_t>(number - 1));
  for (std::size_t c = 0; c < lines.columns(); ++c) {
    const Column& column = lines.column(c);
    const bool travels = column.role() == Role::truth || column.name() == "day";
    if (!travels || rows.find(column.name())) continue;
    auto alone = lines.select(std::vector<std::string>{column.name()});
    if (!alone) return alone;
    auto wider = rows.with(alone->take(from).column(0));
    if (!wider) return wider;
    rows = *std::move(wider);
  }
  return rows;
}

Frame totals_of(const diagnose::IngestReport& report) {
  double repaired = 0, repairs = 0;
  for (const double n : report.rows.find("repairs")->numbers()) repaired += n > 0;
  for (const auto& [what, count] : report.repairs) repairs += static_cast<double>(count);
  const auto lines = static_cast<double>(report.lines),
             bad = static_cast<double>(report.quarantine.size());
  Frame::Builder builder;
  const std::pair<const char*, double> facts[] = {
      {"lines", lines},
      {"rows", static_cast<double>(report.rows.rows())},
      {"quarantined", bad},
      {"quarantine_rate", lines > 0 ? bad / lines : 0},
      {"repaired_rows", repaired},
      {"repairs", repairs},
      {"mixed_columns", static_cast<double>(report.mixed.size())},
      {"unnamed_columns", static_cast<double>(report.unnamed.size())}};
  for (const auto& [name, value] : facts) builder.add(name, std::vector<double>{value});
  return std::move(builder).build().value_or(Frame());
}

Result<Outputs> run_data_records(const StepCall& call, const StepContext& context) {
  const Frame lines = call.input("lines")->as_frame();
  auto raw = lines.require(call.text("column"));
  if (!raw) return fail(raw.error());
  if ((*raw)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds numbers; it must hold JSON texts",
                call.text("column"));
  auto options = ingest_options(call);
  if (!options) return fail(options.error());
  std::size_t row = 0;
  auto report = diagnose::ingest(
      [&]() -> std::optional<std::string_view> {
        if (row == lines.rows()) return std::nullopt;
        return (*raw)->text(row++);
      },
      *options, context.progress, lines.rows());
  if (!report) return fail(report.error());
  auto rows = with_line_columns(report->rows, lines);
  if (!rows) return fail(rows.error());
  return Outputs{
      plan::Artifact::of(*std::move(rows)), plan::Artifact::of(diagnose::quarantine_table(*report)),
      plan::Artifact::of(diagnose::reason_table(*report)),
      plan::Artifact::of(diagnose::repair_table(*report)), plan::Artifact::of(totals_of(*report))};
}

const StepRegistration kDataRecords{{
    .name = "data.records",
    .sentence = "JSON lines read, repaired, validated against a JSON Schema and flattened; what "
                "cannot be used is set aside with its reason.",
    .example = "data.records { lines, schema = schema, unique = \"event_id\" }",
    .inputs = {{.name = "lines", .kind = Kind::frame, .sentence = "a row a line"}},
    .outputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the typed table"},
                {.name = "quarantine", .kind = Kind::frame, .sentence = "line, path, reason, mend"},
                {.name = "reasons",
                 .kind = Kind::frame,
                 .sentence = "the quarantine by what was wrong"},
                {.name = "repairs", .kind = Kind::frame, .sentence = "path, repair, count"},
                {.name = "totals", .kind = Kind::frame, .sentence = "one row of counts"}},
    .parameters =
        {{.name = "column",
          .type = ParameterType::text,
          .initial = std::string("raw"),
          .sentence = "the column that holds the JSON"},
         {.name = "schema",
          .type = ParameterType::text,
          .sentence = "a JSON Schema (draft 7); x-role and x-unit say what a column is for",
          .optional = true},
         {.name = "cast",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "cast values to the schema's types before validating, each cast counted"},
         {.name = "rename",
          .type = ParameterType::texts,
          .sentence = "keys that were renamed, old=new",
          .optional = true},
         {.name = "rescale",
          .type = ParameterType::texts,
          .sentence = "units that changed, path>limit/divisor",
          .optional = true},
         {.name = "unique",
          .type = ParameterType::text,
          .sentence = "the key that tells records apart; later ones of the same key are set aside",
          .optional = true},
         {.name = "arrays",
          .type = ParameterType::choice,
          .initial = std::string("count"),
          .choices = {"count", "join"},
          .sentence = "what becomes of arrays: their length, or one text"},
         {.name = "explode",
          .type = ParameterType::text,
          .sentence = "the array that becomes a row an item",
          .optional = true}},
    .run = run_data_records,
}};

}  // namespace
}  // namespace rehearse::steps
