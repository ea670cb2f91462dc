// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_thumbnail.hpp"

#include "engine/base/hash.hpp"
#include "engine/plan/figure.hpp"
#include "engine/plan/narrow.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::present {
namespace {

constexpr int kThumbnailVersion = 3;
constexpr std::size_t kThumbnailCache = std::size_t{64} << 20;

bool repeats(const plan::Plan& plan) {
  for (const plan::Node& node : plan.nodes)
    if (!node.step->repeats.empty()) return true;
  return false;
}

}  // namespace

Result<ThumbnailSource> thumbnailSource(const std::string& path,
                                        const std::function<bool(const std::string&)>& isPlot,
                                        const std::function<bool(const std::string&)>& known,
                                        std::stop_token stop) {
  auto plan = trace::trace_file(path);
  if (!plan) return fail(plan.error());
  for (std::size_t view = 0; view < plan->views.size(); ++view) {
    if (!isPlot(plan->views[view].kind)) continue;
    const plan::Plan small = plan::narrowed(*plan, view);
    if (repeats(small)) continue;
    const auto& node = small.nodes[static_cast<std::size_t>(small.views[0].data.node)];
    Hasher hasher;
    hasher.add(kThumbnailVersion).add(node.hash).add(small.views[0].kind);
    ThumbnailSource source{hex(hasher.digest()), {}};
    if (known(source.key)) return source;
    plan::Cache cache(kThumbnailCache);
    plan::RunOptions how;
    how.stop = stop;
    auto run = plan::execute(small, cache, how);
    if (!run) return fail(run.error());
    source.figure = plan::figure_of(small.views[0], *run);
    return source;
  }
  return fail(Code::not_found, "{}: it has no plot for a thumbnail", path);
}

}  // namespace rehearse::present
