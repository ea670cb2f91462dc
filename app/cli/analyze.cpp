// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analyze.hpp"

#include "engine/base/read.hpp"

namespace rehearse::cli {

void declare_read_flags(Arguments& app, ReadFlags& flags) {
  app.add_flag("--skip-bad", flags.skip_bad,
               "count rows that cannot be read, instead of refusing the file");
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
