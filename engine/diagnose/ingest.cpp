// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/ingest.hpp"

#include <algorithm>
#include <map>
#include <new>
#include <unordered_map>

#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

constexpr std::size_t kLinesPerReport = 4096, kTextKept = 120;

class Ingestion {
 public:
  Ingestion(const IngestOptions& options, std::optional<JsonSchema> schema)
      : options_(options),
        schema_(std::move(schema)),
        flattener_(schema_ ? &*schema_ : nullptr, options.flatten) {}

  void take(std::string_view text) {
    ++report_.lines;
    auto record = parse_record(text, options_.limits);
    if (!record) return refuse(record.error(), text);
    // Repairs count only where the record is used in the end.
    RepairCounts counts;
    std::size_t repairs = repair(*record, counts);
    if (schema_)
      if (const auto faults = schema_->validate(*record, 1); !faults.empty())
        return refuse(faults.front(), text);
    std::string key;
    if (!options_.unique.empty()) {
      auto found = unique_key(*record);
      if (!found) return refuse(found.error(), text);
      key = *found;
      if (const auto seen = seen_.find(key); seen != seen_.end())
        return refuse({options_.unique, "duplicate",
                       fmt::format("the same {} as line {}", options_.unique, seen->second),
                       "clients send again when an answer is late: keep the first"},
                      text);
    }
    auto made = flattener_.add(*record);
    if (!made) return refuse(made.error(), text);
    if (!options_.unique.empty()) seen_.emplace(std::move(key), report_.lines);
    for (std::size_t i = 0; i < *made; ++i) {
      lines_.push_back(static_cast<std::int64_t>(report_.lines));
      repaired_.push_back(static_cast<std::int32_t>(repairs));
    }
    for (const auto& [what, count] : counts) report_.repairs[what] += count;
  }

  Result<IngestReport> finish() && {
    report_.mixed = flattener_.mixed();
    auto flat = std::move(flattener_).build();
    if (!flat) return fail(flat.error());
    auto table = std::move(*flat).build();
    if (!table) return fail(table.error());
    Frame::Builder builder;
    builder.add("line", std::move(lines_), {.role = Role::id}).add("repairs", std::move(repaired_));
    auto rows = std::move(builder).build();
    if (!rows) return fail(rows.error());
    for (std::size_t c = 0; c < table->columns(); ++c) {
      const Column& column = table->column(c);
      if (schema_ && !schema_->field(column.name()) && !column.name().ends_with(".count"))
        report_.unnamed.push_back(column.name());
      const bool taken = rows->find(column.name());
      rows = rows->with(taken ? column.renamed("record." + column.name()) : column);
      if (!rows) return fail(rows.error());
    }
    report_.rows = *std::move(rows);
    return std::move(report_);
  }

 private:
  std::size_t repair(Record& record, RepairCounts& counts) const {
    std::size_t repairs = 0;
    for (const Rename& one : options_.renames) repairs += rename(record, one, counts);
    if (options_.cast && schema_) repairs += coerce(record, *schema_, counts);
    for (const Rescale& one : options_.rescales) repairs += rescale(record, one, counts);
    return repairs;
  }

  tl::expected<std::string, Fault> unique_key(const Record& record) const {
    const Record* here = &record;
    std::string_view rest = options_.unique;
    while (!rest.empty()) {
      const std::size_t point = std::min(rest.find('.'), rest.size());
      const auto found = here->find(std::string(rest.substr(0, point)));
      if (!here->is_object() || found == here->end())
        return tl::unexpected(Fault{options_.unique, "missing key",
                                    "the key that tells records apart is not there",
                                    "look for a renamed key"});
      here = &*found;
      rest.remove_prefix(std::min(point + 1, rest.size()));
    }
    return here->dump();
  }

  void refuse(const Fault& fault, std::string_view text) {
    report_.quarantine.push_back({report_.lines, fault, printable(text)});
  }

  static std::string printable(std::string_view text) {
    std::string front(text.substr(0, kTextKept * 2));
    if (invalid_utf8_at(front) != std::string::npos || front.find('\0') != std::string::npos)
      for (char& c : front)
        if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') c = '?';
    return abbreviated(front, kTextKept);
  }

  const IngestOptions& options_;
  std::optional<JsonSchema> schema_;
  Flattener flattener_;
  IngestReport report_;
  std::vector<std::int64_t> lines_;
  std::vector<std::int32_t> repaired_;
  std::unordered_map<std::string, std::size_t> seen_;
};

}  // namespace

Result<IngestReport> ingest(const std::function<std::optional<std::string_view>()>& next_line,
                            const IngestOptions& options, const Progress& progress,
                            std::size_t expected_lines) try {
  std::optional<JsonSchema> schema;
  if (!options.schema.empty()) {
    auto compiled = JsonSchema::compile(options.schema);
    if (!compiled) return fail(compiled.error());
    schema = *std::move(compiled);
  }
  Ingestion ingestion(options, std::move(schema));
  std::size_t taken = 0;
  while (const auto line = next_line()) {
    ingestion.take(*line);
    if (++taken % kLinesPerReport == 0 &&
        !progress.report(expected_lines ? static_cast<double>(taken) /
                                              static_cast<double>(std::max(taken, expected_lines))
                                        : 0))
      return cancelled();
  }
  return std::move(ingestion).finish();
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "the records do not fit into memory; read the file in parts");
}

Result<IngestReport> ingest_text(std::string_view text, const IngestOptions& options,
                                 const Progress& progress) {
  std::size_t at = 0;
  if (text.starts_with("\xEF\xBB\xBF")) at = 3;
  return ingest(
      [&]() -> std::optional<std::string_view> {
        while (at < text.size()) {
          const std::size_t end = std::min(text.find('\n', at), text.size());
          const std::string_view line = text.substr(at, end - at);
          at = end + 1;
          if (line.find_first_not_of(" \t\r") != std::string_view::npos) return line;
        }
        return std::nullopt;
      },
      options, progress);
}

Frame quarantine_table(const IngestReport& report, std::size_t most) {
  std::vector<std::int64_t> line;
  std::vector<std::string> path, kind, reason, mend, text;
  for (const Quarantined& one : report.quarantine) {
    if (line.size() >= most) break;
    line.push_back(static_cast<std::int64_t>(one.line));
    path.push_back(one.fault.path), kind.push_back(one.fault.kind);
    reason.push_back(one.fault.reason), mend.push_back(one.fault.mend), text.push_back(one.text);
  }
  Frame::Builder builder;
  builder.add("line", std::move(line)).add("path", path).add("kind", kind).add("reason", reason);
  builder.add("mend", mend).add("text", text);
  return std::move(builder).build().value_or(Frame());
}

Frame reason_table(const IngestReport& report) {
  struct Reason {
    std::string path, kind, mend;
    std::int64_t count = 0, first = 0;
  };
  std::map<std::pair<std::string, std::string>, Reason> by;
  for (const Quarantined& one : report.quarantine) {
    Reason& reason = by[{one.fault.path, one.fault.kind}];
    if (reason.count++ > 0) continue;
    reason.path = one.fault.path, reason.kind = one.fault.kind, reason.mend = one.fault.mend;
    reason.first = static_cast<std::int64_t>(one.line);
  }
  std::vector<Reason> reasons;
  for (auto& [key, reason] : by) reasons.push_back(std::move(reason));
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.count > b.count; });
  std::vector<std::string> path, kind, mend;
  std::vector<std::int64_t> count, first;
  for (const Reason& reason : reasons) {
    path.push_back(reason.path), kind.push_back(reason.kind), mend.push_back(reason.mend);
    count.push_back(reason.count), first.push_back(reason.first);
  }
  Frame::Builder builder;
  builder.add("path", path).add("kind", kind).add("count", std::move(count));
  builder.add("first_line", std::move(first)).add("mend", mend);
  return std::move(builder).build().value_or(Frame());
}

Frame repair_table(const IngestReport& report) {
  std::vector<std::string> path, repair;
  std::vector<std::int64_t> count;
  for (const auto& [what, n] : report.repairs) {
    path.push_back(what.first), repair.push_back(what.second);
    count.push_back(static_cast<std::int64_t>(n));
  }
  Frame::Builder builder;
  builder.add("path", path).add("repair", repair).add("count", std::move(count));
  return std::move(builder).build().value_or(Frame());
}

}  // namespace rehearse::diagnose
