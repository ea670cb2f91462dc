// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analyze.hpp"

#include "app/analysis/pieces.hpp"
#include "app/cli/table.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {

void declare_read_flags(Arguments& app, ReadFlags& flags) {
  app.add_flag("--skip-bad", flags.skip_bad,
               "count rows that cannot be read, instead of refusing the file");
}

std::string metrics_table(
    const std::vector<std::pair<std::string, const metrics::ProbabilityReport*>>& reports) {
  TextTable table{{"metric"}, {}, {false}};
  table.rows = {{"log loss"},          {"Brier"},
                {"ROC AUC"},           {"average precision"},
                {"calibration ratio"}, {"ECE (quantile bins)"}};
  for (const auto& [name, report] : reports) {
    table.header.push_back(name), table.right.push_back(true);
    const std::string cells[] = {
        fmt::format("{:.6g}", report->log_loss),    fmt::format("{:.6g}", report->brier),
        analysis::shown(report->roc_auc),           analysis::shown(report->average_precision),
        analysis::shown(report->calibration_ratio), fmt::format("{:.6g}", report->ece)};
    for (std::size_t row = 0; row < table.rows.size(); ++row) table.rows[row].push_back(cells[row]);
  }
  return to_text(table);
}

Result<Frame> read_user_table(const Context& context, const std::string& path,
                              const ReadFlags& flags, ReadOptions options) {
  options.skip_bad = flags.skip_bad;
  auto table = read_table(path, options);
  if (!table) return fail(table.error());
  if (table->skipped)
    context.warn(fmt::format("{}: {} bad rows were left out; the first: {}", path, table->skipped,
                             table->first_skipped));
  return std::move(table->frame);
}

}  // namespace rehearse::cli
